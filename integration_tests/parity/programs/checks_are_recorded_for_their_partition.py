"""Evaluations of checks of partitioned assets: which partition they name, for a key, a range, checks inside of assets, planned ones."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
RANGE = {"dagster/asset_partition_range_start": "2024-01-02", "dagster/asset_partition_range_end": "2024-01-03"}


def asset_of(definition, **options):
    return dg.asset(name="table", partitions_def=definition, backfill_policy=dg.BackfillPolicy.single_run() if definition else None, **options)


def inside(definition, specs):
    @asset_of(definition, check_specs=specs)
    def table():
        yield dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True, check_name=spec.name) for spec in specs])

    return [table]


def outside(definition, of_check):
    @asset_of(definition)
    def table(): ...

    @dg.asset_check(asset=table, partitions_def=of_check)
    def check():
        return dg.AssetCheckResult(passed=True)

    return [table, check]


def several(definition, of_spec):
    @asset_of(definition)
    def table(): ...

    @dg.multi_asset_check(specs=[dg.AssetCheckSpec(name, asset="table", partitions_def=of_spec) for name in ("one", "two")])
    def checks():
        for name in ("one", "two"):
            yield dg.AssetCheckResult(passed=True, check_name=name)

    return [table, checks]


def ran(assets, key=None, tags=None) -> object:
    def run():
        with dg.DagsterInstance.ephemeral() as instance:
            result = dg.materialize(assets(), instance=instance, partition_key=key, tags=tags, raise_on_error=False)
            logged = [entry.dagster_event for entry in instance.all_logs(result.run_id) if entry.dagster_event]
            planned = [event for event in logged if event.event_type_value == "ASSET_CHECK_EVALUATION_PLANNED"]
            first = next(iter(result.get_asset_check_evaluations()), None)
            record = instance.get_latest_asset_check_evaluation_record(first.asset_check_key) if first else None
            return [
                result.success,
                sorted([each.check_name, each.partition] for each in result.get_asset_check_evaluations()),
                sorted([event.event_specific_data.check_name, event.partition] for event in planned) if tags is None else None,
                [record.partition, record.status.value] if record and tags is None else None,
            ]

    return seen.outcome(run)


def facts() -> dict:
    day, spec = "2024-01-02", dg.AssetCheckSpec
    return {
        "outside": ran(lambda: outside(DAYS, DAYS), day),
        "outside, without partitions": ran(lambda: outside(DAYS, None), day),
        "outside, of a range": ran(lambda: outside(DAYS, DAYS), tags=RANGE),
        "outside, whole": ran(lambda: outside(None, None)),
        "inside": ran(lambda: inside(DAYS, [spec("x", asset="table")]), day),
        "inside, with partitions": ran(lambda: inside(DAYS, [spec("x", asset="table", partitions_def=DAYS)]), day),
        "inside, of a range": ran(lambda: inside(DAYS, [spec("x", asset="table", partitions_def=DAYS)]), tags=RANGE),
        "several": ran(lambda: several(DAYS, DAYS), day),
        "several, without partitions": ran(lambda: several(DAYS, None), day),
        "letters": ran(lambda: outside(LETTERS, LETTERS), "a"),
        "both": ran(lambda: outside(BOTH, BOTH), "2024-01-02|a"),
        "other partitions": ran(lambda: outside(DAYS, LETTERS), day),
        "partitions of an asset without": ran(lambda: outside(None, DAYS), day),
        "spec": [str(spec("x", asset="a", partitions_def=DAYS).partitions_def), spec("x", asset="a").partitions_def],
    }
