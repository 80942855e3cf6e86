"""Runs of partitions with two dimensions: the key in every form, its parts, tags, values, loading by one dimension."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04")
REGIONS = dg.StaticPartitionsDefinition(["eu", "us"])
BOTH = dg.MultiPartitionsDefinition({"region": REGIONS, "day": DAYS})
KEY = dg.MultiPartitionKey({"region": "eu", "day": "2024-01-02"})


@dg.asset(partitions_def=BOTH)
def sales(context: dg.AssetExecutionContext):
    key = context.partition_key
    window = context.partition_time_window
    return {
        "str": str(key),
        "is a key": isinstance(key, dg.MultiPartitionKey),
        "parts": dict(key.keys_by_dimension),
        "window": [window.start.isoformat(), window.end.isoformat()],
        "keys": [str(each) for each in context.partition_keys],
    }


@dg.asset(partitions_def=DAYS)
def by_day(context: dg.AssetExecutionContext, sales):
    return sorted(map(str, sales)) if "str" not in sales else "one"


@dg.asset(partitions_def=REGIONS)
def by_region(sales):
    return sorted(map(str, sales)) if "str" not in sales else "one"


@dg.asset
def whole(sales):
    return sorted(map(str, sales))


@dg.asset(partitions_def=BOTH)
def next_step(sales):
    return sales["str"]


def value(result, name):
    return seen.plain(result.output_for_node(name))


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:

        def make(*assets, key, name=None):
            result = dg.materialize([sales, *assets], selection=list(assets) or [sales], partition_key=key, instance=instance)
            name = name or (assets[-1] if assets else sales).op.name
            return result, value(result, name)

        first, told["made"] = make(key=KEY)
        told["tags"] = seen.tags(instance.get_run_by_id(first.run_id).tags)
        told["tags of the event"] = seen.materializations(first)["sales"]["tags"]
        partition = first.get_asset_materialization_events()[0].partition
        told["partition of the event"] = [str(partition), isinstance(partition, dg.MultiPartitionKey)]
        for key in ("2024-01-02|us", "2024-01-01|eu", "2024-01-03|eu"):
            told[key] = make(key=key)[1]
        stored = instance.get_latest_materialization_event(sales.key).asset_materialization.partition
        told["partition of a stored event"] = [isinstance(stored, dg.MultiPartitionKey), str(stored)]
        told["turned round"] = seen.outcome(lambda: make(key="eu|2024-01-02")[1], ["eu|2024-01-02"])
        told["other dimensions"] = seen.outcome(lambda: make(key=dg.MultiPartitionKey({"zone": "eu", "day": "2024-01-02"}))[1])
        told["unknown region"] = seen.outcome(lambda: make(key="2024-01-02|asia")[1], ["asia"])
        told["below"] = [make(next_step, key="2024-01-02|us")[1], make(by_region, key="eu")[1], make(by_day, key="2024-01-02")[1]]
        told["too early"] = not dg.materialize([sales, whole], selection=[whole], instance=instance, raise_on_error=False).success
        for key in ("2024-01-01|us", "2024-01-03|us"):
            make(key=key)
        told["whole"] = value(dg.materialize([sales, whole], selection=[whole], instance=instance), "whole")
        told["known"] = sorted(map(str, instance.get_materialized_partitions(sales.key)))
        told["by tag"] = [
            len(instance.get_runs(dg.RunsFilter(tags={"dagster/partition": "2024-01-02|eu"}))),
            len(instance.get_runs(dg.RunsFilter(tags={"dagster/partition/day": "2024-01-02"}))),
            len(instance.get_runs(dg.RunsFilter(tags={"dagster/partition/region": "eu"}))),
        ]
        told["materialized at"] = [
            len(instance.fetch_materializations(dg.AssetRecordsFilter(sales.key, asset_partitions=keys), limit=10).records)
            for keys in (["2024-01-02|eu"], ["2024-01-02|us", "2024-01-03|eu"], ["eu|2024-01-02"])
        ]
    return told
