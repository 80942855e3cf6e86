"""Sensors called directly: cursors, resources, events of assets and of runs."""

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


KEYS = [dg.AssetKey("orders"), dg.AssetKey("report")]
nightly = dg.define_asset_job("nightly")


def decorated(function, **given):
    return dg.sensor(**{"job": nightly, **given})(function)


def counts(context: dg.SensorEvaluationContext):
    following = str(int(context.cursor or 0) + 1)
    context.update_cursor(following)
    return dg.RunRequest(run_key=following)


def plain():
    return dg.SkipReason("nothing")


def with_resource(context, limit: dg.ResourceParam[int]):
    return dg.SkipReason(str(limit))


def several():
    yield dg.RunRequest("a")
    yield dg.RunRequest("b")


def result(context):
    return dg.SensorResult(run_requests=[dg.RunRequest("a")], cursor="c")


def said(value):
    if isinstance(value, dg.RunRequest):
        return ["run", value.run_key]
    if isinstance(value, dg.SkipReason):
        return ["skip", value.skip_message]
    if isinstance(value, dg.SensorResult):
        return [said(value.run_requests), value.cursor]
    return None if value is None else [said(each) for each in value]


def context(**given):
    return dg.build_sensor_context(**given)


CALLS = {
    "plain": lambda: decorated(plain)(),
    "plain with context": lambda: decorated(plain)(context()),
    "counts": lambda: decorated(counts)(context(cursor="41")),
    "no context": lambda: decorated(counts)(),
    "two": lambda: decorated(counts)(context(), 3),
    "resource": lambda: decorated(with_resource)(context(resources={"limit": 3})),
    "resource by name": lambda: decorated(with_resource)(context(), limit=3),
    "resource missing": lambda: decorated(with_resource)(context()),
    "several": lambda: decorated(several)(),
    "result": lambda: decorated(result)(context()),
    "definition": lambda: dg.SensorDefinition("s", evaluation_fn=counts)(context(cursor="1")),
}


def contexts() -> dict:
    moved = context(cursor="a", sensor_name="s", repository_name="r", last_sensor_start_time=3.0)
    before = [moved.cursor, moved.cursor_updated, moved.sensor_name, moved.repository_name, moved.is_first_tick_since_sensor_start]
    moved.update_cursor("b")
    return {
        "before": before,
        "after": [moved.cursor, moved.cursor_updated],
        "number": seen.outcome(lambda: moved.update_cursor(3)),
        "cursor number": seen.outcome(lambda: context(cursor=3)),
        "instance": seen.outcome(lambda: context().instance),
        "repository": context(definitions=dg.Definitions(assets=[orders])).repository_def.name,
        "nothing": [context().repository_def, context().last_run_key, context().last_tick_completion_time],
    }


def of_assets() -> dict:
    instance = dg.DagsterInstance.ephemeral()
    reacts = dg.asset_sensor(KEYS[0], job=nightly)(lambda_named)
    before = said(reacts(context(instance=instance)))
    dg.materialize([orders, report], instance=instance)
    fresh = context(instance=instance)
    first = said(reacts(fresh))
    return {
        "before": before,
        "made": first,
        "again": said(reacts(context(instance=instance, cursor=fresh.cursor))),
        "cursor": [fresh.cursor_updated, fresh.cursor is not None],
        "without instance": seen.outcome(lambda: list(reacts(context()))),
    }


def lambda_named(context, event):
    return dg.RunRequest(run_key=event.dagster_event.asset_key.to_user_string())


