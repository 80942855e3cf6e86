"""Definitions with schedules and sensors: names, targets, lookups, jobs that come with targets."""

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


@dg.asset(automation_condition=dg.AutomationCondition.eager())
def eager():
    return 1


nightly = dg.define_asset_job("nightly", [orders])
weekly = dg.define_asset_job("weekly", [report])


def look(context):
    return None


def schedule(name="s", **given):
    return dg.ScheduleDefinition(**{"name": name, "cron_schedule": "@daily", **given})


def sensor(name="z", **given):
    return dg.SensorDefinition(**{"name": name, "evaluation_fn": look, **given})


def conditions(name, target):
    return dg.AutomationConditionSensorDefinition(name, target=target)


def valid(**given):
    dg.Definitions.validate_loadable(dg.Definitions(**{"assets": [orders, report], **given}))
    return "valid"


once = schedule(job=nightly)
CASES = {
    "schedule": lambda: valid(schedules=[schedule(job=nightly)]),
    "job by name": lambda: valid(schedules=[schedule(job_name="nightly")], jobs=[nightly]),
    "job by unknown name": lambda: valid(schedules=[schedule(job_name="nobody")]),
    "another job of the name": lambda: valid(schedules=[schedule(job=dg.define_asset_job("nightly", [report]))], jobs=[nightly]),
    "two jobs of the name": lambda: valid(
        schedules=[schedule(job=nightly), schedule("t", job=dg.define_asset_job("nightly", [report]))]
    ),
    "unknown target": lambda: valid(schedules=[schedule(target="nobody")]),
    "empty group": lambda: valid(schedules=[schedule(target=dg.AssetSelection.groups("nobody"))]),
    "job of an unknown asset": lambda: valid(schedules=[schedule(job=dg.define_asset_job("j", ["nobody"]))]),
    "two schedules": lambda: valid(schedules=[schedule(job=nightly), schedule(job=nightly)]),
    "same schedule twice": lambda: valid(schedules=[once, once]),
    "two sensors": lambda: valid(sensors=[sensor(job=nightly), sensor(job=nightly)]),
    "schedule and sensor": lambda: valid(schedules=[schedule("x", job=nightly)], sensors=[sensor("x", job=nightly)]),
    "schedule named as its job": lambda: valid(schedules=[schedule("nightly", job=nightly)], jobs=[nightly]),
    "sensor of nothing": lambda: valid(sensors=[sensor()]),
    "sensor of an unknown job": lambda: valid(sensors=[sensor(job_name="nobody")]),
    "sensor of an unknown asset": lambda: valid(sensors=[sensor(target="nobody")]),
    "sensor with a resource": lambda: valid(sensors=[sensor(job=nightly, required_resource_keys={"db"})], resources={"db": 1}),
    "number among schedules": lambda: valid(schedules=[3]),
    "job among schedules": lambda: valid(schedules=[nightly]),
    "schedule among sensors": lambda: valid(sensors=[schedule(job=nightly)]),
    "number among jobs": lambda: valid(jobs=[3]),
    "no list": lambda: valid(schedules=schedule(job=nightly)),
    "asset sensor elsewhere": lambda: valid(sensors=[dg.asset_sensor(dg.AssetKey("far"), job=nightly, name="q")(look)]),
    "runs of a job elsewhere": lambda: valid(
        sensors=[dg.run_status_sensor(dg.DagsterRunStatus.SUCCESS, monitored_jobs=[weekly], name="q")(look)]
    ),
    "conditions": lambda: valid(sensors=[conditions("c", "*")]),
    "conditions of nobody": lambda: valid(sensors=[conditions("c", "nobody")]),
    "conditions twice": lambda: valid(sensors=[conditions("c", "*"), conditions("d", "orders")]),
}
MENTIONS = {
    "job by unknown name": ["s", "nobody"],
    "unknown target": ["__anonymous_asset_job_s"],
    "sensor of an unknown job": ["z", "nobody"],
    "two sensors": ["z"],
    "conditions twice": ["c", "d", "orders"],
}


def names(defs) -> dict:
    return {
        "jobs": [job.name for job in defs.resolve_all_job_defs()],
        "assets": sorted(seen.plain(list(defs.resolve_all_asset_keys()))),
    }


def lookups() -> dict:
    defs = dg.Definitions(assets=[orders, report], schedules=[schedule(job=nightly)], sensors=[sensor(job=weekly)])
    return {
        "schedule": [defs.get_schedule_def("s").name, defs.resolve_schedule_def("s").name, defs.get_unresolved_schedule_def("s").name],
        "sensor": [defs.get_sensor_def("z").name, defs.resolve_sensor_def("z").name, defs.get_unresolved_sensor_def("z").name],
        "no schedule": seen.outcome(lambda: defs.resolve_schedule_def("nobody"), ["nobody"]),
        "no sensor": seen.outcome(lambda: defs.resolve_sensor_def("nobody"), ["nobody"]),
        "no unresolved": seen.outcome(lambda: defs.get_unresolved_sensor_def("nobody")),
        "brought": names(defs),
        "brought by a target": names(dg.Definitions(assets=[orders], schedules=[schedule(target=[report])])),
    }


def default_sensors() -> dict:
    def of(**given):
        found = dg.Definitions(assets=[orders, eager], **given).get_repository_def().sensor_defs
        return {each.name: str(each.asset_selection) for each in found}

    return {
        "alone": of(),
        "beside another": of(sensors=[conditions("c", "orders")]),
        "all evaluated": of(sensors=[conditions("c", "*")]),
        "none": [each.name for each in dg.Definitions(assets=[orders]).get_repository_def().sensor_defs],
    }


def facts() -> dict:
    return {
        "cases": {name: seen.outcome(call, MENTIONS.get(name, ())) for name, call in CASES.items()},
        "lookups": lookups(),
        "default sensors": default_sensors(),
    }
