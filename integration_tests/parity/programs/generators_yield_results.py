"""Assets whose function yields: one output, events before it, nothing after."""

import seen

import dagster as dg

ORDER = []


@dg.asset
def yields_output():
    ORDER.append("before")
    yield dg.Output("value", metadata={"rows": 1})
    ORDER.append("after")


@dg.asset
def yields_events():
    yield dg.AssetObservation("yields_events", metadata={"seen": 1})
    yield dg.AssetMaterialization("somewhere else", metadata={"rows": 2})
    yield dg.Output(2)


@dg.asset
def yields_result():
    yield dg.MaterializeResult(metadata={"rows": 3})


@dg.asset(deps=[yields_result])
def fails_after_output():
    yield dg.Output(4)
    raise RuntimeError("too late")


@dg.asset
def returns_list_of_output():
    return [dg.Output(1)]


@dg.asset
async def asynchronous():
    return "awaited"


@dg.asset
def logs_events(context: dg.AssetExecutionContext):
    context.log_event(dg.AssetObservation("logs_events", metadata={"x": 1}))
    context.log_event(dg.AssetMaterialization("another", partition="p"))
    return 1


@dg.asset
def uses(yields_output, yields_events):
    return [yields_output, yields_events]


def facts() -> dict:
    with dg.instance_for_test() as instance:
        assets = [yields_output, yields_events, yields_result, logs_events, uses, asynchronous]
        result = dg.materialize(assets, instance=instance, resources={"io_manager": dg.mem_io_manager})
        late = dg.materialize([fails_after_output], instance=instance, raise_on_error=False)
        listed = dg.materialize([returns_list_of_output], instance=instance, raise_on_error=False)
        return {
            "order": ORDER,
            "uses": result.output_for_node("uses"),
            "asynchronous": result.output_for_node("asynchronous"),
            "events": seen.step_events(result),
            "materializations": seen.materializations(result),
            "keys": sorted(k.to_user_string() for k in instance.all_asset_keys()),
            "late": [late.success, seen.step_events(late)],
            "late is materialized": instance.get_latest_materialization_event(dg.AssetKey("fails_after_output")) is not None,
            "listed": [listed.success, seen.step_events(listed)],
            "partition of the other": instance.get_latest_materialization_event(
                dg.AssetKey("another")
            ).asset_materialization.partition,
        }