def of_several_assets() -> dict:
    instance = dg.DagsterInstance.ephemeral()
    defs = dg.Definitions(assets=[orders, report])

    def looking(**given):
        return dg.build_multi_asset_sensor_context(monitored_assets=KEYS, definitions=defs, instance=instance, **given)

    def made(found):
        return {key.to_user_string(): record is not None for key, record in found.items()}

    before = made(looking().latest_materialization_records_by_key())
    dg.materialize([orders, report], instance=instance)
    dg.materialize([orders], instance=instance)
    once = looking()
    latest = once.latest_materialization_records_by_key()
    once.advance_cursor({KEYS[1]: latest[KEYS[1]]})
    once.update_cursor_after_evaluation()
    twice = looking(cursor=once.cursor)
    after = made(twice.latest_materialization_records_by_key())
    twice.advance_all_cursors()
    twice.update_cursor_after_evaluation()
    last = looking(cursor=twice.cursor)
    return {
        "keys": seen.plain(looking().asset_keys),
        "before": before,
        "latest": made(latest),
        "all of one": len(list(looking().materialization_records_for_key(KEYS[0]))),
        "after one": after,
        "after all": made(last.latest_materialization_records_by_key()),
        "from the latest": made(looking(cursor_from_latest_materializations=True).latest_materialization_records_by_key()),
        "both cursors": seen.outcome(lambda: looking(cursor="{}", cursor_from_latest_materializations=True)),
        "no partitions": seen.outcome(lambda: looking().latest_materialization_records_by_partition(KEYS[0])),
        "no project": seen.outcome(lambda: dg.build_multi_asset_sensor_context(monitored_assets=KEYS, instance=instance)),
    }


def of_partitions() -> dict:
    parts = dg.StaticPartitionsDefinition(["x", "y"])

    @dg.asset(partitions_def=parts)
    def sliced():
        return 1

    instance, key = dg.DagsterInstance.ephemeral(), dg.AssetKey("sliced")

    def looking(**given):
        return dg.build_multi_asset_sensor_context(
            monitored_assets=[key], definitions=dg.Definitions(assets=[sliced]), instance=instance, **given
        )

    for partition in ("x", "y"):
        dg.materialize([sliced], instance=instance, partition_key=partition)
    once = looking()
    records = once.latest_materialization_records_by_partition(key)
    once.advance_cursor({key: records["y"]})
    once.update_cursor_after_evaluation()
    after = looking(cursor=once.cursor)
    return {
        "made": list(records),
        "by partition and asset": {
            partition: seen.plain(list(found))
            for partition, found in looking().latest_materialization_records_by_partition_and_asset().items()
        },
        "all": [looking().all_partitions_materialized(key), looking().all_partitions_materialized(key, ["y"])],
        "left": [list(after.latest_materialization_records_by_partition(key)), len(after.get_trailing_unconsumed_events(key))],
        "place": after.get_cursor_partition(key),
        "after the place": list(after.latest_materialization_records_by_partition(key, after_cursor_partition=True)),
    }


def of_runs() -> dict:
    instance = dg.DagsterInstance.ephemeral()
    run = dg.materialize([orders], instance=instance)
    event = next(each for each in run.all_events if each.event_type_value == "PIPELINE_SUCCESS")

    def tells(context: dg.RunStatusSensorContext):
        return dg.SkipReason(f"{context.dagster_run.job_name} {context.dagster_event.event_type_value} {context.partition_key}")

    def fails(context):
        return dg.SkipReason(f"{type(context).__name__} {context.failure_event.event_type_value}")

    def limited(context, limit: dg.ResourceParam[int]):
        return dg.SkipReason(str(limit))

    def built(**given):
        return dg.build_run_status_sensor_context(
            sensor_name="s", dagster_event=event, dagster_instance=instance, dagster_run=run.dagster_run, **given
        )

    status = dg.run_status_sensor(dg.DagsterRunStatus.SUCCESS)
    return {
        "tells": said(status(tells)(built(partition_key="p"))),
        "failure": said(dg.run_failure_sensor(fails)(built())),
        "for failure": said(dg.run_failure_sensor(fails)(built().for_run_failure())),
        "steps": len(built().for_run_failure().get_step_failure_events()),
        "resource": said(status(limited)(built(resources={"limit": 3}))),
        "resource missing": seen.outcome(lambda: status(limited)(built())),
        "no context": seen.outcome(lambda: status(tells)()),
        "number": seen.outcome(lambda: status(tells)(3)),
        "event none": seen.outcome(
            lambda: dg.build_run_status_sensor_context("s", None, instance, run.dagster_run)
        ),
    }


def facts() -> dict:
    return {
        "calls": {name: seen.outcome(lambda call=call: said(call())) for name, call in CALLS.items()},
        "contexts": contexts(),
        "of assets": of_assets(),
        "of several assets": of_several_assets(),
        "of partitions": of_partitions(),
        "of runs": of_runs(),
    }
