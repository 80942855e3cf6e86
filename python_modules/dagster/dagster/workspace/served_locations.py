"""A code location that is kept served: loaded again when its files change, started again when its processes end.

What is served stays until something better has loaded: of code that cannot be loaded the error is shown, and the earlier code
goes on.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import msgspec

from dagster.errors import DagsterCodeLocationError
from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.complaints import Complaint
from dagster.workspace.descriptions import LocationDescription
from dagster.workspace.file_notices import ChangeWatch
from dagster.workspace.hosts import HostClient, listening_socket
from dagster.workspace.loaded_files import Marks, mark_of
from dagster.workspace.messages import Environment, Started
from dagster.workspace.process_handles import LocationLoadError, ZygoteHandle
from dagster.workspace.stopped_processes import STOPPED_SECONDS, StoppedProcesses
from dagster.workspace.targets import CodeTarget

log = logging.getLogger("dagster.workspace")


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """How a location is watched.

    Attributes:
        look_seconds: how often its files and processes are looked at.
        settle_seconds: how long files must have been unchanged before they are loaded.
        first_pause_seconds: before the second try to start what ended by itself; each next pause is twice as long.
        longest_pause_seconds: no pause is longer.
        stopped_seconds: how long one of its processes may be stopped (SIGSTOP) before it is killed and started again.
    """

    look_seconds: float = 0.25
    settle_seconds: float = 0.1
    first_pause_seconds: float = 0.25
    longest_pause_seconds: float = 10.0
    stopped_seconds: float = STOPPED_SECONDS

    def pause(self, failures: int) -> float:
        """How long to wait after so many failures in a row; nothing after the first one."""
        if failures <= 1:
            return 0.0
        return min(self.first_pause_seconds * 2 ** min(failures - 2, 20), self.longest_pause_seconds)


class LocationState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a location stands.

    Attributes:
        name: of the location.
        description: of the code that is served; None before some was loaded.
        complaint: what is wrong with the code as it is now; None where it is served.
        obstacles: why its processes are not forked, one sentence each.
        version: counts what was loaded.
        is_loading: whether code is being loaded.
        loads: counts how often loading was begun.
        updated: when it came to this state; seconds since the epoch.
        target: what names its code.
    """

    name: str
    description: LocationDescription | None = None
    complaint: Complaint | None = None
    obstacles: Sequence[str] = ()
    version: int = 0
    is_loading: bool = False
    loads: int = 0
    updated: float = 0.0
    target: CodeTarget | None = None


class _Host(msgspec.Struct, frozen=True, kw_only=True):
    """What answers questions: who started it, where it listens."""

    zygote: ZygoteHandle
    started: Started
    process: ProcessIdentity
    path: str


