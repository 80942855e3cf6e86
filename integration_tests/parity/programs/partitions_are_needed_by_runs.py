"""Runs of partitioned assets and jobs without a key, with a wrong one, of assets whose partitions differ; what is asked for and refused."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])


@dg.asset(partitions_def=DAYS)
def day(context: dg.AssetExecutionContext):
    return context.partition_key


@dg.asset(partitions_def=LETTERS)
def letter(context: dg.AssetExecutionContext):
    return context.partition_key


@dg.asset
def whole():
    return 1


@dg.asset(partitions_def=DAYS)
def quiet():
    return 1


@dg.op
def work(context: dg.OpExecutionContext):
    return context.partition_key if context.has_partition_key else "none"


@dg.job(partitions_def=DAYS)
def days_job():
    work()


@dg.job
def plain_job():
    work()


@dg.job(config=dg.PartitionedConfig(LETTERS, run_config_for_partition_key_fn=lambda key: {}))
def letters_job():
    work()


def outcome(run):
    return {name: value for name, value in seen.outcome(run).items() if name != "cause"}


def materialized(*assets, **options):
    def run():
        with dg.DagsterInstance.ephemeral() as instance:
            result = dg.materialize(list(assets), instance=instance, raise_on_error=False, **options)
            tags = instance.get_run_by_id(result.run_id).tags
            events = [[event.asset_key.to_user_string(), event.partition] for event in result.get_asset_materialization_events()]
            return [result.success, sorted(events, key=str), seen.tags({k: v for k, v in tags.items() if "partition" in k})]

    return outcome(run)


def executed(job, **options):
    def run():
        with dg.DagsterInstance.ephemeral() as instance:
            result = job.execute_in_process(instance=instance, raise_on_error=False, **options)
            tags = instance.get_run_by_id(result.run_id).tags
            return [result.success, result.output_for_node("work"), seen.tags({k: v for k, v in tags.items() if "partition" in k})]

    return outcome(run)


def of_assets(selection, key, **options):
    defs = dg.Definitions([day, letter, whole, quiet], jobs=[dg.define_asset_job("made", selection=selection, **options)])

    def run():
        job = defs.resolve_job_def("made")
        result = job.execute_in_process(partition_key=key, raise_on_error=False)
        return [result.success, str(job.partitions_def), sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events())]

    return outcome(run)


def facts() -> dict:
    return {
        "no key": materialized(day),
        "no key, not asked for": materialized(quiet),
        "a day": materialized(day, partition_key="2024-01-02"),
        "no such day": materialized(day, partition_key="2024-02-02"),
        "no day": materialized(day, partition_key="a"),
        "key of no partitions": materialized(whole, partition_key="a"),
        "beside one without": materialized(day, whole, partition_key="2024-01-02"),
        "two kinds": materialized(day, letter, partition_key="2024-01-02"),
        "two kinds, one selected": materialized(day, letter, partition_key="b", selection=[letter]),
        "tag": materialized(day, tags={"dagster/partition": "2024-01-03"}),
        "tag of no day": materialized(day, tags={"dagster/partition": "x"}),
        "tag beside": materialized(day, partition_key="2024-01-02", tags={"team": "x"}),
        "key as a number": materialized(day, partition_key=5),
        "jobs": {
            "days": executed(days_job, partition_key="2024-01-02"),
            "days, without": executed(days_job),
            "days, unknown": executed(days_job, partition_key="x"),
            "plain": executed(plain_job, partition_key="x"),
            "letters": executed(letters_job, partition_key="a"),
            "letters, without": executed(letters_job),
            "letters, unknown": executed(letters_job, partition_key="z"),
        },
        "jobs of assets": {
            "inferred": of_assets([day, quiet], "2024-01-02"),
            "with one without": of_assets([day, whole], "2024-01-02"),
            "two kinds": of_assets([day, letter], "2024-01-02"),
            "given": of_assets([day], "2024-01-02", partitions_def=DAYS),
            "given, others": of_assets([day], "a", partitions_def=LETTERS),
            "of none": of_assets([whole], None, partitions_def=LETTERS),
        },
    }
