"""A diamond declared out of order: order of the steps and of the loads of the last one."""

import seen

import dagster as dg


@dg.asset
def z_source():
    return 1


@dg.asset
def left(z_source):
    return z_source + 1


@dg.asset
def right(z_source):
    return z_source * 10


@dg.asset
def bottom(right, left):
    return {"left": left, "right": right}


@dg.asset
def a_loner():
    return "alone"


def facts() -> dict:
    result = dg.materialize([bottom, right, a_loner, left, z_source])
    loads = [e for e in result.all_events if e.event_type_value == "LOADED_INPUT"]
    return {
        "starts": [e.step_key for e in result.all_events if e.event_type_value == "STEP_START"],
        "inputs": [[e.step_key, e.event_specific_data.input_name] for e in loads],
        "upstream": [[e.event_specific_data.upstream_output_name, e.event_specific_data.upstream_step_key] for e in loads],
        "events": seen.step_events(result),
        "planned": [e.asset_key.to_user_string() for e in result.get_asset_materialization_planned_events()],
        "bottom": result.output_for_node("bottom"),
    }
