"""Sensors on one or several assets, asked by a test: what they look at, and where their cursors move."""

from seen import outcome

import dagster as dg

NIGHTLY = dg.define_asset_job("nightly", "*")
DAYS = dg.StaticPartitionsDefinition(["mon", "tue", "wed"])


@dg.asset
def orders(): ...


@dg.asset
def customers(): ...


@dg.asset(partitions_def=DAYS)
def daily(): ...


PROJECT = dg.Definitions(assets=[orders, customers, daily], jobs=[NIGHTLY])


def ticks(sensor, *acts) -> list:
    """What the sensor says after each act, each tick with the cursor of the one before."""
    with dg.DagsterInstance.ephemeral() as instance:
        cursor, found = None, []
        for act in acts:
            act(instance)

            def ask(cursor=cursor):
                return sensor.evaluate_tick(dg.build_sensor_context(instance=instance, definitions=PROJECT, cursor=cursor))

            moved = cursor

            def tell(ask=ask, cursor=cursor):
                nonlocal moved
                said = ask()
                moved = said.cursor
                return [[each.run_key for each in said.run_requests], said.skip_message, moved == cursor]

            found.append(outcome(tell))
            cursor = moved
        return found


def idle(instance):
    return None


def made(*assets, **options):
    return lambda instance: dg.materialize(list(assets), instance=instance, **options)


def of_one() -> dict:
    def sensor(function):
        return dg.asset_sensor(orders.key, job=NIGHTLY)(function)

    def asks(context, event):
        return dg.RunRequest(event.dagster_event.event_type_value)

    def yields(context, event):
        yield dg.RunRequest("1")
        yield dg.RunRequest("2")

    def nothing(context, event):
        return None

    def skips(context, event):
        return dg.SkipReason("no")

    def result(context, event):
        return dg.SensorResult([dg.RunRequest("r")])

    def sets(context, event):
        return dg.SensorResult(cursor="1")

    def fails(context, event):
        raise KeyError("no")

    acts = [idle, made(orders), idle, made(customers), made(orders)]
    return {each.__name__: ticks(sensor(each), *acts) for each in (asks, yields, nothing, skips, result, sets, fails)}


def of_several() -> dict:
    def sensor(function, keys=(orders.key, customers.key)):
        return dg.multi_asset_sensor(list(keys), job=NIGHTLY)(function)

    def both(context):
        if all(context.latest_materialization_records_by_key().values()):
            context.advance_all_cursors()
            return dg.RunRequest("both")
        return dg.SkipReason("not yet")

    def never_marks(context):
        return dg.RunRequest("a")

    def sets(context):
        context.advance_all_cursors()
        return dg.SensorResult(cursor="1")

    def by_partition(context):
        found = context.latest_materialization_records_by_partition(daily.key)
        for record in found.values():
            context.advance_cursor({daily.key: record})
        return [dg.RunRequest(key) for key in found]

    acts = [idle, made(orders), made(customers), idle, made(orders, customers)]
    days = [made(daily, partition_key="mon"), made(daily, partition_key="wed"), idle]
    return {
        **{each.__name__: ticks(sensor(each), *acts) for each in (both, never_marks, sets)},
        "by partition": ticks(sensor(by_partition, [daily.key]), *days),
    }


def facts() -> dict:
    return {"one": of_one(), "several": of_several()}
