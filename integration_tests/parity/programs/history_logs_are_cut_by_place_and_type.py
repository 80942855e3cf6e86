"""The log of a run can be read from a place on, and by type."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run_id = dg.materialize([good, bad], instance=instance, raise_on_error=False).run_id
        kinds = dg.DagsterEventType

        def told(entries) -> list:
            return [entry.dagster_event.event_type_value for entry in entries if entry.dagster_event]

        whole = instance.all_logs(run_id)
        after = instance.logs_after(run_id, 1)
        return {
            "rest is one shorter each": [len(whole) - len(instance.logs_after(run_id, place)) for place in range(3)],
            "rest begins": after[0].dagster_event_type == whole[2].dagster_event_type,
            "limit": len(instance.logs_after(run_id, 0, limit=3)),
            "from the beginning": len(instance.logs_after(run_id)) == len(whole),
            "one type": told(instance.all_logs(run_id, of_type=kinds.STEP_FAILURE)),
            "two types": sorted(told(instance.all_logs(run_id, of_type={kinds.STEP_START, kinds.STEP_FAILURE}))),
            "after of type": told(instance.logs_after(run_id, of_type=kinds.RUN_FAILURE)),
            "unknown run": told(instance.all_logs("nobody")),
        }
