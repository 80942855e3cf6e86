"""A location's base and its zygotes, as their owner has them: the ends of their lines, and what they have told."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from msgspec.structs import replace

from dagster.errors import DagsterCodeLocationError
from dagster.execution.orders import ProcessEnd
from dagster.lines import Lines, pair
from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.version import __version__
from dagster.workspace.loaded_files import Marks, changed, mark_of
from dagster.workspace.messages import (
    BaseIsReady,
    BaseReport,
    CannotStart,
    CodeHasChanged,
    Ended,
    Environment,
    Loaded,
    LoadFailed,
    MakeZygote,
    Started,
    ZygoteReport,
)
from dagster.workspace.targets import CodeTarget

_END_SECONDS = 2.0


class Handle:
    """A process at the other end of a line.

    Attributes:
        lines: from and to it.
        is_gone: whether it has ended, or was let go.
    """

    def __init__(self, lines: Lines[Any]) -> None:
        self.lines = lines
        self.is_gone = False

    def take(self, report: Any) -> None:
        """Note what it told."""
        raise NotImplementedError

    def close(self) -> None:
        """Close this end of the line."""
        self.is_gone = True
        self.lines.close()


class BaseHandle(Handle):
    """A base.

    Args:
        target: the code of its location.
        environment: with what it is started.

    Attributes:
        process: which process it is; None before it is ready.
        ready: what it told last of itself; None before it is ready.
        is_preloaded: whether it was told what to import.

    Raises:
        DagsterCodeLocationError: the interpreter cannot be started.
    """

    def __init__(self, target: CodeTarget, environment: Environment) -> None:
        self._target = target
        self._environment = environment
        self.process: ProcessIdentity | None = None
        self.ready: BaseIsReady | None = None
        self.is_preloaded = False
        self._packages: Marks = {}
        ours, theirs = pair()
        try:
            self._process = _started(environment, theirs.fileno())
        except OSError as refused:
            ours.close()
            raise DagsterCodeLocationError(
                f'The interpreter "{environment.executable}" of location "{target.location}" cannot be started: '
                f"{refused.strerror}.",
                target.asked_in,
            ) from refused
        finally:
            theirs.close()
        super().__init__(Lines(ours, BaseReport))

    def take(self, report: Any) -> None:
        """Note what it told."""
        if isinstance(report, BaseIsReady):
            if self.ready is None:
                self.process = identity_of(report.pid)
                self._packages = {folder: mark_of(folder) for folder in report.package_folders}
            self.ready = report

    @property
    def is_outdated(self) -> bool:
        """Whether it has to be replaced: what is installed has changed, or it cannot be forked any more."""
        return bool(self.ready is not None and self.ready.obstacles) or bool(changed(self._packages))

    def make_zygote(self, number: int) -> ZygoteHandle:
        """A zygote that begins to load the code."""
        ours, theirs = pair()
        target = replace(self._target, executable=None)  # whatever it is called there, the base runs in it
        self.lines.send(MakeZygote(number=number, target=target), (theirs.fileno(),))
        theirs.close()
        return ZygoteHandle(number, Lines(ours, ZygoteReport), self)

    def never_ready(self) -> DagsterCodeLocationError:
        """Why no zygote came of it."""
        return DagsterCodeLocationError(
            f'The interpreter "{self._environment.executable}" of location "{self._target.location}" ended with exit code '
            f"{self._process.wait()}. It must have this package in version {__version__}.",
            self._target.asked_in,
        )

    def close(self) -> None:
        """Close this end of the line, at which the base ends."""
        super().close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:  # it was stopped, or imports something large: it has nothing to lose
            self._process.kill()
            self._process.wait()


class ZygoteHandle(Handle):
    """A zygote.

    Attributes:
        base: from which it was forked.
        process: which process it is; None before the code was loaded.
        loaded: what it told when the code was loaded; None before.
        failed: what it told when the code could not be loaded.
        answers: what came of what was to be started, by number.
        ends: how what it started has ended, by number.
    """

    def __init__(self, number: int, lines: Lines[Any], base: BaseHandle) -> None:
        super().__init__(lines)
        self.number = number
        self.base = base
        self.process: ProcessIdentity | None = None
        self.loaded: Loaded | None = None
        self.failed: LoadFailed | None = None
        self.answers: dict[int, Started | CodeHasChanged | CannotStart] = {}
        self.ends: dict[int, ProcessEnd] = {}

    def take(self, report: Any) -> None:
        """Note what it told."""
        if isinstance(report, Loaded):
            self.loaded = report
            self.process = identity_of(report.pid)
        elif isinstance(report, LoadFailed):
            self.failed = report
        elif isinstance(report, Ended):
            self.ends[report.number] = report.end
        else:
            self.answers[report.number] = report


class LocationLoadError(DagsterCodeLocationError):
    """The code of a location cannot be loaded in its process.

    Args:
        failed: what the process told.

    Attributes:
        failed: the same.
    """

    def __init__(self, failed: LoadFailed) -> None:
        super().__init__(failed.complaint.sentence)
        self.failed = failed


def load_error(target: CodeTarget, zygote: ZygoteHandle) -> DagsterCodeLocationError:
    """Why a zygote did not load its code."""
    if zygote.failed is not None:
        return LocationLoadError(zygote.failed)
    if zygote.base.is_gone and zygote.base.ready is None:
        return zygote.base.never_ready()
    return DagsterCodeLocationError(
        f'The process that loaded location "{target.location}" ended before the code was loaded.', target.asked_in
    )


def _started(environment: Environment, channel: int) -> subprocess.Popen[bytes]:
    printed: Any = sys.__stderr__
    if (output := environment.output_path) is not None:
        # For its owner alone: what users print may hold secrets.
        printed = os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
    try:
        return subprocess.Popen(
            [environment.executable, "-m", "dagster.workspace.bases", str(channel)],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            env={**os.environ, **environment.variables},
            pass_fds=(channel,),
            start_new_session=True,  # the interrupt of a terminal is the owner's to hand on
        )
    finally:
        if output is not None:
            printed.close()
