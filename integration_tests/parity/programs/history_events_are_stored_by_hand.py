"""Framework events can be stored by hand and move the run."""

import seen

import dagster as dg


def facts() -> dict:
    kind = dg.DagsterEventType
    with dg.instance_for_test() as instance:
        run = dg.DagsterRun(job_name="j")
        instance.add_run(run)
        seen_statuses = [instance.get_run_by_id(run.run_id).status.value]
        for each in (kind.RUN_STARTING, kind.RUN_START, kind.RUN_SUCCESS):
            event = dg.DagsterEvent(event_type_value=each.value, job_name="j", message=f"now {each.name}")
            instance.report_dagster_event(event, run.run_id)
            seen_statuses.append(instance.get_run_by_id(run.run_id).status.value)
        stats = instance.get_run_stats(run.run_id)
        return {
            "statuses": seen_statuses,
            "log": [[e.dagster_event.event_type_value, e.dagster_event.message, e.level] for e in instance.all_logs(run.run_id)],
            "times": [t is not None for t in (stats.enqueued_time, stats.launch_time, stats.start_time, stats.end_time)],
        }
