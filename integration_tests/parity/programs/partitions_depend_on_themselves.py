"""Assets that read their own earlier partitions: the first one, the next, what is missing, several steps back."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-06")
LATER = dg.DailyPartitionsDefinition("2024-01-03", end_date="2024-01-06")


def total_of(back_from, back_to, definition=DAYS, **options):
    @dg.asset(
        partitions_def=definition,
        ins={"total": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(back_from, back_to, **options), metadata={"allow_missing_partitions": True})},
    )
    def total(context: dg.AssetExecutionContext, total):
        return [context.partition_key[-2:], len(total) if isinstance(total, dict) else total]

    return total


def run(asset, keys, **options) -> list:
    told = []
    with dg.DagsterInstance.ephemeral() as instance:
        for key in keys:
            result = dg.materialize([asset], instance=instance, partition_key=key, raise_on_error=False, **options)
            told.append(seen.plain(result.output_for_node(asset.op.name)) if result.success else "failed")
    return told


def strict() -> list:
    @dg.asset(partitions_def=DAYS, ins={"strict": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(-1, -1))})
    def strict(strict):
        return 1 if strict is None else strict + 1

    return run(strict, ["2024-01-01", "2024-01-02", "2024-01-04"])


def deps_only() -> list:
    told = []

    @dg.asset(partitions_def=DAYS, deps=[dg.AssetDep("chain", partition_mapping=dg.TimeWindowPartitionMapping(-1, -1))])
    def chain(context: dg.AssetExecutionContext):
        return context.partition_key

    told.append(run(chain, ["2024-01-01", "2024-01-02", "2024-01-05"]))
    told.append(sorted(key.to_user_string() for key in chain.dependency_keys))
    return told


def refused() -> dict:
    def without_mapping():
        @dg.asset(partitions_def=DAYS, deps=["own"])
        def own(): ...

        return dg.Definitions([own]).resolve_asset_graph() and dg.materialize([own], partition_key="2024-01-02").success

    def not_time():
        @dg.asset(partitions_def=dg.StaticPartitionsDefinition(["a", "b"]), deps=[dg.AssetDep("own", partition_mapping=dg.StaticPartitionMapping({"a": "b"}))])
        def own(): ...

        return dg.materialize([own], partition_key="b").success

    def unpartitioned():
        @dg.asset(deps=["own"])
        def own(): ...

        return dg.materialize([own]).success

    def forwards():
        @dg.asset(partitions_def=DAYS, deps=[dg.AssetDep("own", partition_mapping=dg.TimeWindowPartitionMapping(1, 1))])
        def own(): ...

        return dg.materialize([own], partition_key="2024-01-02").success

    return {call.__name__: seen.outcome(call) for call in (without_mapping, not_time, unpartitioned, forwards)}


def facts() -> dict:
    days = ["2024-01-01", "2024-01-02", "2024-01-03"]
    return {
        "day before": run(total_of(-1, -1), days),
        "three days": run(total_of(-3, -1), [*days, "2024-01-04", "2024-01-05"]),
        "lenient": run(total_of(-1, -1, allow_nonexistent_upstream_partitions=True), days),
        "lenient, two days": run(total_of(-2, -1, allow_nonexistent_upstream_partitions=True), days),
        "strict": strict(),
        "deps only": deps_only(),
        "refused": refused(),
    }
