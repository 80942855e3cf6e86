"""Conditions of automation over partitions and mappings: days that were made above, in windows, of dimensions, dynamic ones."""

import dagster as dg

AC = dg.AutomationCondition
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-06")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-31", end_date="2024-01-07")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
FILES = dg.DynamicPartitionsDefinition(name="files")


def told(project, instance, cursor, names) -> tuple:
    result = dg.evaluate_automation_conditions(defs=project, instance=instance, cursor=cursor)
    return result.cursor, {name: sorted(map(str, result.get_requested_partitions(dg.AssetKey(name)))) for name in names}


def ticked(above, below, keys, mapping=None, condition=None, before=lambda instance: None) -> list:
    @dg.asset(partitions_def=above)
    def raw(): ...

    dep = dg.AssetDep("raw", partition_mapping=mapping)

    @dg.asset(partitions_def=below, deps=[dep], automation_condition=condition or AC.eager())
    def made(): ...

    project, facts, cursor = dg.Definitions([raw, made]), [], None
    with dg.DagsterInstance.ephemeral() as instance:
        before(instance)
        for key in [None, *keys, None]:
            if key is not None:
                dg.materialize([raw], instance=instance, partition_key=key if key != "whole" else None)
            cursor, requested = told(project, instance, cursor, ["made"])
            facts.append(requested["made"])
    return facts


def facts() -> dict:
    window = dg.TimeWindowPartitionMapping
    return {
        "days": ticked(DAYS, DAYS, ["2024-01-05", "2024-01-02"]),
        "missing": ticked(DAYS, DAYS, ["2024-01-05", "2024-01-02"], condition=AC.any_deps_updated() & AC.missing()),
        "day before": ticked(DAYS, DAYS, ["2024-01-04", "2024-01-02"], window(-1, -1), AC.any_deps_updated()),
        "two days": ticked(DAYS, DAYS, ["2024-01-04", "2024-01-02"], window(-1, 0), AC.any_deps_updated()),
        "week of days": ticked(DAYS, WEEKS, ["2024-01-02"], condition=AC.any_deps_updated()),
        "days of a week": ticked(WEEKS, DAYS, ["2023-12-31"], condition=AC.any_deps_updated()),
        "whole of letters": ticked(LETTERS, None, ["a", "b"], condition=AC.any_deps_updated()),
        "letters of the whole": ticked(None, LETTERS, ["whole"], condition=AC.any_deps_updated()),
        "last": ticked(DAYS, LETTERS, ["2024-01-04", "2024-01-05"], dg.LastPartitionMapping(), AC.any_deps_updated()),
        "specific": ticked(LETTERS, LETTERS, ["a", "b"], dg.SpecificPartitionsPartitionMapping(["b"]), AC.any_deps_updated()),
        "static": ticked(LETTERS, LETTERS, ["a", "b"], dg.StaticPartitionMapping({"a": "b"}), AC.any_deps_updated()),
        "dimension": ticked(DAYS, BOTH, ["2024-01-04"], condition=AC.any_deps_updated()),
        "of dimensions": ticked(BOTH, DAYS, ["2024-01-04|a"], condition=AC.any_deps_updated()),
        "all missing above": ticked(DAYS, WEEKS, ["2024-01-02"], condition=~AC.any_deps_missing()),
        "latest window": ticked(DAYS, DAYS, ["2024-01-05", "2024-01-02"], condition=AC.any_deps_updated() & AC.in_latest_time_window()),
        "files": ticked(
            FILES, FILES, ["x"], condition=AC.any_deps_updated(), before=lambda instance: instance.add_dynamic_partitions("files", ["x", "y"])
        ),
        "files missing": ticked(FILES, FILES, ["x"], condition=AC.missing(), before=lambda instance: instance.add_dynamic_partitions("files", ["x", "y"])),

    }
