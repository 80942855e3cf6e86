"""What the engine does for a run is told in its log."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run = dg.DagsterRun(job_name="j")
        instance.add_run(run)
        event = instance.report_engine_event("it did something", run)
        instance.report_engine_event("elsewhere", job_name="j", run_id=run.run_id, step_key="s")
        entries = instance.all_logs(run.run_id)
        return {
            "given": [event.event_type_value, event.message, event.job_name, event.step_key],
            "stored": [[e.dagster_event.event_type_value, e.dagster_event.message, e.step_key, e.level] for e in entries],
            "without a run": seen.outcome(lambda: instance.report_engine_event("nobody")),
            "status": instance.get_run_by_id(run.run_id).status.value,
        }
