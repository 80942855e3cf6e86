"""A run can be failed or canceled from outside."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        runs = {}
        for name, report in (
            ("failed", lambda run: instance.report_run_failed(run)),
            ("failed with words", lambda run: instance.report_run_failed(run, "because")),
            ("canceling", lambda run: instance.report_run_canceling(run)),
            ("canceled", lambda run: instance.report_run_canceled(run)),
        ):
            run = dg.DagsterRun(job_name="j", status=dg.DagsterRunStatus.STARTED)
            instance.add_run(run)
            report(run)
            entries = instance.all_logs(run.run_id)
            runs[name] = [
                instance.get_run_by_id(run.run_id).status.value,
                [entry.dagster_event.event_type_value for entry in entries],
                [entry.dagster_event.message for entry in entries],
            ]
        return runs
