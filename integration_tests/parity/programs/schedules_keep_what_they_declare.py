"""ScheduleDefinition: names, targets, times, refusals."""

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


nightly = dg.define_asset_job("nightly", [orders])
D = dg.ScheduleDefinition

CRONS = [
    *["0 9 * * 1", "@daily", "@hourly", "0 0 L * *", "*/7 * * * *", "0 0 * * 7", "0 0 31 4,6 *", "0 0 * * mon#1", "0 0 1 jan *"],
    *["0 0 * * sun-sat", "never", "* * * *", "* * * * * *", "@every", "0 0 30 2 *", "0 25 * * *", "0 0 * * 8", "60 * * * *"],
]
ZONES = ["UTC", "Europe/Berlin", "CET", "US/Central", "EST5EDT", "Nowhere/Else", "GMT+5", "+01:00"]
ATTRIBUTES = [
    *["name", "cron_schedule", "execution_timezone", "job_name", "has_job", "has_anonymous_job", "default_status", "description"],
    *["tags", "owners", "required_resource_keys", "environment_vars"],
]


def made(**given):
    return D(**{"job": nightly, "cron_schedule": "0 * * * *", **given})


MADE = {
    "plain": lambda: made(),
    "by name": lambda: D(job_name="nightly", cron_schedule="0 * * * *"),
    "several crons": lambda: made(cron_schedule=["0 * * * *", "30 * * * *"]),
    "everything": lambda: made(
        name="s",
        tags={"a": 1},
        metadata={"m": 1},
        execution_timezone="Europe/Berlin",
        description="d",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        required_resource_keys={"db"},
        owners=["team:x"],
        environment_vars={"A": "b"},
    ),
    "target key": lambda: D("s", target="orders", cron_schedule="@daily"),
    "target keys": lambda: D("s", target=["orders", "report"], cron_schedule="@daily"),
    "target selection": lambda: D("s", target=dg.AssetSelection.all(), cron_schedule="@daily"),
    "target asset": lambda: D("s", target=orders, cron_schedule="@daily"),
    "target assets": lambda: D("s", target=[orders, report], cron_schedule="@daily"),
    "target job": lambda: D("s", target=nightly, cron_schedule="@daily"),
    "other job": lambda: made(name="s").with_updated_job(dg.define_asset_job("other")),
    "metadata": lambda: made().with_attributes(metadata={"x": 1}),
}
REFUSED = {
    "nothing": lambda: D(),
    "no job": lambda: D("s", cron_schedule="@daily"),
    "no cron": lambda: D(job=nightly),
    "number for cron": lambda: made(cron_schedule=3),
    "empty crons": lambda: made(cron_schedule=[]),
    "job and name": lambda: made(job_name="x"),
    "job and target": lambda: made(target="orders"),
    "target without name": lambda: D(target="orders", cron_schedule="@daily"),
    "target number": lambda: D("s", target=3, cron_schedule="@daily"),
    "target no selection": lambda: D("s", target="key:(", cron_schedule="@daily"),
    "name with space": lambda: made(name="a b"),
    "reserved name": lambda: made(name="context"),
    "name number": lambda: made(name=3),
    "config twice": lambda: made(run_config={}, run_config_fn=lambda context: {}),
    "tags twice": lambda: made(tags={}, tags_fn=lambda context: {}),
    "function and should": lambda: made(execution_fn=lambda context: {}, should_execute=lambda context: True),
    "should number": lambda: made(should_execute=3),
    "status string": lambda: made(default_status="RUNNING"),
    "owner": lambda: made(owners=["nobody"]),
    "zone number": lambda: made(execution_timezone=3),
    "called": lambda: made()(dg.build_schedule_context()),
    "job of a name": lambda: D(job_name="nightly", cron_schedule="0 * * * *").job,
}


def described(schedule) -> dict:
    facts = {name: seen.plain(getattr(schedule, name)) for name in ATTRIBUTES}
    return {**facts, "metadata": seen.metadata(schedule.metadata)}


def facts() -> dict:
    return {
        "made": {name: described(make()) for name, make in MADE.items()},
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "crons": {cron: seen.outcome(lambda cron=cron: made(cron_schedule=cron).cron_schedule, [cron]) for cron in CRONS},
        "zones": {zone: seen.outcome(lambda zone=zone: made(execution_timezone=zone).execution_timezone, [zone]) for zone in ZONES},
        "job": made().job.name,
    }
