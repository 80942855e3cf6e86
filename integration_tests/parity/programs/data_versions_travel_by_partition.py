"""Data versions of partitioned assets: what each partition is made with and from, when versions stay and when they change."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
VERSIONS = {"2024-01-01": "one", "2024-01-02": "two", "2024-01-03": "three"}


@dg.asset(partitions_def=DAYS, code_version="1")
def raw(context: dg.AssetExecutionContext):
    version = VERSIONS.get(context.partition_key, "new")
    return dg.Output(1, data_version=dg.DataVersion(version))


@dg.asset(partitions_def=DAYS, code_version="2", deps=[raw])
def cleaned(): ...


@dg.asset(partitions_def=DAYS, code_version="2", deps=[dg.AssetDep(raw, partition_mapping=dg.TimeWindowPartitionMapping(-1, 0))])
def two_days(): ...


@dg.asset(code_version="3", deps=[cleaned])
def report(): ...


EVERYTHING = [raw, cleaned, two_days, report]
KEPT = ("dagster/code_version", "dagster/data_version", "dagster/data_version_is_user_provided")


def tags_of(event) -> dict:
    tags = event.step_materialization_data.materialization.tags
    told = {name: value for name, value in tags.items() if name in KEPT and not (name.endswith("code_version") and len(value) > 10)}
    told["inputs"] = sorted(name for name in tags if "input" in name)
    told["input versions"] = {name.rpartition("/")[2]: value for name, value in tags.items() if "input_data_version" in name}
    return told


def made(instance, *chosen, key=None) -> dict:
    result = dg.materialize(EVERYTHING, selection=list(chosen), instance=instance, partition_key=key, raise_on_error=False)
    return {event.asset_key.to_user_string(): tags_of(event) for event in result.get_asset_materialization_events()}


def version(told, name):
    return told[name]["dagster/data_version"]


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:
        told["first day"] = made(instance, raw, cleaned, key="2024-01-01")
        told["second day"] = made(instance, raw, cleaned, key="2024-01-02")
        again = made(instance, cleaned, key="2024-01-01")
        told["same again"] = version(again, "cleaned") == version(told["first day"], "cleaned")
        VERSIONS["2024-01-01"] = "changed"
        changed = made(instance, raw, cleaned, key="2024-01-01")
        told["changed"] = [version(changed, "raw"), version(changed, "cleaned") == version(again, "cleaned")]
        told["two days"] = [made(instance, two_days, key=f"2024-01-0{day}") for day in (1, 2, 3)]
        first, second = (made(instance, report) for _ in range(2))
        told["report"] = [sorted(first["report"]), first["report"]["inputs"], version(first, "report") == version(second, "report")]
        made(instance, raw, cleaned, key="2024-01-03")
        third = made(instance, report)
        told["one day more"] = version(third, "report") == version(second, "report")
        record = instance.get_latest_materialization_event(raw.key)
        told["latest"] = [record.asset_materialization.partition, record.asset_materialization.tags["dagster/data_version"]]
    return seen.plain(told)
