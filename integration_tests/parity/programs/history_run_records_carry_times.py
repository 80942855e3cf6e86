"""A run record says when its run was made, began and ended."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def three_runs(instance) -> dict:
    """Run ids and the names by which the facts tell them."""
    runs = [
        dg.materialize([good], instance=instance, tags={"n": "1", "team": "a"}),
        dg.materialize([good], instance=instance, tags={"n": "2", "team": "b"}),
        dg.materialize([good, bad], instance=instance, raise_on_error=False, tags={"n": "3", "team": "a"}),
    ]
    return {run.run_id: f"run {number}" for number, run in enumerate(runs, start=1)}


def facts() -> dict:
    with dg.instance_for_test() as instance:
        named = three_runs(instance)
        records = instance.get_run_records()
        first = instance.get_run_record_by_id(records[-1].dagster_run.run_id)
        return {
            "order": [named[record.dagster_run.run_id] for record in records],
            "kinds": [type(first.create_timestamp).__name__, type(first.start_time).__name__, type(first.end_time).__name__],
            "zone": first.create_timestamp.utcoffset() is None or first.create_timestamp.utcoffset().total_seconds() == 0,
            "in order": [record.start_time <= record.end_time for record in records],
            "made before": [record.create_timestamp.timestamp() <= record.start_time + 1 for record in records],
            "ids grow": [record.storage_id for record in records] == sorted((r.storage_id for r in records), reverse=True),
            "unknown": seen.plain(instance.get_run_record_by_id("nobody")),
            "by start": [named[r.dagster_run.run_id] for r in instance.get_run_records(order_by="start_time", ascending=True)],
            "by update": [named[r.dagster_run.run_id] for r in instance.get_run_records(order_by="update_timestamp")],
            "limit": len(instance.get_run_records(limit=2)),
        }
