"""What becomes of a run that is submitted: it waits in the queue, or it is launched at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.runs.queue import TagLimit
from dagster.runs.runs import DagsterRun

if TYPE_CHECKING:
    from typing_extensions import Self


DEFAULT_MOST_RUNS = 10


class RunQueueConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How runs leave the queue, as it was written.

    Attributes:
        max_concurrent_runs: how many may go on at once; -1 for any number.
        tag_concurrency_limits: further limits, as they stand in `dagster.yaml`.
    """

    max_concurrent_runs: int = DEFAULT_MOST_RUNS
    tag_concurrency_limits: Sequence[Mapping[str, Any]] = ()


class SubmitRunContext(msgspec.Struct, frozen=True):
    """A run that is submitted.

    Attributes:
        dagster_run: the run, stored.
        workspace: what submits it, where that has one.
        launcher: a `RunLauncher`, which starts its processes if it is launched at once; None where nothing can.
        run_config: as it was given, where secrets in it are not stored.
        headers: of the request over HTTP by which it is submitted.
    """

    dagster_run: DagsterRun
    workspace: object = None
    launcher: Any = None
    run_config: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}

    def get_request_header(self, key: str) -> str | None:
        """A header of the request over HTTP by which the run is submitted; None where there is none."""
        return next((value for name, value in self.headers.items() if name.lower() == key.lower()), None)


class SubmittingInstance(Protocol):
    """What a coordinator asks of the instance for which it acts."""

    def enqueue_run(self, run_id: str, run_config: Mapping[str, Any] | None = None) -> DagsterRun:
        """Puts a stored run into the queue."""
        ...

    def launch_run(self, run_id: str, launcher: Any, *, run_config: Mapping[str, Any] | None = None) -> DagsterRun:
        """Launches a stored run."""
        ...

    def add_run_tags(self, run_id: str, new_tags: Mapping[str, str]) -> None:
        """Adds tags to a run."""
        ...


class RunCoordinator:
    """Says what becomes of runs that are submitted. A class of one's own derives from one of the two below.

    Args:
        inst_data: what the settings say; None where they say nothing.
    """

    _registered: SubmittingInstance | None = None

    def __init__(self, inst_data: Any = None) -> None:
        self.inst_data = inst_data

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> Self:
        """The coordinator that an entry of the settings stands for."""
        return cls(inst_data=inst_data, **config_value)

    def register_instance(self, instance: SubmittingInstance) -> None:
        """Tells it for whom it acts."""
        self._registered = instance

    @property
    def _instance(self) -> SubmittingInstance:
        """For whom it acts: `self._instance.add_run_tags(run_id, {...})` is what subclasses are documented to do."""
        assert self._registered is not None, "a coordinator acts for the instance whose `run_coordinator` gave it"
        return self._registered

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Does what is to be done with a run that is submitted, and gives it as it then stands."""
        raise NotImplementedError


class QueuedRunCoordinator(RunCoordinator):
    """Puts submitted runs into the queue; a daemon launches them when the limits allow it.

    Args:
        max_concurrent_runs: how many runs may go on at once; without: 10; -1 for any number.
        tag_concurrency_limits: further limits for runs with a tag: `key`, `limit`, and `value`, a string or
            `{"applyLimitPerUniqueValue": True}`.
        dequeue_interval_seconds, dequeue_use_threads, dequeue_num_workers, max_user_code_failure_retries,
            user_code_failure_retry_delay, block_op_concurrency_limited_runs: taken, and kept for the API.
        inst_data: what the settings say; None where they say nothing.

    Example:
        >>> QueuedRunCoordinator(max_concurrent_runs=3).get_run_queue_config().max_concurrent_runs
        3
    """

    def __init__(
        self,
        max_concurrent_runs: int | None = None,
        tag_concurrency_limits: Sequence[Mapping[str, Any]] | None = None,
        dequeue_interval_seconds: int | None = None,
        dequeue_use_threads: bool | None = None,
        dequeue_num_workers: int | None = None,
        max_user_code_failure_retries: int | None = None,
        user_code_failure_retry_delay: int | None = None,
        block_op_concurrency_limited_runs: Mapping[str, Any] | None = None,
        inst_data: Any = None,
    ) -> None:
        most = DEFAULT_MOST_RUNS if max_concurrent_runs is None else max_concurrent_runs
        self._config = RunQueueConfig(max_concurrent_runs=most, tag_concurrency_limits=tuple(tag_concurrency_limits or ()))
        self.dequeue_interval_seconds = dequeue_interval_seconds
        self.dequeue_use_threads = dequeue_use_threads
        self.dequeue_num_workers = dequeue_num_workers
        self.max_user_code_failure_retries = max_user_code_failure_retries
        self.user_code_failure_retry_delay = user_code_failure_retry_delay
        self.block_op_concurrency_limited_runs = block_op_concurrency_limited_runs
        super().__init__(inst_data)

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Puts the run into the queue.

        Raises:
            DagsterInvariantViolationError: it was submitted before.
        """
        return self._instance.enqueue_run(context.dagster_run.run_id, context.run_config)

    def get_run_queue_config(self) -> RunQueueConfig:
        """How runs leave the queue."""
        return self._config

    def __repr__(self) -> str:
        return f"QueuedRunCoordinator({self._config!r})"


class DefaultRunCoordinator(RunCoordinator):
    """Has submitted runs launched at once."""

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Launches the run.

        Raises:
            DagsterInvariantViolationError: it was submitted before, or there is nothing that launches it.
        """
        run_id = context.dagster_run.run_id
        if context.launcher is None:
            raise DagsterInvariantViolationError(
                f"Run {run_id} is to be launched at once, since the settings name the DefaultRunCoordinator, and this "
                "process launches no runs. Give a launcher, or have runs wait in the queue for `dagster-daemon run`."
            )
        return self._instance.launch_run(run_id, context.launcher, run_config=context.run_config)

    def __repr__(self) -> str:
        return "DefaultRunCoordinator()"


def tag_limits(written: Sequence[Mapping[str, Any]]) -> tuple[TagLimit, ...]:
    """The limits as rules."""
    return tuple(_tag_limit(each) for each in written)


def _tag_limit(written: Mapping[str, Any]) -> TagLimit:
    value = written.get("value")
    per_value = bool(value.get("applyLimitPerUniqueValue")) if isinstance(value, Mapping) else False  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return TagLimit(
        key=written["key"], limit=written["limit"], value=value if isinstance(value, str) else None, per_value=per_value
    )
