"""What a run that executes another one again has to do: decided from the plan and from what the runs before it have done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.arguments import check_argument
from dagster.define.op_selections import reached
from dagster.errors import (
    DagsterExecutionStepNotFoundError,
    DagsterInvalidSubsetError,
    DagsterInvariantViolationError,
    DagsterRunNotFoundError,
    closest,
)
from dagster.events.types import DagsterEventType
from dagster.execution.machines import ReadySteps, StepState
from dagster.instance.given_configs import has_secrets
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.known_steps import KnownStep, KnownSteps, inherited, known_steps, template_key
from dagster.planning.partial_plans import restricted
from dagster.planning.steps import ExecutionPlan, Step, StepPhase, positions_of
from dagster.runs.retries import ReexecutionStrategy, tags_of_repetition
from dagster.runs.tags import ASSET_RESUME_RETRY_TAG, PARENT_RUN_ID_TAG, PARTITION_NAME_TAG, RESUME_RETRY_TAG, ROOT_RUN_ID_TAG

if TYPE_CHECKING:
    from dagster.define.jobs import JobDefinition
    from dagster.instance.instance import DagsterInstance
    from dagster.runs.runs import DagsterRun


class ReexecutionOptions(msgspec.Struct, frozen=True):
    """Says that a run executes an earlier one again, and what of it.

    Args:
        parent_run_id: the earlier run.
        step_selection: the steps, with `+` and `*` for what lies before and behind: `["load[a]", "total*"]`; none: what the
            strategy says.
        strategy: what of the run.

    Example:
        >>> ReexecutionOptions("6c7f", ["load+"]).step_selection
        ('load+',)
    """

    parent_run_id: str
    step_selection: Sequence[str] = ()
    strategy: ReexecutionStrategy = ReexecutionStrategy.ALL_STEPS

    def __post_init__(self) -> None:
        check_argument("parent_run_id", self.parent_run_id, str)
        msgspec.structs.force_setattr(self, "step_selection", tuple(self.step_selection))

    @property
    def is_of_assets(self) -> bool:
        """Whether what is executed is told by the assets and checks that the earlier run left undone."""
        return self.strategy is ReexecutionStrategy.FROM_ASSET_FAILURE and not self.step_selection

    @staticmethod
    def from_failure(run_id: str, instance: DagsterInstance) -> ReexecutionOptions:
        """Whatever a run that failed left undone: the steps that failed, and those that never began because of them.

        Args:
            run_id: the run that failed.
            instance: what remembers it; asked when the new run begins.
        """
        return ReexecutionOptions(run_id, strategy=ReexecutionStrategy.FROM_FAILURE)

    @staticmethod
    def from_asset_failure(run_id: str) -> ReexecutionOptions:
        """The assets that a run was to make and did not."""
        return ReexecutionOptions(run_id, strategy=ReexecutionStrategy.FROM_ASSET_FAILURE)


class History(msgspec.Struct, frozen=True):
    """What is known of a run that is executed again.

    Attributes:
        run: the run.
        before: what was known of steps when it began; empty for one that was no re-execution itself.
        own: the steps that ended well or were skipped in it.
        materialized: the assets that it wrote.
        planned_checks: the checks that it was to execute.
        evaluated_checks: those of them that found something.
    """

    run: DagsterRun
    before: KnownSteps
    own: KnownSteps
    materialized: frozenset[AssetKey] = frozenset()
    planned_checks: frozenset[AssetCheckKey] = frozenset()
    evaluated_checks: frozenset[AssetCheckKey] = frozenset()

    @property
    def known(self) -> Mapping[str, KnownStep]:
        """What is known of steps after it."""
        return inherited(self.before, self.own, self.run.step_keys_to_execute)


_TOLD_BY = frozenset(
    {
        DagsterEventType.STEP_START,
        DagsterEventType.STEP_RESTARTED,
        DagsterEventType.STEP_OUTPUT,
        DagsterEventType.STEP_SUCCESS,
        DagsterEventType.STEP_SKIPPED,
        DagsterEventType.ASSET_MATERIALIZATION,
        DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
        DagsterEventType.ASSET_CHECK_EVALUATION,
    }
)


def history_of(instance: DagsterInstance, run_id: str) -> History:
    """What the log says of a run, and of the runs that it went on from.

    Raises:
        DagsterRunNotFoundError: there is no such run.
    """
    run = instance.get_run_by_id(run_id)
    if run is None:
        raise DagsterRunNotFoundError(
            f'There is no run "{run_id}" to execute again. List the runs with `dagster run list`.', invalid_run_id=run_id
        )
    chain = [run]
    while chain[-1].parent_run_id is not None and (parent := instance.get_run_by_id(chain[-1].parent_run_id)) is not None:
        chain.append(parent)
    before: KnownSteps = {}
    for each in reversed(chain[1:]):
        before = inherited(before, known_steps(_events(instance, each), each.run_id), each.step_keys_to_execute)
    events = _events(instance, run)
    written = (event.asset_key for event in events if event.event_type is DagsterEventType.ASSET_MATERIALIZATION)
    return History(
        run,
        before,
        known_steps(events, run_id),
        materialized=frozenset(key for key in written if key is not None),
        planned_checks=_checks_in(events, DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED),
        evaluated_checks=_checks_in(events, DagsterEventType.ASSET_CHECK_EVALUATION),
    )


def _checks_in(events: Sequence[Any], kind: DagsterEventType) -> frozenset[AssetCheckKey]:
    data = [event.event_specific_data for event in events if event.event_type is kind]
    return frozenset(AssetCheckKey(each.asset_key, each.check_name) for each in data)


def _events(instance: DagsterInstance, run: DagsterRun) -> list[Any]:
    return [entry.dagster_event for entry in instance.all_logs(run.run_id, of_type=set(_TOLD_BY))]


def again(plan: ExecutionPlan, history: History, options: ReexecutionOptions) -> ExecutionPlan:
    """The plan of the run that executes another one again.

    Args:
        plan: of the whole job, or of the ops and assets that the earlier run had selected.
        history: the earlier run.
        options: what of it.

    Raises:
        DagsterExecutionStepNotFoundError: a step is selected that the plan and the earlier run do not have.
        DagsterInvariantViolationError: it is to go on from a failure, and there was none.
    """
    if options.step_selection:
        return restricted(plan, _with_endings(plan, selected_steps(plan, options.step_selection, history.known)), history.known)
    if options.strategy is not ReexecutionStrategy.FROM_FAILURE:
        return plan
    if not history.run.is_failure_or_canceled:
        raise DagsterInvariantViolationError(
            f'Cannot reexecute from failure run "{history.run.run_id}": it is not failed or canceled, but '
            f"{history.run.status.value}."
        )
    return restricted(plan, _with_endings(plan, missing_steps(_as_it_was(plan, history), history.own)), history.known)


def _with_endings(plan: ExecutionPlan, wanted: Sequence[str]) -> list[str]:
    """What is to be executed, and what the job runs after its work, which every run has to decide on anew."""
    return [*wanted, *(step.key for step in plan.steps if step.phase is not StepPhase.WORK and step.key not in wanted)]


def _as_it_was(plan: ExecutionPlan, history: History) -> ExecutionPlan:
    """The plan of the earlier run: that of the job, or a part of it where it went on from another run itself."""
    executed = history.run.step_keys_to_execute
    if history.run.parent_run_id is None or executed is None:
        return plan
    return restricted(plan, executed, history.before)


def missing_steps(plan: ExecutionPlan, done: KnownSteps) -> list[str]:
    """The keys of the steps that a run was to execute and did not end well, in the order of the plan.

    The run is played again: a step that ended well gives what it gave, any other counts as failed. What is left out then is what
    the outputs of the others left out, as in the run itself, and is not missing. What failed as it may is missing like all else
    that failed, with all that lies below it.

    Args:
        plan: of the run.
        done: what is known of those that ended in it.
    """
    ready = ReadySteps(plan, is_strict=True)
    while (step := ready.next_ready()) is not None:
        known = done.get(step.key)
        if known is None or known.is_skipped:  # what was skipped is not asked for, unless the graph has changed
            ready.failed(step)
        else:
            ready.succeeded(step, known.outputs, known.mapping_keys)
    work = (step for step in ready.steps if step.phase is StepPhase.WORK)
    missing = (step for step in work if ready.states[step.position] in (StepState.FAILED, StepState.ABANDONED))
    return [step.key for step in sorted(missing, key=_place_in_plan)]


def _place_in_plan(step: Step) -> tuple[int, int]:
    return (step.position if step.template is None else step.template, step.position)


_CLAUSE = re.compile(r"(\*|\+*)([\w.\[\]?]+)(\+*|\*)")


def selected_steps(plan: ExecutionPlan, selection: Sequence[str], known: KnownSteps) -> list[str]:
    """The keys of the selected steps, in the order of the plan. `load[?]` stands for all that will be made of it.

    Args:
        plan: all steps.
        selection: clauses: `load`, `load[a]`, `+load` with what it takes, `load++` two steps on, `*load` all before it.
        known: what earlier runs have done, which says what `load[?]` was made into.

    Raises:
        DagsterExecutionStepNotFoundError: a clause cannot be read or names no step.
    """
    steps = ReadySteps(restricted(plan, (), known)).steps
    by_key = {step.key: step for step in steps}
    above = {step.key: {steps[each].key for each in _taken_from(step)} for step in steps}
    below: dict[str, set[str]] = {key: set() for key in by_key}
    for key, upstream in above.items():
        for each in upstream:
            below[each].add(key)
    selected: set[str] = set()
    for clause in selection:
        read = _CLAUSE.fullmatch(clause.strip())
        if read is None or read.group(2) not in by_key:
            raise _unknown_step(clause, by_key)
        named = {read.group(2)}
        selected |= named | reached(named, above, read.group(1)) | reached(named, below, read.group(3))
    # Where a dynamic output is given anew, what was made for its earlier values is not what will be there.
    anew = {key for key in selected if _giver(by_key[key], steps) in selected and by_key[key].template is not None}
    selected = (selected - anew) | {template_key(key) for key in anew}
    for key in selected:
        giver = _giver(by_key[key], steps)
        if giver is not None and giver not in selected and giver not in known:
            raise DagsterExecutionStepNotFoundError(
                f'Step "{key}" cannot be executed: it is made for the values that "{giver}" gives, which did not end '
                f'well before. Select "{giver}" too.',
                step_keys=[key],
            )
    return [step.key for step in sorted((by_key[key] for key in selected), key=_place_in_plan)]


def _taken_from(step: Step) -> Sequence[int]:
    """The steps that a step takes from. One that collects also waits for the step that gave the values: that is no neighbour."""
    if any(each.parts is not None for each in step.inputs):
        return [position for each in step.inputs for position in positions_of(each)]
    return step.waits_for


def _giver(step: Step, steps: Sequence[Step]) -> str | None:
    """The step whose dynamic output a step is mapped over; None for others."""
    template = step if step.template is None else steps[step.template]
    return None if template.mapped_over is None else steps[template.mapped_over[0]].key


def _unknown_step(clause: str, by_key: Mapping[str, Step]) -> DagsterExecutionStepNotFoundError:
    name = clause.strip("*+ ")
    return DagsterExecutionStepNotFoundError(
        f"Step selection refers to unknown step: {name}.{closest(name, by_key)}", step_keys=[name]
    )


def checks_left_undone(job: JobDefinition, history: History) -> frozenset[AssetCheckKey]:
    """The checks that a run was to execute and did not come to an end of, and that are still there."""
    known = {spec.key for spec in job.project.check_specs}
    return (history.planned_checks - history.evaluated_checks) & known


def _refuse_nothing_undone(job: JobDefinition, history: History) -> None:
    if not job.is_asset_job or not (_undone(history) or checks_left_undone(job, history)):
        raise DagsterInvalidSubsetError(
            f'Cannot reexecute from asset failure run "{history.run.run_id}": it left no asset and no check undone.'
        )


def has_assets_left_undone(history: History) -> bool:
    """Whether there are assets that a run was to make and did not."""
    return bool(_undone(history))


def _undone(history: History) -> Set[AssetKey]:
    return (history.run.planned_assets or frozenset()) - history.materialized


def refuse_other_job(parent: DagsterRun, job: JobDefinition) -> None:
    """Nothing where a run was of this job.

    Raises:
        DagsterInvariantViolationError: it was of another one.
    """
    if parent.job_name != job.name:
        raise DagsterInvariantViolationError(
            f'Run "{parent.run_id}" was of job "{parent.job_name}". It cannot be executed again as job "{job.name}".'
        )


def assets_again(job: JobDefinition, history: History, options: ReexecutionOptions) -> Set[AssetKey] | None:
    """The assets among which the steps of the new run are; None for those of the job, or where it has none.

    Raises:
        DagsterInvalidSubsetError: what the earlier run left undone is to be done, and it left nothing.
    """
    if options.is_of_assets:
        _refuse_nothing_undone(job, history)
        return _undone(history)
    if not job.is_asset_job:
        return None
    if history.run.parent_run_id is not None:
        return history.run.asset_selection or None
    return history.run.planned_assets


def config_again(parent: DagsterRun) -> dict[str, Any] | None:
    """The run config of the earlier run, as it is stored; None where it had none.

    Raises:
        DagsterInvariantViolationError: it had secrets, which are not stored.
    """
    if has_secrets(parent.run_config):
        raise DagsterInvariantViolationError(
            f'The run config of run "{parent.run_id}" had secrets, which are not stored with it. Give run_config again, or name '
            'environment variables in it: {"env": "DB_PASSWORD"}.'
        )
    return parent.run_config or None


def tags_again(parent: DagsterRun, options: ReexecutionOptions, own: Mapping[str, str] | None = None) -> dict[str, str]:
    """The tags of the new run: those of the earlier one that are not about that alone, and where it comes from.

    Args:
        parent: the earlier run.
        options: what of it is executed again.
        own: tags in place of those of the earlier run; what says which partition it was stays.
    """
    how: dict[str, str] = {ASSET_RESUME_RETRY_TAG: "true"} if options.is_of_assets else {}
    is_resumed = options.strategy is ReexecutionStrategy.FROM_FAILURE and not options.step_selection
    tags = tags_of_repetition(parent)
    if own is not None:
        origin = (PARENT_RUN_ID_TAG, ROOT_RUN_ID_TAG)
        tags = {**own, **{key: tags[key] for key in tags if key in origin or key.startswith(PARTITION_NAME_TAG)}}
    return tags | ({RESUME_RETRY_TAG: "true"} if is_resumed else how)
