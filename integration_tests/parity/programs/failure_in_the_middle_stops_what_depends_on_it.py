"""One of five assets raises: what still runs, which events are written, what the run says."""

import seen

import dagster as dg


class NoStock(Exception):
    pass


@dg.asset
def first():
    return 1


@dg.asset
def broken(first):
    raise NoStock("empty shelf") from KeyError("sku")


@dg.asset
def after_broken(broken):
    return 2


@dg.asset(deps=[after_broken])
def far_after():
    return 3


@dg.asset
def independent(first):
    return 4


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([first, broken, after_broken, far_after, independent], instance=instance, raise_on_error=False)
        failure = result.get_step_failure_events()[0]
        data = failure.step_failure_data
        run = instance.get_run_by_id(result.run_id)
        return {
            "success": result.success,
            "status": run.status.value,
            "is_failure": run.is_failure,
            "is_finished": run.is_finished,
            "events": seen.events(result),
            "log": seen.log(instance, result.run_id),
            "failed": sorted(result.get_failed_step_keys()),
            "nodes": {
                name: [result.is_node_success(name), result.is_node_failed(name), result.is_node_untouched(name)]
                for name in ("first", "broken", "after_broken", "far_after", "independent")
            },
            "error class": data.error.cls_name,
            "error's cause": data.error.cause.cls_name if data.error.cause else None,
            "cause's cause": data.error.cause.cause.cls_name if data.error.cause.cause else None,
            "error mentions": {word: word in data.error.to_string() for word in ("NoStock", "empty shelf", "broken", "KeyError")},
            "user failure": seen.plain(data.user_failure_data),
            "run failure mentions the step": "broken" in result.get_run_failure_event().message,
            "materialized": sorted(key.to_user_string() for key in instance.all_asset_keys()),
            "value of what ran": result.output_for_node("independent"),
            "value of what did not": seen.outcome(lambda: result.output_for_node("after_broken")),
        }
