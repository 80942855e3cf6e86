"""A code location that is kept served: loaded again when its files change, started again when its processes end.

What is served stays until something better has loaded: of code that cannot be loaded the error is shown, and the earlier code
goes on. Files are looked at by their marks, some times a second; that costs a few microseconds each and needs no library.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from dagster.errors import DagsterCodeLocationError
from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.complaints import Complaint
from dagster.workspace.descriptions import LocationDescription
from dagster.workspace.hosts import HostClient, listening_socket
from dagster.workspace.loaded_files import Marks, changed, mark_of
from dagster.workspace.messages import Environment
from dagster.workspace.process_handles import LocationLoadError, ZygoteHandle
from dagster.workspace.targets import CodeTarget


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """How a location is watched.

    Attributes:
        look_seconds: how often its files and processes are looked at.
        settle_seconds: how long files must have been unchanged before they are loaded.
        first_pause_seconds: before the second try to start what ended by itself; each next pause is twice as long.
        longest_pause_seconds: no pause is longer.
    """

    look_seconds: float = 0.25
    settle_seconds: float = 0.1
    first_pause_seconds: float = 0.25
    longest_pause_seconds: float = 10.0

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
    """

    name: str
    description: LocationDescription | None = None
    complaint: Complaint | None = None
    obstacles: Sequence[str] = ()
    version: int = 0
    is_loading: bool = False


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
        self._state = LocationState(name=target.location)
        self._host: tuple[ProcessIdentity, str] | None = None
        self._hosts = 0
        self._is_closed = threading.Event()
        self._is_asked = False
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

    def host(self) -> HostClient:
        """A connection to what answers questions about the location.

        Raises:
            DagsterCodeLocationError: nothing is served.
        """
        host = self._host
        if host is None:
            raise DagsterCodeLocationError(f'Location "{self._state.name}" is not served.')
        return HostClient(host[1])

    @property
    def host_pid(self) -> int | None:
        """The pid of what answers questions; None where nothing is served."""
        return self._host[0].pid if self._host is not None else None

    def close(self) -> None:
        """Serve no more; runs in progress go on."""
        self._is_closed.set()
        if self._thread.is_alive():
            self._thread.join()
        self.processes.close()

    def _tell(self, **changes: Any) -> None:
        with self._changed:
            self._state = msgspec.structs.replace(self._state, **changes)
            self._changed.notify_all()
        self._on_change(self._state)

    def _keep(self) -> None:
        failures = 0
        while not self._is_closed.is_set():
            self._is_asked = False
            marks, is_served = self._loaded()
            failures = 0 if is_served else failures + 1
            if is_served:
                self.processes.preload()
            self._wait_for_a_reason(marks, failures)

    def _loaded(self) -> tuple[Marks, bool]:
        """Load the code, and say by what marks a change is known, and whether it is served now."""
        self._tell(is_loading=True)
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
        earlier, self._host = self._host, (identity_of(started.pid), path)
        if earlier is not None:
            self.processes.end_host(earlier[0])
            os.unlink(earlier[1])
        return description

    def _wait_for_a_reason(self, marks: Marks, failures: int) -> None:
        """Wait until the code should be loaded: it changed, somebody asked, or what served it has ended."""
        not_before = time.monotonic() + self._watching.pause(failures)
        while not self._is_closed.wait(self._watching.look_seconds):
            if self._is_asked:
                return
            if changed(marks):
                self._wait_until_settled(marks)
                return
            # Code that was refused is not tried again until it changes; what ended by itself is, after a pause.
            is_refused = failures > 0 and bool(marks)
            has_ended = failures > 0 or not self._is_served()
            if has_ended and not is_refused and time.monotonic() >= not_before:
                return

    def _is_served(self) -> bool:
        current = self.processes.current
        return current is not None and not current.is_gone and self._host is not None and self._host[0].is_alive()

    def _wait_until_settled(self, marks: Marks) -> None:
        """An editor or a checkout writes several files; what it writes last is loaded."""
        before, now = marks, {path: mark_of(path) for path in marks}
        while before != now and not self._is_closed.wait(self._watching.settle_seconds):
            before, now = now, {path: mark_of(path) for path in marks}


def _marks(paths: Sequence[str], since_ns: int) -> Marks:
    """The marks of files as they were loaded; of one that was written since, a mark that it never has."""
    marks = {path: mark_of(path) for path in paths}
    return {path: mark if mark is None or mark.modified_ns < since_ns else None for path, mark in marks.items()}
