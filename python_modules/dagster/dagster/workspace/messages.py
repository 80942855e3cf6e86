"""What the owner of a code location says to its processes and what they say back: JSON lines over a socket pair.

The owner (a command, the control plane) talks to the *base*, which makes zygotes, and to each *zygote*, which has loaded the code
and makes hosts, evaluators and runs. When the owner's end is closed, a zygote takes no more orders, and ends when nothing that it
started is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Union

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster.execution.orders import (
    ProcessEnd,
    WorkOrder,
)
from dagster.instance.launches import RunOrder
from dagster.workspace.complaints import Complaint
from dagster.workspace.targets import CodeTarget


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What all of them share: they say their kind on the wire."""


class MakeZygote(Message, frozen=True, kw_only=True):
    """To the base: fork a process that loads code. The zygote's end of its connection comes along.

    Attributes:
        number: by which its end is told.
        target: the code.
    """

    number: int
    target: CodeTarget


class Preload(Message, frozen=True, kw_only=True):
    """To the base: import installed packages, so that zygotes forked later have them.

    Attributes:
        modules: names, in the order in which they were imported.
    """

    modules: Sequence[str]


class BaseIsReady(Message, frozen=True, kw_only=True):
    """From the base: it can make zygotes.

    Attributes:
        pid: of the base.
        version: of this package there; both sides must be of one version.
        package_folders: where its installed packages are; a base of changed ones has to be replaced.
        obstacles: why it cannot be forked after a `Preload`; it has to be replaced.
    """

    pid: int
    version: str
    package_folders: Sequence[str] = ()
    obstacles: Sequence[str] = ()


class ZygoteEnded(Message, frozen=True, kw_only=True):
    """From the base: a zygote has ended."""

    number: int
    end: ProcessEnd


BaseOrder = Union[MakeZygote, Preload]
BaseReport = Union[BaseIsReady, ZygoteEnded]


class StartRun(Message, frozen=True, kw_only=True):
    """To a zygote: start the supervisor of a run, unless the code has changed since it was loaded.

    Attributes:
        number: by which what becomes of it is told.
        order: the run.
        checks_code: whether changed code matters; not where the zygote was made for this run.
    """

    number: int
    order: RunOrder
    checks_code: bool = True


class StartHost(Message, frozen=True, kw_only=True):
    """To a zygote: start a process that answers questions about the location. The socket on which it listens comes along."""

    number: int


class StartEvaluator(Message, frozen=True, kw_only=True):
    """To a zygote: start a process that asks schedules and sensors. The socket for questions and answers comes along."""

    number: int


class Loaded(Message, frozen=True, kw_only=True):
    """From a zygote: the code is loaded.

    Attributes:
        pid: of the zygote.
        obstacles: why it does not fork but starts fresh processes, one sentence each; none where it forks.
        files: which files were read, and what they were then.
        installed: the installed packages that the code imported.
        seconds: that loading took.
    """

    pid: int
    obstacles: Sequence[str]
    files: Sequence[str]
    installed: Sequence[str]
    seconds: float


class LoadFailed(Message, frozen=True, kw_only=True):
    """From a zygote: the code cannot be loaded; the zygote ends.

    Attributes:
        complaint: what to say about it, with the user's file and line.
        error: the error itself.
        files: which files were read until then.
    """

    complaint: Complaint
    error: SerializableErrorInfo
    files: Sequence[str]


class Started(Message, frozen=True, kw_only=True):
    """From a zygote: a process was started."""

    number: int
    pid: int


class CodeHasChanged(Message, frozen=True, kw_only=True):
    """From a zygote: what was asked for was not started, since the code is not what was loaded.

    Attributes:
        paths: what changed.
    """

    number: int
    paths: Sequence[str]


class CannotStart(Message, frozen=True, kw_only=True):
    """From a zygote: what was asked for could not be started.

    Attributes:
        sentence: why.
    """

    number: int
    sentence: str


class Ended(Message, frozen=True, kw_only=True):
    """From a zygote: a process that it started has ended."""

    number: int
    end: ProcessEnd


ZygoteOrder = Union[StartRun, StartHost, StartEvaluator]
ZygoteReport = Union[Loaded, LoadFailed, Started, CodeHasChanged, CannotStart, Ended]


class LoadCode(Message, frozen=True, kw_only=True):
    """To a fresh process, where nothing can be forked: load the code, and wait for the one order that it will carry out."""

    target: CodeTarget


class DoPart(Message, frozen=True, kw_only=True):
    """To a fresh process: execute a part of a run. The socket that takes its reports comes along."""

    order: WorkOrder


class SettleRun(Message, frozen=True, kw_only=True):
    """To a fresh process: end a run whose supervisor has ended.

    Attributes:
        order: by which the run was started.
        pid: of the supervisor.
        what: how it ended, as the end of a sentence.
    """

    order: RunOrder
    pid: int
    what: str


FreshOrder = Union[LoadCode, DoPart, StartRun, StartHost, StartEvaluator, SettleRun]


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """With what processes of a location are started.

    Attributes:
        executable: the interpreter.
        variables: over the owner's environment.
        output_path: where what they print goes that belongs to no run; None for the owner's stderr.
    """

    executable: str
    variables: Mapping[str, str] = {}
    output_path: str | None = None
