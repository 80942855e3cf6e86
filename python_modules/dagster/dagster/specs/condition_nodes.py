"""The kinds of automation conditions: frozen values, one class each, that `AutomationCondition` makes and combines."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.arguments import check_argument, check_members, check_optional
from dagster.errors import CheckError
from dagster.keys import AssetKey
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.crons import is_cron_schedule
from dagster.specs.freshness import FreshnessState
from dagster.specs.selections import AssetSelection
from dagster.specs.selections import Operand as SelectionOperand

if TYPE_CHECKING:
    from typing import TypeAlias


class _Node(msgspec.Struct, AutomationCondition, frozen=True, kw_only=True, tag=True, tag_field="type"):
    """A condition of ours: a frozen value, tagged on the wire with the name of its class."""

    label: str | None = None

    def __post_init__(self) -> None:
        for child in self.children:
            check_argument("operand", child, AutomationCondition)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.name, self.label, *self.children))

    def get_label(self) -> str | None:
        return self.label

    def with_label(self, label: str | None) -> Any:
        """The same condition under a name that people know it by."""
        check_optional("label", label, str)
        return replace(self, label=label)

    def evaluate(self, context: Any) -> Any:
        return context.for_child_condition(self).evaluate()

    @property
    def name(self) -> str:
        return _NAMES.get(type(self), type(self).__name__)

    @property
    def is_serializable(self) -> bool:
        return all(child.is_serializable for child in self.children)


class _Tree(_Node, frozen=True, kw_only=True):
    """A condition that is made of others."""

    @property
    def children(self) -> Sequence[AutomationCondition]:
        return [getattr(self, field) for field in self.__struct_fields__ if field in _CHILD_FIELDS]

    def _mapped(self, change: Callable[[Any], Any]) -> Any:
        """The same with each child replaced by what `change` makes of it."""
        fields = {field: change(getattr(self, field)) for field in self.__struct_fields__ if field in _CHILD_FIELDS}
        return replace(self, **fields)

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        if old in (self, self.name, self.label):
            return new
        return self._mapped(lambda child: child.replace(old, new))

    def allow(self, selection: AssetSelection) -> Any:
        """The same tree, whose conditions on dependencies and checks look only at these."""
        return self._mapped(lambda child: child.allow(selection) if isinstance(child, _Tree) else child)

    def ignore(self, selection: AssetSelection) -> Any:
        """The same tree, whose conditions on dependencies and checks leave these out."""
        return self._mapped(lambda child: child.ignore(selection) if isinstance(child, _Tree) else child)

    def resolve_through_virtual(self) -> Any:
        """The same tree, whose conditions on dependencies look through virtual assets at what those depend on."""
        return self._mapped(lambda child: child.resolve_through_virtual() if isinstance(child, _Tree) else child)


_CHILD_FIELDS = frozenset({"operand", "trigger_condition", "reset_condition"})


class _Junction(_Tree, frozen=True, kw_only=True):
    operands: tuple[Operand, ...]

    def __post_init__(self) -> None:
        force_setattr(self, "operands", tuple(self.operands))
        check_members("operands", self.operands, AutomationCondition)

    @property
    def children(self) -> Sequence[AutomationCondition]:
        return list(self.operands)

    def _mapped(self, change: Callable[[Any], Any]) -> Any:
        return replace(self, operands=tuple(change(operand) for operand in self.operands))


class AndAutomationCondition(_Junction, frozen=True, kw_only=True):
    @property
    def operator_type(self) -> str:
        return "and"

    @property
    def description(self) -> str:
        return "All of"

    def without(self, condition: AutomationCondition) -> AndAutomationCondition:
        """The same without one of its operands.

        Raises:
            CheckError: it is not among them, or only one would be left.
        """
        if condition not in self.operands:
            raise CheckError(f"{condition!r} is none of the conditions of {self.label or self.name}, so it cannot be left out.")
        left = tuple(operand for operand in self.operands if operand != condition)
        if len(left) < 2:
            raise CheckError(f"{self.label or self.name} joins at least two conditions. Use the one that is left by itself.")
        return replace(self, operands=left)


class OrAutomationCondition(_Junction, frozen=True, kw_only=True):
    @property
    def operator_type(self) -> str:
        return "or"

    @property
    def description(self) -> str:
        return "Any of"


class NotAutomationCondition(_Tree, frozen=True, kw_only=True):
    operand: Operand

    @property
    def operator_type(self) -> str:
        return "not"

    @property
    def description(self) -> str:
        return "Not"


class SinceCondition(_Tree, frozen=True, kw_only=True):
    """`trigger_condition` was true later than `reset_condition`."""

    trigger_condition: Operand
    reset_condition: Operand


class NewlyTrueCondition(_Tree, frozen=True, kw_only=True):
    operand: Operand


class _Neighbors(_Tree, frozen=True, kw_only=True):
    """A condition on other entities: `allow_selection` and `ignore_selection` say which of them count."""

    operand: Operand

    def allow(self, selection: AssetSelection) -> Any:
        return self._selecting("allow_selection", selection)

    def ignore(self, selection: AssetSelection) -> Any:
        return self._selecting("ignore_selection", selection)

    def resolve_through_virtual(self) -> Any:
        return replace(self, resolves_virtual_deps=True) if hasattr(self, "resolves_virtual_deps") else self

    def _selecting(self, field: str, selection: AssetSelection) -> Any:
        check_argument("selection", selection, AssetSelection)
        before: AssetSelection | None = getattr(self, field)
        return replace(self, **{field: selection if before is None else selection | before})

    @property
    def operator_type(self) -> str:
        return "or" if type(self).__name__.startswith("Any") else "and"

    @property
    def name(self) -> str:
        given = [f"{field}={value}" for field in _NAMED_FIELDS if (value := getattr(self, field, None))]
        return f"{_NAMES[type(self)]}({','.join(given)})" if given else _NAMES[type(self)]


_NAMED_FIELDS = ("blocking_only", "allow_selection", "ignore_selection")


class AnyDepsCondition(_Neighbors, frozen=True, kw_only=True):
    allow_selection: SelectionOperand | None = None
    ignore_selection: SelectionOperand | None = None
    resolves_virtual_deps: bool = False


class AllDepsCondition(_Neighbors, frozen=True, kw_only=True):
    allow_selection: SelectionOperand | None = None
    ignore_selection: SelectionOperand | None = None
    resolves_virtual_deps: bool = False


class AnyChecksCondition(_Neighbors, frozen=True, kw_only=True):
    blocking_only: bool = False
    allow_selection: SelectionOperand | None = None
    ignore_selection: SelectionOperand | None = None


class AllChecksCondition(_Neighbors, frozen=True, kw_only=True):
    blocking_only: bool = False
    allow_selection: SelectionOperand | None = None
    ignore_selection: SelectionOperand | None = None


class AnyJobRootAssetsMatchCondition(_Tree, frozen=True, kw_only=True):
    operand: Operand

    @property
    def operator_type(self) -> str:
        return "or"


class AllJobRootAssetsMatchCondition(_Tree, frozen=True, kw_only=True):
    operand: Operand

    @property
    def operator_type(self) -> str:
        return "and"


class EntityMatchesCondition(_Tree, frozen=True, kw_only=True):
    key: AssetKey
    operand: Operand

    @property
    def name(self) -> str:
        return self.key.to_user_string()


class MissingAutomationCondition(_Node, frozen=True, kw_only=True):
    pass


class RunInProgressAutomationCondition(_Node, frozen=True, kw_only=True):
    pass


class BackfillInProgressAutomationCondition(_Node, frozen=True, kw_only=True):
    pass


class ExecutionFailedAutomationCondition(_Node, frozen=True, kw_only=True):
    pass


class InitialEvaluationCondition(_Node, frozen=True, kw_only=True):
    pass


class NewlyRequestedCondition(_Node, frozen=True, kw_only=True):
    pass


class NewlyUpdatedCondition(_Node, frozen=True, kw_only=True):
    pass


class CodeVersionChangedCondition(_Node, frozen=True, kw_only=True):
    pass


class DataVersionChangedCondition(_Node, frozen=True, kw_only=True):
    pass


class LatestRunExecutedWithRootTargetCondition(_Node, frozen=True, kw_only=True):
    pass


class WillBeRequestedCondition(_Node, frozen=True, kw_only=True):
    @property
    def description(self) -> str:
        return "Will be requested this tick"


class AnyDownstreamConditionsCondition(_Node, frozen=True, kw_only=True):
    @property
    def description(self) -> str:
        return "Any downstream conditions"


class InLatestTimeWindowCondition(_Node, frozen=True, kw_only=True):
    lookback_timedelta: datetime.timedelta | None = None

    @property
    def name(self) -> str:
        lookback = self.lookback_timedelta
        return "in_latest_time_window" if lookback is None else f"in_latest_time_window(lookback_timedelta={lookback})"

    @property
    def description(self) -> str:
        if self.lookback_timedelta is None:
            return "Within latest time window"
        return f"Within {self.lookback_timedelta} of the end of the latest time window"


class CronTickPassedCondition(_Node, frozen=True, kw_only=True):
    cron_schedule: str
    cron_timezone: str = "UTC"

    def __post_init__(self) -> None:
        check_argument("cron_schedule", self.cron_schedule, str)
        check_argument("cron_timezone", self.cron_timezone, str)
        if not is_cron_schedule(self.cron_schedule):
            raise CheckError(f"Invalid cron schedule: {self.cron_schedule!r}. It has five fields, like '0 9 * * 1'.")

    @property
    def name(self) -> str:
        return f"cron_tick_passed(cron_schedule={self.cron_schedule}, cron_timezone={self.cron_timezone})"


class FreshnessResultCondition(_Node, frozen=True, kw_only=True):
    state: FreshnessState

    @property
    def name(self) -> str:
        return f"freshness_result(state={self.state})"


class CheckResultCondition(_Node, frozen=True, kw_only=True):
    passed: bool

    @property
    def name(self) -> str:
        return "check_passed" if self.passed else "check_failed"


class _RunTags(_Node, frozen=True, kw_only=True):
    tag_keys: Set[str] | None = None
    tag_values: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        check_optional("tag_keys", self.tag_keys, Set)
        check_optional("tag_values", self.tag_values, Mapping)

    @property
    def name(self) -> str:
        given: list[str] = []
        if self.tag_keys:
            given.append(f"tag_keys={{{','.join(sorted(self.tag_keys))}}}")
        if self.tag_values:
            given.append(f"tag_values={{{','.join(f'{key}:{value}' for key, value in sorted(self.tag_values.items()))}}}")
        return f"{_NAMES[type(self)]}({', '.join(given)})" if given else _NAMES[type(self)]


class LatestRunExecutedWithTagsCondition(_RunTags, frozen=True, kw_only=True):
    pass


class AnyNewUpdateHasRunTagsCondition(_RunTags, frozen=True, kw_only=True):
    pass


class AllNewUpdatesHaveRunTagsCondition(_RunTags, frozen=True, kw_only=True):
    pass


if TYPE_CHECKING:
    Operand: TypeAlias = AutomationCondition
else:
    # On the wire an operand is one of ours, told apart by the tag; the class of a user has no wire form.
    Operand = (
        AndAutomationCondition
        | OrAutomationCondition
        | NotAutomationCondition
        | SinceCondition
        | NewlyTrueCondition
        | AnyDepsCondition
        | AllDepsCondition
        | AnyChecksCondition
        | AllChecksCondition
        | AnyJobRootAssetsMatchCondition
        | AllJobRootAssetsMatchCondition
        | EntityMatchesCondition
        | MissingAutomationCondition
        | RunInProgressAutomationCondition
        | BackfillInProgressAutomationCondition
        | ExecutionFailedAutomationCondition
        | InitialEvaluationCondition
        | NewlyRequestedCondition
        | NewlyUpdatedCondition
        | CodeVersionChangedCondition
        | DataVersionChangedCondition
        | LatestRunExecutedWithRootTargetCondition
        | WillBeRequestedCondition
        | AnyDownstreamConditionsCondition
        | InLatestTimeWindowCondition
        | CronTickPassedCondition
        | FreshnessResultCondition
        | CheckResultCondition
        | LatestRunExecutedWithTagsCondition
        | AnyNewUpdateHasRunTagsCondition
        | AllNewUpdatesHaveRunTagsCondition
    )

_NAMES: Mapping[type[Any], str] = {
    AndAutomationCondition: "AND",
    OrAutomationCondition: "OR",
    NotAutomationCondition: "NOT",
    SinceCondition: "SINCE",
    NewlyTrueCondition: "NEWLY_TRUE",
    AnyDepsCondition: "ANY_DEPS_MATCH",
    AllDepsCondition: "ALL_DEPS_MATCH",
    AnyChecksCondition: "ANY_CHECKS_MATCH",
    AllChecksCondition: "ALL_CHECKS_MATCH",
    AnyJobRootAssetsMatchCondition: "ANY_JOB_ROOT_ASSETS_MATCH",
    AllJobRootAssetsMatchCondition: "ALL_JOB_ROOT_ASSETS_MATCH",
    MissingAutomationCondition: "missing",
    RunInProgressAutomationCondition: "run_in_progress",
    BackfillInProgressAutomationCondition: "backfill_in_progress",
    ExecutionFailedAutomationCondition: "execution_failed",
    InitialEvaluationCondition: "initial_evaluation",
    NewlyRequestedCondition: "newly_requested",
    NewlyUpdatedCondition: "newly_updated",
    CodeVersionChangedCondition: "code_version_changed",
    DataVersionChangedCondition: "data_version_changed",
    LatestRunExecutedWithRootTargetCondition: "executed_with_root_target",
    WillBeRequestedCondition: "will_be_requested",
    AnyDownstreamConditionsCondition: "ANY_DOWNSTREAM_CONDITIONS",
    LatestRunExecutedWithTagsCondition: "executed_with_tags",
    AnyNewUpdateHasRunTagsCondition: "any_new_update_has_run_tags",
    AllNewUpdatesHaveRunTagsCondition: "all_new_updates_have_run_tags",
}
