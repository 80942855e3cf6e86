"""The state of a run and of a step while they execute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from dagster.config.run_schemas import ProcessedRunConfig
from dagster.define.resource_sessions import ResourceSession
from dagster.define.resource_values import NO_RESOURCES, Resources
from dagster.define.resources import ResourceDefinition
from dagster.events.data_versions import DataVersion
from dagster.execution.clocks import MONOTONIC_CLOCK, Clock
from dagster.execution.events import EventsOfRun
from dagster.execution.known_versions import KnownVersions
from dagster.execution.recorders import RunRecorder
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.steps import ExecutionPlan, Step, StepInput
from dagster.runs.runs import DagsterRun

if TYPE_CHECKING:
    from dagster.events.failures import FailedStep


class RunningRun:
    """A run while it executes in this process.

    Attributes:
        run: the run.
        job: what it runs.
        plan: its steps.
        instance: what remembers it.
        recorder: takes its events.
        make: makes its events.
        resources: by key, set up.
        session: what set them up.
        definitions: of the resources, by key.
        config: the run config, checked.
        given_config: the same as it was given, secrets included; what is stored has them covered.
        partition_keys: the partitions it is about; None for a run without.
        captured: the values that steps gave, by step key and output name.
        keeps_values: whether they are kept for the result.
        versions: what is known of the data versions of assets.
        retries: how often a step was tried again, by step key; without those that were not.
        tries_again: whether steps are tried again, as the executor says.
        clock: what waits for a retry.
        steps: those of the plan, and those that were made for values of dynamic outputs.
        is_given: whether there is a value for what a step takes.
        failed_before: the key of the step that should have given what a step takes, where it failed.
        awaiting_hooks: steps that have ended and whose hooks are not called yet.
    """

    __slots__ = (
        "awaiting_hooks",
        "captured",
        "clock",
        "config",
        "definitions",
        "failed_before",
        "given_config",
        "instance",
        "is_given",
        "job",
        "keeps_values",
        "make",
        "partition_keys",
        "plan",
        "recorder",
        "resources",
        "retries",
        "run",
        "session",
        "steps",
        "tries_again",
        "versions",
    )

    def __init__(
        self,
        *,
        run: DagsterRun,
        job: Any,
        plan: ExecutionPlan,
        instance: Any,
        recorder: RunRecorder,
        config: ProcessedRunConfig,
        partition_keys: tuple[str, ...] | None,
        clock: Clock = MONOTONIC_CLOCK,
    ) -> None:
        self.run = run
        self.clock = clock
        self.job = job
        self.plan = plan
        self.instance = instance
        self.recorder = recorder
        self.config = config
        self.given_config: Mapping[str, Any] = {}
        self.partition_keys = partition_keys
        self.make = EventsOfRun(run.job_name, plan)
        self.resources: Mapping[str, Any] = {}
        self.session: ResourceSession | None = None
        self.definitions: Mapping[str, ResourceDefinition] = {}
        self.captured: dict[tuple[str, str], Any] = {}
        self.keeps_values = True
        self.versions = KnownVersions(plan, instance, recorder)
        self.retries: dict[str, int] = {}
        self.tries_again = True
        self.steps: Sequence[Step] = plan.steps
        self.awaiting_hooks: list[RunningStep] = []
        self.is_given: Callable[[StepInput], bool] = lambda _wanted: True
        self.failed_before: Callable[[StepInput], str | None] = lambda _wanted: None

    @property
    def partition_key(self) -> str | None:
        """The partition, of a run that was asked for one; None for a run of a range, be it a range of one."""
        return self.partition_keys[0] if self.partition_keys and self.run.partition_key is not None else None

    def resource_config(self, key: str) -> Any:
        """The config with which a resource was set up."""
        return self.session.config_of(key) if self.session is not None else None

    def resources_for(self, manager_key: str) -> Resources:
        """The resources that an IO manager asked for."""
        definition = self.definitions.get(manager_key)
        required = definition.required_resource_keys if definition is not None else ()
        return Resources({key: self.resources[key] for key in required}) if required else NO_RESOURCES

    def run_id_of(self, step_key: str) -> str:
        """The run that stored what a step gave: this one, or an earlier one where this one goes on from it."""
        if self.plan.wants(step_key):
            return self.run.run_id
        known = self.plan.known.get(step_key)
        return known.run_id if known is not None else self.run.parent_run_id or self.run.run_id

    def failed_steps(self) -> list[FailedStep]:
        """The steps of the run that have failed for good so far, in the order in which they did, as its log tells them."""
        from dagster.events.failures import FailedStep
        from dagster.events.types import DagsterEventType

        self.recorder.flush()
        allowed = {step.key for step in self.steps if step.allows_failure}
        entries = self.instance.all_logs(self.run.run_id, of_type={DagsterEventType.STEP_FAILURE})
        events = [entry.dagster_event for entry in entries]
        return [
            FailedStep(step_key=event.step_key, error=event.event_specific_data.error, is_allowed=event.step_key in allowed)
            for event in events
        ]


class RunningStep:
    """A step while it executes.

    Attributes:
        step: the step.
        running: its run.
        output_metadata: what the function attached to outputs before giving them, by output and mapping key.
        asset_metadata: what it attached to assets, by key and partition.
        data_versions: the versions that it set, by asset.
        logged_events: events that it logged and that are not recorded yet.
        given: the outputs given so far.
        mapping_keys: of the values of dynamic outputs given so far, by output.
        context: the context that user code got, made on first use.
        context_class: its class, where it is not that of an op or asset.
        dependents: by asset, the outputs of the step that depend on it; made on first use.
        failed_checks: what blocking checks that found errors say about them.
        input_partitions: the partitions that inputs read, by their names; made on first use.
        must_say_all: a sentence for a function that leaves out an output although it said that it would not; else None.
        hooks: called when it has ended: its own and those of the job.
        given_values: for hooks: the values given so far and what is said of them, by output and mapping key; None without hooks.
        failed: what made it fail; None before.
        first_event: the number of its first event among those of the run.
    """

    __slots__ = (
        "_log",
        "asset_metadata",
        "context",
        "context_class",
        "data_versions",
        "dependents",
        "failed",
        "failed_checks",
        "first_event",
        "given",
        "given_values",
        "hooks",
        "input_partitions",
        "logged_events",
        "mapping_keys",
        "must_say_all",
        "op_config",
        "output_metadata",
        "resources",
        "running",
        "step",
    )

    def __init__(self, step: Step, running: RunningRun) -> None:
        self.step = step
        self.running = running
        self.resources = Resources({key: running.resources[key] for key in step.resource_keys})
        self.output_metadata: dict[tuple[str, str | None], dict[str, Any]] = {}
        self.asset_metadata: dict[tuple[AssetKey, str | None], dict[str, Any]] = {}
        self.data_versions: dict[AssetKey, DataVersion] = {}
        self.logged_events: list[Any] = []
        self.given: set[str] = set()
        self.mapping_keys: dict[str, list[str]] = {}
        self.op_config: Any = None
        self.context: Any = None
        self.context_class: Any = None
        self.must_say_all: str | None = None
        self.failed_checks: dict[AssetCheckKey, str | None] = {}
        self.input_partitions: dict[str, Sequence[str]] = {}
        self.dependents: Mapping[AssetKey, list[str]] | None = None
        self._log: Any = None
        self.hooks: Set[Any] = {*step.hook_defs, *running.job.hook_defs}
        self.given_values: dict[tuple[str, str | None], tuple[Any, Mapping[str, Any]]] | None = {} if self.hooks else None
        self.failed: BaseException | None = None
        self.first_event = len(running.recorder.events)

    @property
    def log(self) -> Any:
        """The logger of the step."""
        if self._log is None:
            from dagster.execution.loggers import DagsterLogManager

            self._log = DagsterLogManager(self.running.recorder, self.step.key)
        return self._log

    def log_line(self, level: int, message: str) -> None:
        """Write a line into the run's log without a logger."""
        self.running.recorder.log(level, message, self.step.key)

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.running.run.run_id

    @property
    def job_name(self) -> str:
        """The job of the run."""
        return self.running.run.job_name

    @property
    def instance(self) -> Any:
        """The instance that remembers the run."""
        return self.running.instance

    @property
    def retry_policy(self) -> Any:
        """How it is tried again: as its node says, its function, or its job."""
        return self.step.retry_policy or self.step.computation.retry_policy or self.running.job.op_retry_policy

    @property
    def partition_keys(self) -> tuple[str, ...] | None:
        """The partitions it is about; None where its assets have none."""
        return self.running.partition_keys if self.step.definition.partitions_def is not None else None
