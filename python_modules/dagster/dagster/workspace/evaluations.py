"""An evaluator: a process that has the code loaded and answers what schedules and sensors are asked, one question after another.

What user code may do to it (hang, exit, take memory) it does to this process, which serves no one else meanwhile.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import ExitStack

import msgspec

from dagster.execution.answers import answer_of, told
from dagster.instance.homes import InstanceRef
from dagster.instance.instance import DagsterInstance
from dagster.lines import Lines
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.workspace.loading import CodeLocation

GROWN_BYTES = 256 << 20
"""An evaluator that took more than this for its questions ends, so that what a sensor leaves in memory does not stay."""

_MOST_READY_TO_BE_KILLED = 1000


class AskTick(msgspec.Struct, frozen=True, kw_only=True):
    """To an evaluator: ask a schedule or sensor.

    Attributes:
        number: by which the answer is told.
        question: what is asked.
        instance: what remembers runs and events.
        memory_bytes: how much more memory it may take than it has; None for as much as there is.
    """

    number: int
    question: TickQuestion
    instance: InstanceRef
    memory_bytes: int | None = None


class TickTold(msgspec.Struct, frozen=True, kw_only=True):
    """From an evaluator: what the schedule or sensor said.

    Attributes:
        number: of the question.
        answer: what was said.
        is_last: whether the evaluator ends now.
    """

    number: int
    answer: TickAnswer
    is_last: bool = False


def serve_evaluator(connection: socket.socket, location: CodeLocation) -> int:
    """Answer questions until the owner closes the line; gives the exit code."""
    lines: Lines[AskTick] = Lines(connection, AskTick)
    os.setsid()  # what a sensor starts is ended together with it
    _be_killed_first()
    at_first = used_bytes()
    instance, opened = None, None
    with ExitStack() as stack:
        while asked := lines.receive():
            for ask in asked:
                if instance is None or opened != ask.instance:
                    instance, opened = stack.enter_context(DagsterInstance.from_ref(ask.instance)), ask.instance
                limit_memory(ask.memory_bytes)
                answer = answer_of(location.definitions, ask.question, instance)
                limit_memory(None)
                is_last = used_bytes() - at_first > GROWN_BYTES
                if not _sent(lines, TickTold(number=ask.number, answer=answer, is_last=is_last)) or is_last:
                    return 0
    return 0


def _sent(lines: Lines[AskTick], answer: TickTold) -> bool:
    try:
        return lines.send(answer)
    except Exception as refused:  # what it said is no value that can be told
        return lines.send(msgspec.structs.replace(answer, answer=TickAnswer(error=told(refused))))


def limit_memory(more_bytes: int | None) -> None:
    """Let this process take so much more memory than it has, after which Python raises MemoryError; None for no limit."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = hard if more_bytes is None else used_bytes() + more_bytes
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def used_bytes() -> int:
    """How much private memory this process has, as the limit counts it; 0 where the system does not say.

    Source: proc(5), the field `VmData` of /proc/self/status; getrlimit(2), RLIMIT_DATA.
    """
    try:
        with open("/proc/self/status") as file:
            return next((int(line.split()[1]) << 10 for line in file if line.startswith("VmData:")), 0)
    except OSError:
        return 0


def _be_killed_first() -> None:
    """Where the machine's memory is used up, the kernel is to end this process rather than one that others need."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write(str(_MOST_READY_TO_BE_KILLED))
    except OSError:
        return
