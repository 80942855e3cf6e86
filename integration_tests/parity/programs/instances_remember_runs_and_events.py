"""What an instance answers after several runs."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    context.add_output_metadata({"run number": len(context.instance.get_runs())})
    return 1


@dg.asset
def bad():
    raise ValueError("no")


def record(entry) -> list:
    return [entry.dagster_event.event_type_value, entry.step_key, entry.job_name]


def facts() -> dict:
    with dg.instance_for_test() as instance:
        first = dg.materialize([good], instance=instance, tags={"n": "1"})
        second = dg.materialize([good], instance=instance, tags={"n": "2"})
        third = dg.materialize([good, bad], instance=instance, raise_on_error=False)
        key = dg.AssetKey("good")
        latest = instance.get_latest_materialization_event(key)
        fetched = instance.fetch_materializations(key, limit=2)
        page = instance.fetch_materializations(key, limit=1, cursor=fetched.cursor)
        every = instance.fetch_materializations(key, limit=10, ascending=True)
        filters = {
            "status": dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS]),
            "tags": dg.RunsFilter(tags={"n": "2"}),
            "ids": dg.RunsFilter(run_ids=[first.run_id, third.run_id]),
            "job": dg.RunsFilter(job_name="nobody"),
        }
        order = {first.run_id: "first", second.run_id: "second", third.run_id: "third"}
        only = instance.all_logs(third.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
        return {
            "runs": [order[run.run_id] for run in instance.get_runs()],
            "limit": [order[run.run_id] for run in instance.get_runs(limit=2)],
            "ascending": [order[run.run_id] for run in instance.get_runs(ascending=True)],
            "filters": {n: [order[r.run_id] for r in instance.get_runs(filters=f)] for n, f in filters.items()},
            "count": instance.get_runs_count(),
            "has": [instance.has_run(first.run_id), instance.has_run("nobody")],
            "unknown run": seen.plain(instance.get_run_by_id("nobody")),
            "statuses": [run.status.value for run in instance.get_runs()],
            "records": [
                [order[r.dagster_run.run_id], r.start_time is not None, r.end_time >= r.start_time]
                for r in instance.get_run_records()
            ],
            "latest": [order[latest.run_id], latest.asset_materialization.metadata["run number"].value, latest.step_key],
            "latest is materialization": [latest.is_dagster_event, latest.dagster_event.is_step_materialization, latest.job_name],
            "latest of unknown": seen.plain(instance.get_latest_materialization_event(dg.AssetKey("nobody"))),
            "many": {
                k.to_user_string(): e is not None
                for k, e in instance.get_latest_materialization_events([key, dg.AssetKey("bad")]).items()
            },
            "asset keys": sorted(k.to_user_string() for k in instance.all_asset_keys()),
            "has asset": [instance.has_asset_key(key), instance.has_asset_key(dg.AssetKey("nobody"))],
            "fetched": [order[r.run_id] for r in fetched.records],
            "has more": [fetched.has_more, page.has_more],
            "page": [order[r.run_id] for r in page.records],
            "every": [order[r.run_id] for r in every.records],
            "asset record": [r.asset_entry.asset_key.to_user_string() for r in instance.get_asset_records([key])],
            "record's run": order[instance.get_asset_records([key])[0].asset_entry.last_run_id],
            "of type": [record(entry) for entry in only],
            "tags": sorted(instance.get_run_tag_keys()),
            "after delete": deleted(instance, second.run_id, key),
            "after wipe": wiped(instance, key),
        }


def deleted(instance, run_id, key) -> list:
    instance.delete_run(run_id)
    return [instance.has_run(run_id), len(instance.get_runs()), len(instance.fetch_materializations(key, limit=10).records)]


def wiped(instance, key) -> list:
    instance.wipe_assets([key])
    return [instance.has_asset_key(key), instance.get_latest_materialization_event(key) is None]
