"""Automation conditions: labels, names and children of every constructor, operators, replacement, equality, refusals."""

import datetime

import seen

import dagster as dg

A = dg.AutomationCondition

MADE = {
    "missing": lambda: A.missing(),
    "in progress": lambda: A.in_progress(),
    "run in progress": lambda: A.run_in_progress(),
    "backfill in progress": lambda: A.backfill_in_progress(),
    "execution failed": lambda: A.execution_failed(),
    "latest window": lambda: A.in_latest_time_window(),
    "window with lookback": lambda: A.in_latest_time_window(datetime.timedelta(days=1, hours=3)),
    "initial": lambda: A.initial_evaluation(),
    "newly missing": lambda: A.newly_missing(),
    "newly requested": lambda: A.newly_requested(),
    "newly updated": lambda: A.newly_updated(),
    "will be requested": lambda: A.will_be_requested(),
    "code version": lambda: A.code_version_changed(),
    "data version": lambda: A.data_version_changed(),
    "cron tick": lambda: A.cron_tick_passed("0 * * * *", "Europe/Berlin"),
    "fresh": lambda: A.freshness_passed(),
    "getting old": lambda: A.freshness_warned(),
    "old": lambda: A.freshness_failed(),
    "root target": lambda: A.executed_with_root_target(),
    "with tags": lambda: A.executed_with_tags(tag_keys={"a"}, tag_values={"b": "c"}),
    "any update with tags": lambda: A.any_new_update_has_run_tags(tag_keys={"a"}),
    "all updates with tags": lambda: A.all_new_updates_have_run_tags(tag_values={"a": "b"}),
    "any update": lambda: A.any_new_update_has_run_tags(),
    "check passed": lambda: A.check_passed(),
    "check failed": lambda: A.check_failed(),
    "any deps": lambda: A.any_deps_match(A.missing()),
    "all deps": lambda: A.all_deps_match(A.missing()),
    "any deps updated": lambda: A.any_deps_updated(),
    "any deps missing": lambda: A.any_deps_missing(),
    "any deps in progress": lambda: A.any_deps_in_progress(),
    "deps since cron": lambda: A.all_deps_updated_since_cron("@daily"),
    "downstream": lambda: A.any_downstream_conditions(),
    "other asset": lambda: A.asset_matches(["x", "y"], A.missing()),
    "any root": lambda: A.any_job_root_assets_match(A.missing()),
    "all roots": lambda: A.all_job_root_assets_match(A.missing()),
    "eager": lambda: A.eager(),
    "on cron": lambda: A.on_cron("0 0 * * *"),
    "on missing": lambda: A.on_missing(),
    "and": lambda: A.missing() & A.in_progress() & A.execution_failed(),
    "or": lambda: A.missing() | (A.in_progress() | A.execution_failed()),
    "not": lambda: ~A.missing(),
    "labelled and": lambda: (A.missing() & A.in_progress()).with_label("both") & A.newly_updated(),
    "eager and": lambda: A.eager() & A.missing(),
    "since": lambda: A.missing().since(A.newly_updated()),
    "since handled": lambda: A.missing().since_last_handled(),
    "newly true": lambda: A.missing().newly_true(),
    "allowed": lambda: A.any_deps_match(A.missing()).allow(dg.AssetSelection.groups("x")),
    "ignored": lambda: A.eager().ignore(dg.AssetSelection.keys("x")),
    "allowed twice": lambda: A.any_deps_match(A.missing())
    .allow(dg.AssetSelection.groups("x"))
    .allow(dg.AssetSelection.groups("y")),
    "replaced by name": lambda: A.eager().replace("newly_updated", A.missing()),
    "replaced by label": lambda: A.eager().replace("handled", A.missing()),
    "replaced itself": lambda: A.eager().replace("eager", A.missing()),
    "replaced nothing": lambda: A.on_missing().replace("nobody", A.missing()),
    "without": lambda: A.eager().without(A.in_latest_time_window()),
}


class Mine(dg.AutomationCondition):
    def evaluate(self, context):
        return None


REFUSED = {
    "and a string": lambda: A.missing() & "x",
    "since a string": lambda: A.missing().since("x"),
    "deps of a string": lambda: A.any_deps_match("x"),
    "no cron": lambda: A.on_cron("never"),
    "four fields": lambda: A.cron_tick_passed("* * * *"),
    "six fields": lambda: A.cron_tick_passed("* * * * * *"),
    "tags in a list": lambda: A.executed_with_tags(tag_keys=["a"]),
    "label of a number": lambda: A.missing().with_label(3),
    "allow a string": lambda: A.any_deps_match(A.missing()).allow("group:x"),
    "allow on a leaf": lambda: A.missing().allow(dg.AssetSelection.groups("x")),
    "without a stranger": lambda: A.eager().without(A.execution_failed()),
    "only one left": lambda: (A.missing() & A.newly_updated()).without(A.missing()),
    "spec of a string": lambda: dg.AssetSpec("a", automation_condition="eager"),
}


def tree(condition) -> dict:
    facts = {
        "class": type(condition).__name__,
        "label": condition.get_label(),
        "name": condition.name,
        "operator": condition.operator_type,
        "description": condition.description,
        "data alone": condition.is_serializable,
    }
    # Conditions on checks hide what they ask of them.
    if "Checks" not in facts["class"] and condition.children:
        facts["children"] = [tree(child) for child in condition.children]
    return facts


def facts() -> dict:
    made = {name: make() for name, make in MADE.items()}
    return {
        "trees": {name: tree(condition) for name, condition in made.items()},
        "equal to a second one": {name: make() == made[name] for name, make in MADE.items()},
        "hashes as a second one": {name: hash(make()) == hash(made[name]) for name, make in MADE.items()},
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "own class": [Mine().name, Mine().get_label(), Mine().is_serializable, (Mine() & A.missing()).is_serializable],
        "in specs": [
            dg.AssetSpec("a", automation_condition=A.eager()).automation_condition.get_label(),
            dg.AssetCheckSpec("c", asset="a", automation_condition=A.on_missing()).automation_condition.get_label(),
            dg.define_asset_job("j", automation_condition=A.eager()).automation_condition.get_label(),
        ],
        "job keys": [
            dg.AssetJobKey("x").to_user_string(),
            dg.AssetJobKey("x") == dg.AssetJobKey.from_user_string("x"),
            dg.AssetJobKey.from_db_string(dg.AssetJobKey("x").to_db_string()) == dg.AssetJobKey("x"),
        ],
    }
