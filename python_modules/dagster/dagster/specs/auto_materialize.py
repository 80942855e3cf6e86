"""Rules of automation as early versions had them, kept so that projects which name them load. Use `AutomationCondition`."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.arguments import check_argument, check_optional
from dagster.errors import CheckError
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.condition_nodes import NotAutomationCondition, OrAutomationCondition


class AutoMaterializeDecisionType(Enum):
    """What a rule says of the partitions that it matches."""

    MATERIALIZE = "MATERIALIZE"
    SKIP = "SKIP"
    DISCARD = "DISCARD"


class AutoMaterializePolicyType(Enum):
    """Whether a policy makes an asset as soon as its inputs are there."""

    EAGER = "EAGER"
    LAZY = "LAZY"


class AutoMaterializeAssetPartitionsFilter(msgspec.Struct, frozen=True):
    """Which partitions of a parent count. Deprecated.

    Args:
        latest_run_required_tags: tags that the run which made the partition last must have.

    Example:
        >>> AutoMaterializeAssetPartitionsFilter({"team": "sales"}).description
        "latest run includes required tags: {'team': 'sales'}"
    """

    latest_run_required_tags: Mapping[str, str] | None = None

    @property
    def description(self) -> str:
        """For people."""
        return f"latest run includes required tags: {self.latest_run_required_tags}"

    def __hash__(self) -> int:
        return hash(tuple(sorted((self.latest_run_required_tags or {}).items())))


class AutoMaterializeRule:
    """When an asset is made, or is not. Deprecated: use `AutomationCondition`.

    Example:
        >>> AutoMaterializeRule.materialize_on_missing().description
        'materialization is missing'
    """

    __slots__ = ()

    @staticmethod
    def materialize_on_cron(cron_schedule: str, timezone: str = "UTC", all_partitions: bool = False) -> AutoMaterializeRule:
        """Make it for each time that the cron string names."""
        return MaterializeOnCronRule(cron_schedule=cron_schedule, timezone=timezone, all_partitions=all_partitions)

    @staticmethod
    def materialize_on_missing() -> AutoMaterializeRule:
        """Make it when it is missing."""
        return MaterializeOnMissingRule()

    @staticmethod
    def materialize_on_parent_updated(
        updated_parent_filter: AutoMaterializeAssetPartitionsFilter | None = None,
    ) -> AutoMaterializeRule:
        """Make it when something that it depends on was made."""
        return MaterializeOnParentUpdatedRule(updated_parent_filter=updated_parent_filter)

    @staticmethod
    def materialize_on_required_for_freshness() -> AutoMaterializeRule:
        """Make it when a freshness policy asks for it."""
        return MaterializeOnRequiredForFreshnessRule()

    @staticmethod
    def skip_on_backfill_in_progress(all_partitions: bool = False) -> AutoMaterializeRule:
        """Not while a backfill makes it."""
        return SkipOnBackfillInProgressRule(all_partitions=all_partitions)

    @staticmethod
    def skip_on_not_all_parents_updated(require_update_for_all_parent_partitions: bool = False) -> AutoMaterializeRule:
        """Not before all that it depends on was made since it was made last."""
        return SkipOnNotAllParentsUpdatedRule(require_update_for_all_parent_partitions=require_update_for_all_parent_partitions)

    @staticmethod
    def skip_on_not_all_parents_updated_since_cron(cron_schedule: str, timezone: str = "UTC") -> AutoMaterializeRule:
        """Not before all that it depends on was made since the last time that the cron string names."""
        return SkipOnNotAllParentsUpdatedSinceCronRule(cron_schedule=cron_schedule, timezone=timezone)

    @staticmethod
    def skip_on_parent_missing() -> AutoMaterializeRule:
        """Not while something that it depends on is missing."""
        return SkipOnParentMissingRule()

    @staticmethod
    def skip_on_parent_outdated() -> AutoMaterializeRule:
        """Not while something that it depends on is older than its own inputs."""
        return SkipOnParentOutdatedRule()

    @staticmethod
    def skip_on_required_but_nonexistent_parents() -> AutoMaterializeRule:
        """Not while a partition that it depends on does not exist."""
        return SkipOnRequiredButNonexistentParentsRule()

    @staticmethod
    def skip_on_run_in_progress() -> AutoMaterializeRule:
        """Not while a run makes it."""
        return SkipOnRunInProgressRule()

    @property
    def decision_type(self) -> AutoMaterializeDecisionType:
        """Whether the rule makes the asset or keeps it from being made."""
        kept = type(self).__name__.startswith("Skip")
        return AutoMaterializeDecisionType.SKIP if kept else AutoMaterializeDecisionType.MATERIALIZE

    @property
    def description(self) -> str:
        """When it matches, for people."""
        raise NotImplementedError(f"{type(self).__name__} has no description.")

    def to_asset_condition(self) -> AutomationCondition:
        """The rule as an automation condition."""
        return RuleCondition(rule=self)


class _Rule(msgspec.Struct, AutoMaterializeRule, frozen=True, kw_only=True, tag=True, tag_field="type"):
    @property
    def description(self) -> str:
        return _DESCRIPTIONS[type(self)].format(rule=self)


class MaterializeOnCronRule(_Rule, frozen=True, kw_only=True):
    cron_schedule: str
    timezone: str = "UTC"
    all_partitions: bool = False


class MaterializeOnMissingRule(_Rule, frozen=True, kw_only=True):
    pass


class MaterializeOnParentUpdatedRule(_Rule, frozen=True, kw_only=True):
    updated_parent_filter: AutoMaterializeAssetPartitionsFilter | None = None


class MaterializeOnRequiredForFreshnessRule(_Rule, frozen=True, kw_only=True):
    pass


class SkipOnBackfillInProgressRule(_Rule, frozen=True, kw_only=True):
    all_partitions: bool = False


class SkipOnNotAllParentsUpdatedRule(_Rule, frozen=True, kw_only=True):
    require_update_for_all_parent_partitions: bool = False


class SkipOnNotAllParentsUpdatedSinceCronRule(_Rule, frozen=True, kw_only=True):
    cron_schedule: str
    timezone: str = "UTC"


class SkipOnParentMissingRule(_Rule, frozen=True, kw_only=True):
    pass


class SkipOnParentOutdatedRule(_Rule, frozen=True, kw_only=True):
    pass


class SkipOnRequiredButNonexistentParentsRule(_Rule, frozen=True, kw_only=True):
    pass


class SkipOnRunInProgressRule(_Rule, frozen=True, kw_only=True):
    pass


_CRON = "last cron schedule tick of '{rule.cron_schedule}' (timezone: {rule.timezone})"
_DESCRIPTIONS: Mapping[type[Any], str] = {
    MaterializeOnCronRule: f"not materialized since {_CRON}",
    MaterializeOnMissingRule: "materialization is missing",
    MaterializeOnParentUpdatedRule: "upstream data has changed since latest materialization",
    MaterializeOnRequiredForFreshnessRule: "required to meet this or downstream asset's freshness policy",
    SkipOnBackfillInProgressRule: "targeted by an in-progress backfill",
    SkipOnNotAllParentsUpdatedRule: "waiting on upstream data to be updated",
    SkipOnNotAllParentsUpdatedSinceCronRule: f"waiting until all upstream assets have updated since the {_CRON}",
    SkipOnParentMissingRule: "waiting on upstream data to be present",
    SkipOnParentOutdatedRule: "waiting on upstream data to be up to date",
    SkipOnRequiredButNonexistentParentsRule: "required parent partitions do not exist",
    SkipOnRunInProgressRule: "in-progress run for asset",
}


class RuleCondition(msgspec.Struct, AutomationCondition, frozen=True, kw_only=True):
    """An automation condition that one of the old rules stands for."""

    rule: AutoMaterializeRule
    label: str | None = None

    @property
    def name(self) -> str:
        return type(self.rule).__name__

    @property
    def description(self) -> str:
        return self.rule.description

    def get_label(self) -> str | None:
        return self.label


class AutoMaterializePolicy(msgspec.Struct, frozen=True):
    """A set of rules that says when an asset is made. Deprecated: use `AutomationCondition`.

    Args:
        rules: what makes it and what keeps it from being made.
        max_materializations_per_minute: at most this many partitions.
        asset_condition: a condition instead of rules.

    Raises:
        CheckError: neither rules nor a condition, or both.

    Example:
        >>> policy = AutoMaterializePolicy.eager().without_rules(AutoMaterializeRule.materialize_on_missing())
        >>> len(policy.materialize_rules)
        2
    """

    rules: frozenset[AutoMaterializeRule] = frozenset()
    max_materializations_per_minute: int | None = 1
    asset_condition: AutomationCondition | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            rules: Set[AutoMaterializeRule],
            max_materializations_per_minute: int | None = 1,
            asset_condition: AutomationCondition | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        check_argument("rules", self.rules, Set)
        check_optional("asset_condition", self.asset_condition, AutomationCondition)
        if bool(self.rules) == (self.asset_condition is not None):
            raise CheckError("An AutoMaterializePolicy takes rules or an asset_condition: exactly one of them.")
        force_setattr(self, "rules", frozenset(self.rules))

    @staticmethod
    def eager(max_materializations_per_minute: int | None = 1) -> AutoMaterializePolicy:
        """Make the asset as soon as what it depends on was made."""
        rule = AutoMaterializeRule
        makes = {rule.materialize_on_missing(), rule.materialize_on_parent_updated()}
        lazy = AutoMaterializePolicy.lazy(max_materializations_per_minute)
        return AutoMaterializePolicy(lazy.rules | makes, max_materializations_per_minute)

    @staticmethod
    def lazy(max_materializations_per_minute: int | None = 1) -> AutoMaterializePolicy:
        """Make the asset only when a freshness policy asks for it."""
        rule = AutoMaterializeRule
        rules = {
            rule.materialize_on_required_for_freshness(),
            rule.skip_on_parent_outdated(),
            rule.skip_on_parent_missing(),
            rule.skip_on_required_but_nonexistent_parents(),
            rule.skip_on_backfill_in_progress(),
        }
        return AutoMaterializePolicy(rules, max_materializations_per_minute)

    @staticmethod
    def from_automation_condition(automation_condition: AutomationCondition) -> AutoMaterializePolicy:
        """The condition as a policy."""
        return AutoMaterializePolicy(frozenset(), None, automation_condition)

    @property
    def materialize_rules(self) -> Set[AutoMaterializeRule]:
        """Those that make the asset."""
        return {rule for rule in self.rules if rule.decision_type is AutoMaterializeDecisionType.MATERIALIZE}

    @property
    def skip_rules(self) -> Set[AutoMaterializeRule]:
        """Those that keep it from being made."""
        return {rule for rule in self.rules if rule.decision_type is AutoMaterializeDecisionType.SKIP}

    @property
    def policy_type(self) -> AutoMaterializePolicyType:
        """Whether it makes the asset when something that it depends on was made."""
        eager = AutoMaterializeRule.materialize_on_parent_updated() in self.rules
        return AutoMaterializePolicyType.EAGER if eager else AutoMaterializePolicyType.LAZY

    def with_rules(self, *rules_to_add: AutoMaterializeRule) -> AutoMaterializePolicy:
        """The policy with these rules too."""
        return replace(self, rules=self.rules | set(rules_to_add))

    def without_rules(self, *rules_to_remove: AutoMaterializeRule) -> AutoMaterializePolicy:
        """The policy without these rules.

        Raises:
            CheckError: it does not have one of them.
        """
        missing = [rule for rule in rules_to_remove if rule not in self.rules]
        if missing:
            raise CheckError(f"Rules {missing} do not exist in this policy.")
        return replace(self, rules=self.rules - set(rules_to_remove))

    def to_automation_condition(self) -> AutomationCondition:
        """The policy as an automation condition: one of the rules that make it, and none of those that keep it from it."""
        if self.asset_condition is not None:
            return self.asset_condition
        makes = OrAutomationCondition(operands=_conditions(self.materialize_rules))
        keeps = OrAutomationCondition(operands=_conditions(self.skip_rules))
        return makes & NotAutomationCondition(operand=keeps)


def _conditions(rules: Set[AutoMaterializeRule]) -> tuple[AutomationCondition, ...]:
    return tuple(rule.to_asset_condition() for rule in sorted(rules, key=lambda rule: type(rule).__name__))
