"""SensorDefinition and its siblings: attributes, targets, refusals."""

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


nightly = dg.define_asset_job("nightly", [orders])
weekly = dg.define_asset_job("weekly", [report])
KEY = dg.AssetKey("orders")
SUCCESS = dg.DagsterRunStatus.SUCCESS


def look(context):
    return dg.SkipReason("nothing")


def looks_at(context, event):
    return None


def sensor(**given):
    return dg.SensorDefinition(**{"name": "s", "evaluation_fn": look, **given})


MADE = {
    "no target": lambda: sensor(),
    "job": lambda: sensor(job=nightly),
    "job by name": lambda: sensor(job_name="nightly"),
    "jobs": lambda: sensor(jobs=[nightly, weekly]),
    "assets": lambda: sensor(asset_selection="orders"),
    "target": lambda: sensor(target="orders"),
    "target job": lambda: sensor(target=nightly),
    "target assets": lambda: sensor(target=[orders, report]),
    "everything": lambda: sensor(
        job=nightly,
        minimum_interval_seconds=5,
        description="d",
        default_status=dg.DefaultSensorStatus.RUNNING,
        required_resource_keys={"db"},
        tags={"a": 1},
        owners=["team:x"],
    ),
    "decorated": lambda: dg.sensor(target="*")(look),
    "other jobs": lambda: sensor(job=nightly).with_updated_jobs([nightly, weekly]),
    "other job": lambda: sensor(job=nightly).with_updated_job(weekly),
    "asset": lambda: dg.asset_sensor(KEY, job=nightly)(looks_at),
    "asset without job": lambda: dg.asset_sensor(KEY, name="other")(looks_at),
    "assets sensor": lambda: dg.multi_asset_sensor([KEY], job=nightly)(look),
    "assets by selection": lambda: dg.multi_asset_sensor(dg.AssetSelection.groups("x"), request_assets=dg.AssetSelection.all())(look),
    "runs": lambda: dg.run_status_sensor(SUCCESS)(look),
    "runs of jobs": lambda: dg.run_status_sensor(SUCCESS, monitored_jobs=[nightly], request_job=weekly, name="r")(look),
    "runs everywhere": lambda: dg.run_status_sensor(SUCCESS, monitor_all_code_locations=True)(look),
    "failures": lambda: dg.run_failure_sensor(look),
    "failures by name": lambda: dg.run_failure_sensor(name="f", monitored_jobs=[nightly])(look),
    "conditions": lambda: dg.AutomationConditionSensorDefinition("c", target="*"),
    "conditions of code": lambda: dg.AutomationConditionSensorDefinition(
        "c",
        target=[orders],
        use_user_code_server=True,
        default_condition=dg.AutomationCondition.eager(),
        run_tags={"a": 1},
        emit_backfills=False,
    ),
}
REFUSED = {
    "no function": lambda: dg.SensorDefinition("s"),
    "function number": lambda: sensor(evaluation_fn=3),
    "job and jobs": lambda: sensor(job=nightly, jobs=[weekly]),
    "job and name": lambda: sensor(job=nightly, job_name="x"),
    "job and assets": lambda: sensor(job=nightly, asset_selection="*"),
    "job and target": lambda: sensor(job=nightly, target="*"),
    "target number": lambda: sensor(target=3),
    "target of two jobs": lambda: sensor(target=[nightly, weekly]),
    "interval string": lambda: sensor(minimum_interval_seconds="5"),
    "interval half": lambda: sensor(minimum_interval_seconds=0.5),
    "status string": lambda: sensor(default_status="RUNNING"),
    "owner": lambda: sensor(owners=["nobody"]),
    "name with space": lambda: sensor(name="a b"),
    "asset by string": lambda: dg.asset_sensor("orders", job=nightly)(looks_at),
    "assets by strings": lambda: dg.multi_asset_sensor(["orders"], job=nightly)(look),
    "assets and job": lambda: dg.multi_asset_sensor([KEY], request_assets=dg.AssetSelection.all(), job=nightly)(look),
    "status of a string": lambda: dg.run_status_sensor("SUCCESS")(look),
    "jobs by name": lambda: dg.run_status_sensor(SUCCESS, monitored_jobs=["nightly"])(look),
    "jobs everywhere": lambda: dg.run_status_sensor(SUCCESS, monitored_jobs=[nightly], monitor_all_code_locations=True)(look),
    "two requests": lambda: dg.run_status_sensor(SUCCESS, request_job=nightly, request_jobs=[weekly])(look),
    "default alone": lambda: dg.AutomationConditionSensorDefinition("c", target="*", default_condition=dg.AutomationCondition.eager()),
    "default number": lambda: dg.AutomationConditionSensorDefinition("c", target="*", use_user_code_server=True, default_condition=3),
    "conditions called": lambda: dg.AutomationConditionSensorDefinition("c", target="*")(dg.build_sensor_context()),
}
ATTRIBUTES = [
    *["name", "has_jobs", "has_anonymous_job", "job_name", "minimum_interval_seconds", "default_status", "description", "tags"],
    *["owners", "required_resource_keys", "sensor_type"],
]


def described(made) -> dict:
    facts = {name: seen.outcome(lambda name=name: getattr(made, name)) for name in ATTRIBUTES}
    facts["jobs"] = seen.outcome(lambda: [job.name for job in made.jobs])
    facts["assets"] = None if made.asset_selection is None else str(made.asset_selection)
    facts["metadata"] = seen.metadata(made.metadata)
    return facts


def facts() -> dict:
    coded = MADE["conditions of code"]()
    return {
        "made": {name: described(make()) for name, make in MADE.items()},
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "conditions": [coded.default_condition.get_label(), coded.emit_backfills, coded.run_tags],
        "looks at": seen.plain(MADE["asset"]().asset_key),
    }
