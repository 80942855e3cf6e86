"""A range has two ends and stands without a partition key; one result of a check stands for a whole range."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-08")
START, END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


@dg.asset(partitions_def=DAYS, backfill_policy=dg.BackfillPolicy.single_run())
def orders(context) -> None:
    context.add_output_metadata({"days": len(context.partition_keys)})


@dg.asset(partitions_def=DAYS)
def one_by_one(context) -> None:
    context.log.info(context.asset_partition_key_for_output())


@dg.asset_check(asset=orders, partitions_def=DAYS)
def has_rows():
    return dg.AssetCheckResult(passed=False)


def refused(**asked):
    return seen.outcome(lambda: dg.materialize([orders], **asked).success)


def facts() -> dict:
    both = {START: "2024-01-02", END: "2024-01-04"}
    job = dg.Definitions(assets=[orders], asset_checks=[has_rows]).get_implicit_global_asset_job_def()
    made = job.execute_in_process(tags=both)
    failed = dg.materialize([one_by_one], tags=both, raise_on_error=False)
    errors = [event.event_specific_data.error.cls_name for event in failed.get_step_failure_events()]
    causes = [event.event_specific_data.error.cause for event in failed.get_step_failure_events()]
    return {
        "one end": refused(tags={START: "2024-01-02"}),
        "the other end": refused(tags={END: "2024-01-02"}),
        "a key beside it": refused(tags=both, partition_key="2024-01-03"),
        "no such day": refused(tags={START: "2023-01-02", END: "2023-01-04"}),
        "made": [each.partition for each in made.asset_materializations_for_node("orders")],
        "checked": [(each.check_name, each.partition, each.passed) for each in made.get_asset_check_evaluations()],
        "one key of several": [errors, [cause.cls_name if cause else None for cause in causes]],
    }
