"""AutoMaterializePolicy and AutoMaterializeRule: deprecated, declared all the same."""

import seen

import dagster as dg

R = dg.AutoMaterializeRule
P = dg.AutoMaterializePolicy

RULES = {
    "cron": lambda: R.materialize_on_cron("0 * * * *"),
    "missing": lambda: R.materialize_on_missing(),
    "parent": lambda: R.materialize_on_parent_updated(),
    "freshness": lambda: R.materialize_on_required_for_freshness(),
    "backfill": lambda: R.skip_on_backfill_in_progress(),
    "parents updated": lambda: R.skip_on_not_all_parents_updated(),
    "since cron": lambda: R.skip_on_not_all_parents_updated_since_cron("0 * * * *", "Europe/Berlin"),
    "parent missing": lambda: R.skip_on_parent_missing(),
    "parent outdated": lambda: R.skip_on_parent_outdated(),
    "no such parent": lambda: R.skip_on_required_but_nonexistent_parents(),
    "run": lambda: R.skip_on_run_in_progress(),
}


def names(rules) -> list:
    return sorted(type(rule).__name__ for rule in rules)


def facts() -> dict:
    eager, lazy = P.eager(), P.lazy()
    return {
        "rules": {
            name: [type(make()).__name__, make().description, seen.plain(make().decision_type), make() == make()]
            for name, make in RULES.items()
        },
        "eager": [names(eager.rules), names(eager.materialize_rules), names(eager.skip_rules), seen.plain(eager.policy_type)],
        "lazy": [names(lazy.rules), seen.plain(lazy.policy_type), lazy.max_materializations_per_minute],
        "with": names(eager.with_rules(R.materialize_on_cron("0 * * * *")).rules),
        "without": names(eager.without_rules(R.materialize_on_missing()).rules),
        "without a stranger": seen.outcome(lambda: eager.without_rules(R.skip_on_run_in_progress())),
        "no rules": seen.outcome(lambda: P(rules=set())),
        "equal": [eager == P.eager(), eager == lazy],
        "of a condition": P.from_automation_condition(dg.AutomationCondition.eager()).to_automation_condition().get_label(),
        "as a condition": eager.to_automation_condition().name,
        "filter": dg.AutoMaterializeAssetPartitionsFilter({"a": "b"}).description,
    }
