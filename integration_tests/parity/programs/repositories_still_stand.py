"""@repository and the repository behind a project: lookups, refusals."""

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


nightly = dg.define_asset_job("nightly", [orders])
daily = dg.ScheduleDefinition("daily", job=nightly, cron_schedule="@daily")
watch = dg.SensorDefinition("watch", evaluation_fn=lambda context: None, job=nightly)


@dg.repository
def sales():
    return [orders, report, nightly, daily, watch]


@dg.repository(name="other", description="d", metadata={"a": 1}, default_executor_def=dg.in_process_executor)
def described():
    return []


def returning(value, **given):
    def built():
        return value

    return dg.repository(**{"name": "r", **given})(built)


def about(repository) -> dict:
    return {
        "name": repository.name,
        "description": repository.description,
        "metadata": seen.metadata(repository.metadata),
        "jobs": list(repository.job_names),
        "schedules": [each.name for each in repository.schedule_defs],
        "sensors": [each.name for each in repository.sensor_defs],
        "assets": sorted(seen.plain(list(repository.assets_defs_by_key))),
        "has": [repository.has_job("nightly"), repository.has_schedule_def("daily"), repository.has_sensor_def("watch")],
        "implicit": [list(repository.get_implicit_asset_job_names()), repository.has_implicit_global_asset_job_def()],
    }


REFUSED = {
    "number": lambda: returning(3),
    "number in the list": lambda: returning([3]),
    "unknown kind": lambda: returning({"pipelines": {}}),
    "two schedules": lambda: returning([orders, daily, dg.ScheduleDefinition("daily", job=nightly, cron_schedule="@hourly")]),
    "bad name": lambda: returning([], name="a b"),
    "spec": lambda: returning([dg.AssetSpec("a")]),
    "project": lambda: returning([dg.Definitions(assets=[orders])]),
    "no job": lambda: sales.get_job("nobody"),
    "no schedule": lambda: sales.get_schedule_def("nobody"),
    "no sensor": lambda: sales.get_sensor_def("nobody"),
    "bad name of a project": lambda: dg.create_repository_using_definitions_args("a b", assets=[orders]),
}


def facts() -> dict:
    defs = dg.Definitions(assets=[orders, report], jobs=[nightly], schedules=[daily], sensors=[watch])
    return {
        "repositories": {
            "sales": about(sales),
            "described": about(described),
            "of a project": about(defs.get_repository_def()),
            "by arguments": about(dg.create_repository_using_definitions_args("n", assets=[orders], jobs=[nightly])),
        },
        "found": [sales.get_job("nightly").name, sales.get_schedule_def("daily").name, sales.get_sensor_def("watch").name],
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "loads": seen.outcome(sales.load_all_definitions),
        "called": sales().name,
    }
