"""The methods of what `materialize` returns."""

import seen

import dagster as dg


@dg.asset
def a(context: dg.AssetExecutionContext):
    context.log_event(dg.AssetObservation("a", metadata={"seen": 1}))
    return 1


@dg.asset(key_prefix="p")
def b(a):
    return {"a": a}


@dg.asset(deps=[b])
def c() -> None: ...


def facts() -> dict:
    result = dg.materialize([a, b, c])
    return {
        "type": type(result).__name__,
        "success": result.success,
        "run": result.run_id == result.dagster_run.run_id,
        "status": result.dagster_run.status.value,
        "output_for_node": [result.output_for_node("a"), result.output_for_node("p__b"), result.output_for_node("c")],
        "named output": result.output_for_node("a", "result"),
        "asset_value": [result.asset_value("a"), result.asset_value(["p", "b"]), result.asset_value(dg.AssetKey("a"))],
        "unknown node": seen.outcome(lambda: result.output_for_node("nobody"), mentions=["nobody"]),
        "unknown output": seen.outcome(lambda: result.output_for_node("a", "nothing"), mentions=["nothing"]),
        "unknown asset": seen.outcome(lambda: result.asset_value("nobody")),
        "value by key name": seen.outcome(lambda: result.output_for_node("b")),
        "node events": [e.event_type_value for e in result.events_for_node("p__b")],
        "unknown events": seen.outcome(lambda: len(result.events_for_node("nobody"))),
        "materializations for node": [m.asset_key.to_user_string() for m in result.asset_materializations_for_node("p__b")],
        "observations for node": [o.asset_key.to_user_string() for o in result.asset_observations_for_node("a")],
        "materialization events": [e.asset_key.to_user_string() for e in result.get_asset_materialization_events()],
        "observation events": [e.asset_key.to_user_string() for e in result.get_asset_observation_events()],
        "planned": [e.asset_key.to_user_string() for e in result.get_asset_materialization_planned_events()],
        "step successes": sorted(e.step_key for e in result.get_step_success_events()),
        "failures": [len(result.get_step_failure_events()), sorted(result.get_failed_step_keys())],
        "run success": result.get_run_success_event().event_type_value,
        "run failure": seen.outcome(lambda: result.get_run_failure_event()),
        "filter": [e.step_key for e in result.filter_events(lambda e: e.is_step_start)],
        "retries": result.retry_attempts_for_node("a"),
        "node is": [
            result.is_node_success("a"),
            result.is_node_failed("a"),
            result.is_node_skipped("a"),
            result.is_node_untouched("a"),
        ],
        "unknown is": seen.outcome(lambda: result.is_node_success("nobody")),
        "event is": sorted(
            {e.event_type_value for e in result.all_events if e.is_step_event and not (e.is_step_start or e.is_step_success)}
        ),
        "outputs": [
            [e.step_key, e.step_output_data.output_name, e.event_specific_data.type_check_data.success]
            for e in result.all_events
            if e.is_successful_output
        ],
        "durations": all(e.step_success_data.duration_ms >= 0 for e in result.get_step_success_events()),
        "job def": result.job_def.name,
    }
