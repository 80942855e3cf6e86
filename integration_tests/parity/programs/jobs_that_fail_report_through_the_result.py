"""`execute_in_process` of a failing job, with and without `raise_on_error`."""

import seen

import dagster as dg


@dg.asset
def good():
    return 1


@dg.asset
def bad(good):
    raise ZeroDivisionError("by hand")


defs = dg.Definitions(assets=[good, bad], jobs=[dg.define_asset_job("all_of_them")])


def facts() -> dict:
    job = defs.resolve_job_def("all_of_them")
    with dg.instance_for_test() as instance:
        loud = seen.outcome(lambda: job.execute_in_process(instance=instance))
        quiet = job.execute_in_process(instance=instance, raise_on_error=False)
        return {
            "loud": loud,
            "success": quiet.success,
            "events": seen.events(quiet),
            "statuses": [run.status.value for run in instance.get_runs()],
            "failure": quiet.failure_data_for_node("bad").error.cause.cls_name,
            "no failure": seen.plain(quiet.failure_data_for_node("good")),
            "success event": seen.outcome(lambda: quiet.get_run_success_event()),
            "filtered": len(quiet.filter_events(lambda event: event.is_step_failure)),
        }
