"""Jobs of ops with partitions: config of each partition, tags, run requests, schedules from them, contexts, dynamic keys."""

import datetime as dt

import seen

import dagster as dg

NOW = dt.datetime(2024, 1, 5, 3, tzinfo=dt.timezone.utc)


@dg.op(config_schema={"day": str})
def load(context: dg.OpExecutionContext):
    window = context.partition_time_window if context.has_partition_key else None
    return [context.op_config["day"], context.partition_key, window and window.start.isoformat()]


def config_of(start, _end):
    return {"ops": {"load": {"config": {"day": start.strftime("%Y/%m/%d")}}}}


daily = dg.daily_partitioned_config(start_date="2024-01-01", timezone="Europe/Berlin", tags_for_partition_fn=lambda start, _end: {"month": start.strftime("%b")})(config_of)
hourly = dg.hourly_partitioned_config(start_date="2024-01-01-00:00", minute_offset=15)(config_of)
weekly = dg.weekly_partitioned_config(start_date="2024-01-01", day_offset=1)(config_of)
monthly = dg.monthly_partitioned_config(start_date="2024-01-01", day_offset=5)(config_of)


@dg.static_partitioned_config(partition_keys=["a", "b"], tags_for_partition_key_fn=lambda key: {"letter": key})
def letters(key: str):
    return {"ops": {"load": {"config": {"day": key}}}}


@dg.dynamic_partitioned_config(partition_fn=lambda moment=None: ["x", "y"])
def computed(key: str):
    return {"ops": {"load": {"config": {"day": key}}}}


def job_of(config):
    @dg.job(config=config)
    def job():
        load()

    return job


JOBS = {"daily": job_of(daily), "hourly": job_of(hourly), "weekly": job_of(weekly), "monthly": job_of(monthly), "letters": job_of(letters), "computed": job_of(computed)}
KEYS = {"daily": "2024-01-02", "hourly": "2024-01-02-03:15", "weekly": "2024-01-08", "monthly": "2024-02-05", "letters": "b", "computed": "y"}


def executed(name) -> object:
    def run():
        with dg.DagsterInstance.ephemeral() as instance:
            result = JOBS[name].execute_in_process(partition_key=KEYS[name], instance=instance, raise_on_error=False)
            stored = instance.get_run_by_id(result.run_id)
            failed = None if result.success else "failed"
            return [failed or result.output_for_node("load"), seen.tags(stored.tags), stored.run_config]

    return seen.outcome(run)


def requested(name) -> object:
    def run():
        request = JOBS[name].run_request_for_partition(partition_key=KEYS[name], run_key="k", tags={"mine": "1"})
        return [request.run_key, request.partition_key, seen.tags(request.tags), request.run_config]

    return seen.outcome(run)


def scheduled(name, **options) -> object:
    def run():
        schedule = dg.build_schedule_from_partitioned_job(JOBS[name], **options)
        tick = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=NOW))
        return [schedule.cron_schedule, schedule.execution_timezone, [[each.partition_key, seen.tags(each.tags)] for each in tick.run_requests]]

    return seen.outcome(run)


def facts() -> dict:
    return {
        "executed": {name: executed(name) for name in JOBS},
        "requested": {name: requested(name) for name in JOBS},
        "unknown key": {name: seen.outcome(lambda name=name: JOBS[name].execute_in_process(partition_key="nowhere").success) for name in JOBS},
        "scheduled": {name: scheduled(name) for name in ("daily", "hourly", "weekly", "monthly", "letters")},
        "scheduled at": [scheduled("daily", hour_of_day=5), scheduled("daily", minute_of_hour=5), scheduled("weekly", day_of_week=3), scheduled("hourly", minute_of_hour=30)],
        "given config wins": seen.outcome(
            lambda: JOBS["daily"].execute_in_process(partition_key="2024-01-02", run_config=config_of(NOW, None)).output_for_node("load")
        ),
        "without a key": seen.outcome(lambda: JOBS["letters"].execute_in_process().success),
        "called": [seen.outcome(lambda: letters("q")), seen.outcome(lambda: daily(NOW, NOW))],
        "definitions": {name: str(job.partitions_def) for name, job in JOBS.items()},
    }
