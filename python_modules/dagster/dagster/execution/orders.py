"""What a run is executed by, as values: the orders for its parts, and what comes back."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from typing import Union

import msgspec

from dagster.define.reconstructions import ReconstructableJob
from dagster.events.failures import SerializableErrorInfo
from dagster.instance.launches import RunOrder


class WorkOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Asks for one process's part of a run.

    Attributes:
        number: of the part in its run, from 1.
        run: the run, as it stands in storage.
        step_key: the step; None for all of them, one after another.
        tries: how often the step was tried before.
        tries_again: whether it may be tried again.
        ended: what the steps gave that ended before, in this order, or that they failed: what dynamic outputs made of the plan
            follows from it, and what is not there to be loaded.
        only: of a part that executes all steps one after another, the keys of those that are left of a run that broke off; None
            for all.
        is_failure: whether that run failed, so that what runs then is left.
        output_path: the files for its output, without `.out` and `.err`; None where it is not kept.
    """

    number: int
    run: RunOrder
    step_key: str | None = None
    tries: int = 0
    tries_again: bool = True
    ended: Sequence[StepGave | StepFailed] = ()
    only: Sequence[str] | None = None
    is_failure: bool = False
    output_path: str | None = None


class ReconstructedRun(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Asks a new process to load a job and to supervise a run of it.

    Attributes:
        place: where the job is written.
        order: the run.
        search_path: where modules are looked up.
    """

    place: ReconstructableJob
    order: RunOrder
    search_path: Sequence[str]


class ReconstructedPart(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Asks a new process to load a job and to execute a part of a run of it. The socket that takes its reports comes along.

    Attributes:
        place: where the job is written.
        order: the part.
        search_path: where modules are looked up.
    """

    place: ReconstructableJob
    order: WorkOrder
    search_path: Sequence[str]


class Report(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a part of a run tells its supervisor; says its kind on the wire."""


class Prepared(Report, frozen=True, kw_only=True):
    """It knows what to do, the run's config included, and waits for the word to begin."""


class Refused(Report, frozen=True, kw_only=True):
    """It cannot begin: the run's config or resources do not fit."""

    error: SerializableErrorInfo


class StepGave(Report, frozen=True, kw_only=True):
    """The step ended well."""

    step_key: str
    outputs: Sequence[str]
    mapping_keys: Mapping[str, Sequence[str]] = {}


class StepRetries(Report, frozen=True, kw_only=True):
    """The step failed and is to be tried again."""

    step_key: str
    seconds: float | None


class StepFailed(Report, frozen=True, kw_only=True):
    """The step failed for good.

    Attributes:
        untold: what made it fail, where no event could be recorded that says it.
    """

    step_key: str
    untold: SerializableErrorInfo | None = None


class StepsEnded(Report, frozen=True, kw_only=True):
    """All steps that could run have run, in one process.

    Attributes:
        failed_step_keys: those that failed.
        allowed_step_keys: those that failed, as they may.
        error: why the run failed, where no event of a step says it.
        is_broken_off: whether the run was interrupted or broke outside of its steps.
        is_interrupt: whether it was an interrupt.
    """

    failed_step_keys: Sequence[str] = ()
    allowed_step_keys: Sequence[str] = ()
    error: SerializableErrorInfo | None = None
    is_broken_off: bool = False
    is_interrupt: bool = False


AnyReport = Union[Prepared, Refused, StepGave, StepRetries, StepFailed, StepsEnded]


class Begin(msgspec.Struct, frozen=True, tag=True):
    """The word to begin."""


class ProcessEnd(msgspec.Struct, frozen=True, kw_only=True):
    """How a process ended, and what it took.

    Attributes:
        exit_code: that it gave; None where a signal ended it.
        signal: that ended it.
        ran_out_of_memory: whether the kernel killed it because memory was used up.
        cpu_seconds: of it and of the processes that it waited for.
        peak_memory_bytes: the largest it was, with what it shares with others.
    """

    exit_code: int | None = None
    signal: int | None = None
    ran_out_of_memory: bool = False
    cpu_seconds: float = 0.0
    peak_memory_bytes: int = 0

    @property
    def sentence(self) -> str:
        """How it ended, as the end of a sentence: `was ended by signal 9 (SIGKILL)`."""
        if self.ran_out_of_memory:
            return "was killed by the kernel because memory was used up (signal 9, SIGKILL)"
        if self.signal is not None:
            return f"was ended by signal {self.signal} ({_name_of(self.signal)})"
        return f"ended with exit code {self.exit_code} before its work was done"


def _name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
