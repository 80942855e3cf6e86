"""Automation conditions as expression trees: when something should be made, written down as data.

A tree is built by the static methods of `AutomationCondition` and combined with `&`, `|`, `~` and `since`. It is evaluated
elsewhere, against what is stored and a moment; nothing here asks for either.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from dagster.arguments import check_argument, check_optional
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.specs.freshness import FreshnessState

if TYPE_CHECKING:
    from typing import Generic

    from typing_extensions import TypeVar

    T = TypeVar("T", default=Any)

    class _Subscriptable(Generic[T]):
        pass
else:
    T = object

    class _Subscriptable:
        __slots__ = ()

        def __class_getitem__(cls, entity):
            """`AutomationCondition[AssetKey]`: of what kind of entity it speaks, for type checkers."""
            return cls


class AutomationCondition(_Subscriptable[T]):
    """When an asset or check should be made, as an expression.

    A subclass of a user overrides `evaluate`.

    Example:
        >>> AutomationCondition.on_cron("0 9 * * *").get_label()
        'on_cron(0 9 * * *, UTC)'
        >>> (AutomationCondition.missing() & ~AutomationCondition.in_progress()).name
        'AND'
    """

    __slots__ = ()

    # --- of the asset itself --------------------------------------------------------------------------------------------

    @staticmethod
    def missing() -> nodes.MissingAutomationCondition:
        """It was never made."""
        return nodes.MissingAutomationCondition()

    @staticmethod
    def in_progress() -> nodes.OrAutomationCondition:
        """A run or a backfill is making it."""
        return nodes.OrAutomationCondition(
            operands=(nodes.RunInProgressAutomationCondition(), nodes.BackfillInProgressAutomationCondition()),
            label="in_progress",
        )

    @staticmethod
    def run_in_progress() -> nodes.RunInProgressAutomationCondition:
        """A run is making it."""
        return nodes.RunInProgressAutomationCondition()

    @staticmethod
    def backfill_in_progress() -> nodes.BackfillInProgressAutomationCondition:
        """A backfill is making it."""
        return nodes.BackfillInProgressAutomationCondition()

    @staticmethod
    def execution_failed() -> nodes.ExecutionFailedAutomationCondition:
        """Its last run failed."""
        return nodes.ExecutionFailedAutomationCondition()

    @staticmethod
    def in_latest_time_window(lookback_delta: datetime.timedelta | None = None) -> nodes.InLatestTimeWindowCondition:
        """Its partition is in the latest time window, or at most `lookback_delta` before that window's end.

        True for what has no time partitions.
        """
        check_optional("lookback_delta", lookback_delta, datetime.timedelta)
        return nodes.InLatestTimeWindowCondition(lookback_timedelta=lookback_delta)

    @staticmethod
    def initial_evaluation() -> nodes.InitialEvaluationCondition:
        """The condition is evaluated for the first time, or its asset has other partitions than before."""
        return nodes.InitialEvaluationCondition()

    @staticmethod
    def newly_missing() -> nodes.NewlyTrueCondition:
        """It has become missing since the last evaluation."""
        return nodes.NewlyTrueCondition(operand=nodes.MissingAutomationCondition(), label="newly_missing")

    @staticmethod
    def newly_requested() -> nodes.NewlyRequestedCondition:
        """The last evaluation asked for it."""
        return nodes.NewlyRequestedCondition()

    @staticmethod
    def newly_updated() -> nodes.NewlyUpdatedCondition:
        """It was made since the last evaluation."""
        return nodes.NewlyUpdatedCondition()

    @staticmethod
    def will_be_requested() -> nodes.WillBeRequestedCondition:
        """This evaluation asks for it."""
        return nodes.WillBeRequestedCondition()

    @staticmethod
    def code_version_changed() -> nodes.CodeVersionChangedCondition:
        """The version of its code has changed since the last evaluation."""
        return nodes.CodeVersionChangedCondition()

    @staticmethod
    def data_version_changed() -> nodes.DataVersionChangedCondition:
        """The version of its data has changed since the last evaluation."""
        return nodes.DataVersionChangedCondition()

    @staticmethod
    def cron_tick_passed(cron_schedule: str, cron_timezone: str = "UTC") -> nodes.CronTickPassedCondition:
        """A time that the cron string names has passed since the last evaluation.

        Raises:
            CheckError: it is no cron string.
        """
        return nodes.CronTickPassedCondition(cron_schedule=cron_schedule, cron_timezone=cron_timezone)

    @staticmethod
    def freshness_passed() -> nodes.FreshnessResultCondition:
        """It is as fresh as its policy asks for."""
        return nodes.FreshnessResultCondition(state=FreshnessState.PASS, label="freshness_passed")

    @staticmethod
    def freshness_warned() -> nodes.FreshnessResultCondition:
        """Its policy warns that it is getting old."""
        return nodes.FreshnessResultCondition(state=FreshnessState.WARN, label="freshness_warned")

    @staticmethod
    def freshness_failed() -> nodes.FreshnessResultCondition:
        """It is older than its policy allows."""
        return nodes.FreshnessResultCondition(state=FreshnessState.FAIL, label="freshness_failed")

    # --- of the run that made it ----------------------------------------------------------------------------------------

    @staticmethod
    def executed_with_root_target() -> nodes.LatestRunExecutedWithRootTargetCondition:
        """The run that made it last also made the asset that the condition is about."""
        return nodes.LatestRunExecutedWithRootTargetCondition()

    @staticmethod
    def executed_with_tags(
        *, tag_keys: Set[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> nodes.LatestRunExecutedWithTagsCondition:
        """The run that made it last had these tags, whatever their values, and those with these values."""
        return nodes.LatestRunExecutedWithTagsCondition(tag_keys=tag_keys, tag_values=tag_values)

    @staticmethod
    def any_new_update_has_run_tags(
        *, tag_keys: Set[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> nodes.AnyNewUpdateHasRunTagsCondition:
        """Since the last evaluation some run with these tags made it."""
        return nodes.AnyNewUpdateHasRunTagsCondition(tag_keys=tag_keys, tag_values=tag_values)

    @staticmethod
    def all_new_updates_have_run_tags(
        *, tag_keys: Set[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> nodes.AllNewUpdatesHaveRunTagsCondition:
        """Since the last evaluation only runs with these tags made it, and there was one."""
        return nodes.AllNewUpdatesHaveRunTagsCondition(tag_keys=tag_keys, tag_values=tag_values)

    # --- of checks ------------------------------------------------------------------------------------------------------

    @staticmethod
    def check_passed() -> nodes.CheckResultCondition:
        """The check passed when it was last executed."""
        return nodes.CheckResultCondition(passed=True)

    @staticmethod
    def check_failed() -> nodes.CheckResultCondition:
        """The check failed when it was last executed."""
        return nodes.CheckResultCondition(passed=False)

    @staticmethod
    def any_checks_match(condition: AutomationCondition, blocking_only: bool = False) -> nodes.AnyChecksCondition:
        """The condition is true of one of its checks, or of one of its blocking checks."""
        return nodes.AnyChecksCondition(operand=condition, blocking_only=blocking_only)

    @staticmethod
    def all_checks_match(condition: AutomationCondition, blocking_only: bool = False) -> nodes.AllChecksCondition:
        """The condition is true of each of its checks, or of each of its blocking checks."""
        return nodes.AllChecksCondition(operand=condition, blocking_only=blocking_only)

    # --- of other assets ------------------------------------------------------------------------------------------------

    @staticmethod
    def any_deps_match(condition: AutomationCondition) -> nodes.AnyDepsCondition:
        """The condition is true of something that it depends on."""
        return nodes.AnyDepsCondition(operand=condition)

    @staticmethod
    def all_deps_match(condition: AutomationCondition) -> nodes.AllDepsCondition:
        """The condition is true of all that it depends on."""
        return nodes.AllDepsCondition(operand=condition)

    @staticmethod
    def any_deps_updated() -> nodes.AnyDepsCondition:
        """Something that it depends on was made since the last evaluation, not by its own run, or will be by this one."""
        made_elsewhere = nodes.AndAutomationCondition(
            operands=(nodes.NewlyUpdatedCondition(), ~nodes.LatestRunExecutedWithRootTargetCondition()),
            label="newly_updated_without_root",
        )
        return nodes.AnyDepsCondition(operand=made_elsewhere | nodes.WillBeRequestedCondition(), label="any_deps_updated")

    @staticmethod
    def any_deps_missing() -> nodes.AnyDepsCondition:
        """Something that it depends on was never made, and this evaluation does not ask for it."""
        return nodes.AnyDepsCondition(
            operand=nodes.MissingAutomationCondition() & ~nodes.WillBeRequestedCondition(), label="any_deps_missing"
        )

    @staticmethod
    def any_deps_in_progress() -> nodes.AnyDepsCondition:
        """Something that it depends on is being made."""
        return nodes.AnyDepsCondition(operand=AutomationCondition.in_progress(), label="any_deps_in_progress")

    @staticmethod
    def all_deps_updated_since_cron(cron_schedule: str, cron_timezone: str = "UTC") -> nodes.AllDepsCondition:
        """All that it depends on was made since the last time that the cron string names, or will be by this evaluation."""
        passed = AutomationCondition.cron_tick_passed(cron_schedule, cron_timezone)
        return nodes.AllDepsCondition(
            operand=nodes.NewlyUpdatedCondition().since(passed) | nodes.WillBeRequestedCondition(),
            label=f"all_deps_updated_since_cron({cron_schedule}, {cron_timezone})",
        )

    @staticmethod
    def all_deps_blocking_checks_passed() -> nodes.AllDepsCondition:
        """The blocking checks of all that it depends on passed, or will be executed by this evaluation."""
        passed = nodes.CheckResultCondition(passed=True) | nodes.WillBeRequestedCondition()
        checks = nodes.AllChecksCondition(operand=passed, blocking_only=True, label="all_blocking_checks_passed")
        return nodes.AllDepsCondition(operand=checks, label="all_deps_blocking_checks_passed")

    @staticmethod
    def any_downstream_conditions() -> nodes.AnyDownstreamConditionsCondition:
        """The condition of something that depends on it is true."""
        return nodes.AnyDownstreamConditionsCondition()

    @staticmethod
    def asset_matches(key: CoercibleToAssetKey, condition: AutomationCondition) -> nodes.EntityMatchesCondition:
        """The condition is true of another asset."""
        return nodes.EntityMatchesCondition(key=AssetKey.from_coercible(key), operand=condition)

    @staticmethod
    def any_job_root_assets_match(condition: AutomationCondition) -> nodes.AnyJobRootAssetsMatchCondition:
        """For a condition of a job: it is true of one of the job's first assets."""
        return nodes.AnyJobRootAssetsMatchCondition(operand=condition, label=f"any_job_root_assets_match({_shown(condition)})")

    @staticmethod
    def all_job_root_assets_match(condition: AutomationCondition) -> nodes.AllJobRootAssetsMatchCondition:
        """For a condition of a job: it is true of all of the job's first assets."""
        return nodes.AllJobRootAssetsMatchCondition(operand=condition, label=f"all_job_root_assets_match({_shown(condition)})")

    # --- whole rules ----------------------------------------------------------------------------------------------------

    @staticmethod
    def eager() -> nodes.AndAutomationCondition:
        """Make it when something that it depends on was made, or when it has become missing.

        Waits while something is missing or in progress; of time partitions only the latest one.
        """
        changed = AutomationCondition.newly_missing() | AutomationCondition.any_deps_updated()
        ready = (~AutomationCondition.any_deps_missing(), ~AutomationCondition.any_deps_in_progress())
        return nodes.AndAutomationCondition(
            operands=(
                nodes.InLatestTimeWindowCondition(),
                changed.since_last_handled(),
                *ready,
                ~AutomationCondition.in_progress(),
            ),
            label="eager",
        )

    @staticmethod
    def on_cron(cron_schedule: str, cron_timezone: str = "UTC") -> nodes.AndAutomationCondition:
        """Make it once for each time that the cron string names, as soon as all that it depends on was made since then.

        Raises:
            CheckError: it is no cron string.
        """
        return nodes.AndAutomationCondition(
            operands=(
                nodes.InLatestTimeWindowCondition(),
                AutomationCondition.cron_tick_passed(cron_schedule, cron_timezone).since_last_handled(),
                AutomationCondition.all_deps_updated_since_cron(cron_schedule, cron_timezone),
            ),
            label=f"on_cron({cron_schedule}, {cron_timezone})",
        )

    @staticmethod
    def on_missing() -> nodes.AndAutomationCondition:
        """Make it once after it has become missing, as soon as nothing that it depends on is missing."""
        missing = nodes.NewlyTrueCondition(operand=nodes.MissingAutomationCondition()).since_last_handled()
        return nodes.AndAutomationCondition(
            operands=(
                nodes.InLatestTimeWindowCondition(),
                missing.with_label("missing_since_last_handled"),
                ~AutomationCondition.any_deps_missing(),
            ),
            label="on_missing",
        )

    # --- of every condition ---------------------------------------------------------------------------------------------

    def __and__(self, other: AutomationCondition) -> nodes.AndAutomationCondition:
        return nodes.AndAutomationCondition(operands=_flat(nodes.AndAutomationCondition, self, other))

    def __or__(self, other: AutomationCondition) -> nodes.OrAutomationCondition:
        return nodes.OrAutomationCondition(operands=_flat(nodes.OrAutomationCondition, self, other))

    def __invert__(self) -> nodes.NotAutomationCondition:
        return nodes.NotAutomationCondition(operand=self)

    def since(self, reset_condition: AutomationCondition) -> nodes.SinceCondition:
        """It has been true since `reset_condition` was last true."""
        return nodes.SinceCondition(trigger_condition=self, reset_condition=reset_condition)

    def since_last_handled(self) -> nodes.SinceCondition:
        """It has been true since the asset was last made or asked for."""
        handled = nodes.OrAutomationCondition(
            operands=(nodes.NewlyRequestedCondition(), nodes.NewlyUpdatedCondition(), nodes.InitialEvaluationCondition()),
            label="handled",
        )
        return self.since(handled)

    def newly_true(self) -> nodes.NewlyTrueCondition:
        """It is true and was not at the last evaluation."""
        return nodes.NewlyTrueCondition(operand=self)

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """The same tree with `new` in each place where `old` is: a condition, or its name or label."""
        return new if old in (self, self.name, self.get_label()) else self

    def get_label(self) -> str | None:
        """The name that its author gave to it."""
        return None

    @property
    def name(self) -> str:
        """What it is, in a word."""
        return type(self).__name__

    @property
    def description(self) -> str:
        """The same for people; often empty."""
        return ""

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return []

    @property
    def operator_type(self) -> str:
        """How it joins its children: and, or, not, identity."""
        return "identity"

    @property
    def is_serializable(self) -> bool:
        """Whether the tree is data of ours alone, without a class of a user."""
        return False

    def evaluate(self, context: Any) -> Any:
        """Of what it is true, as an `AutomationResult`; a class of a user says it here.

        Args:
            context: an `AutomationContext`.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say of what it is true: it overrides `evaluate`.")


def _shown(condition: AutomationCondition) -> str:
    check_argument("condition", condition, AutomationCondition)
    return condition.get_label() or condition.name


def _flat(
    cls: type[nodes.AndAutomationCondition | nodes.OrAutomationCondition], *sides: AutomationCondition
) -> tuple[AutomationCondition, ...]:
    """The operands of both sides; one that has a label stays in one piece."""
    flat: list[AutomationCondition] = []
    for side in sides:
        flat.extend(side.operands if isinstance(side, cls) and side.label is None else [side])
    return tuple(flat)


# At the end, because these classes extend the one above, and its methods make them.
from dagster.specs import condition_nodes as nodes  # noqa: E402