class ServedLocation:
    """A location with its processes and its host, kept served by a thread.

    Args:
        target: the code.
        folder: for its sockets; short, since the path of a socket is.
        environment: with what its processes are started.
        watching: how it is watched.
        on_change: called, in the location's thread, with each state.
    """

    def __init__(
        self,
        target: CodeTarget,
        folder: str,
        environment: Environment | None = None,
        watching: Watching | None = None,
        on_change: Callable[[LocationState], None] = lambda _state: None,
    ) -> None:
        self.processes = LocationProcesses(target, environment)
        self._folder = folder
        self._watching = watching or Watching()
        self._on_change = on_change
        self._changed = threading.Condition()
        self._state = LocationState(name=target.location, target=target, updated=time.time())
        self._host: _Host | None = None
        self._hosts = 0
        self._is_closed = threading.Event()
        self._is_asked = False
        self._stopped = StoppedProcesses(self._watching.stopped_seconds)
        self._thread = threading.Thread(target=self._keep, name=f"dagster-location-{target.location}", daemon=True)

    def start(self) -> None:
        """Begin to load the code; returns at once."""
        self._thread.start()

    @property
    def state(self) -> LocationState:
        """Where it stands."""
        return self._state

    def wait_for(self, is_so: Callable[[LocationState], Any], seconds: float) -> LocationState:
        """The first state of which something is so.

        Raises:
            TimeoutError: there was none in that time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: is_so(self._state), seconds):
                raise TimeoutError(f'Location "{self._state.name}" did not come there in {seconds:.0f} seconds.')
            return self._state

    def reload(self) -> None:
        """Load the code again, whether its files changed or not; returns at once."""
        self._is_asked = True

    def reload_now(self, seconds: float) -> LocationState:
        """Load the code again; gives the state when that has ended, well or not.

        Raises:
            TimeoutError: it had not ended in that time.
        """
        begun = self._state.loads
        self.reload()
        return self.wait_for(lambda state: state.loads > begun and not state.is_loading, seconds)

    def restart(self) -> None:
        """End the processes that serve the location; they are started again at once, and runs in progress go on."""
        current = self.processes.current
        if current is not None:
            self.processes.let_go(current)

    def host(self) -> HostClient:
        """A connection to what answers questions about the location.

        Raises:
            DagsterCodeLocationError: nothing is served.
        """
        host = self._host
        if host is None:
            raise DagsterCodeLocationError(f'Location "{self._state.name}" is not served.')
        return HostClient(host.path)

    @property
    def host_pid(self) -> int | None:
        """The pid of what answers questions; None where nothing is served."""
        return self._host.process.pid if self._host is not None else None

    def close(self) -> None:
        """Serve no more; runs in progress go on."""
        self._is_closed.set()
        if self._thread.is_alive():
            self._thread.join()
        self.processes.close()

    def _tell(self, **changes: Any) -> None:
        with self._changed:
            self._state = msgspec.structs.replace(self._state, updated=time.time(), **changes)
            self._changed.notify_all()
        self._on_change(self._state)

    def _keep(self) -> None:
        failures = 0
        while not self._is_closed.is_set():
            try:
                failures = self._serve_once(failures)
            except Exception as failed:  # whatever it is: a location that nobody keeps would stay as it is, unnoticed
                failures += 1
                log.exception('Keeping location "%s" served has failed; it is loaded again.', self._state.name)
                self._tell(complaint=Complaint(sentence=f"{type(failed).__name__}: {failed}"), is_loading=False)
                self._is_closed.wait(self._watching.pause(failures + 1))

    def _serve_once(self, failures: int) -> int:
        """Load the code and wait for a reason to load it again; gives how many tries have failed in a row."""
        self._is_asked = False
        marks, is_served = self._loaded()
        failures = 0 if is_served else failures + 1
        if is_served:
            self.processes.preload()
        self._wait_for_a_reason(marks, failures)
        return failures

    def _loaded(self) -> tuple[Marks, bool]:
        """Load the code, and say by what marks a change is known, and whether it is served now."""
        self._tell(is_loading=True, loads=self._state.loads + 1)
        began = time.time_ns()
        try:
            zygote = self.processes.start()
            description = self._with_host(zygote)
        except LocationLoadError as failed:
            self._tell(complaint=failed.failed.complaint, is_loading=False)
            return _marks(failed.failed.files, began), False
        except (DagsterCodeLocationError, OSError) as failed:
            self._tell(complaint=Complaint(sentence=str(failed)), is_loading=False)
            return {}, False
        loaded = zygote.loaded
        assert loaded is not None, "a zygote that serves has loaded its code"
        self._tell(
            description=description,
            complaint=None,
            obstacles=tuple(loaded.obstacles),
            version=self._state.version + 1,
            is_loading=False,
        )
        return _marks(loaded.files, began), True

    def _with_host(self, zygote: ZygoteHandle) -> LocationDescription:
        """Start the host of a zygote that has taken over, and ask it what there is."""
        self._hosts += 1
        path = os.path.join(self._folder, f"{os.getpid()}-{id(self):x}-{self._hosts}")
        with listening_socket(path) as listening:
            started = self.processes.start_host(listening)
        client = HostClient(path)
        try:
            description = client.describe()
        finally:
            client.close()
        earlier, self._host = self._host, _Host(zygote=zygote, started=started, process=identity_of(started.pid), path=path)
        if earlier is not None:
            self.processes.end_host(earlier.process)
            os.unlink(earlier.path)
        return description

    def _wait_for_a_reason(self, marks: Marks, failures: int) -> None:
        """Wait until the code should be loaded: it changed, somebody asked, or what served it has ended."""
        with closing(ChangeWatch(marks)) as files:
            self._wait_with(files, marks, failures)

    def _wait_with(self, files: ChangeWatch, marks: Marks, failures: int) -> None:
        not_before = time.monotonic() + self._watching.pause(failures)
        while not self._is_closed.wait(self._watching.look_seconds):
            self._kill_what_is_stopped()
            if self._is_asked:
                return
            if files.has_changed():
                self._wait_until_settled(marks)
                return
            # Code that was refused is not tried again until it changes; what ended by itself is, after a pause.
            is_refused = failures > 0 and bool(marks)
            has_ended = failures > 0 or not self._is_served()
            if has_ended and not is_refused and time.monotonic() >= not_before:
                return

    def _kill_what_is_stopped(self) -> None:
        host = self._host.process if self._host is not None else None
        self._stopped.kill((*self.processes.identities(), host), time.monotonic())

    def _is_served(self) -> bool:
        return self._host is not None and self.processes.is_going_on(self._host.zygote, self._host.started)

    def _wait_until_settled(self, marks: Marks) -> None:
        """An editor or a checkout writes several files; what it writes last is loaded."""
        before, now = marks, {path: mark_of(path) for path in marks}
        while before != now and not self._is_closed.wait(self._watching.settle_seconds):
            before, now = now, {path: mark_of(path) for path in marks}


def _marks(paths: Sequence[str], since_ns: int) -> Marks:
    """The marks of files as they were loaded; of one that was written since, a mark that it never has."""
    marks = {path: mark_of(path) for path in paths}
    return {path: mark if mark is None or mark.modified_ns < since_ns else None for path, mark in marks.items()}
