"""A run that is stored comes back as it was given."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run = dg.DagsterRun(
            job_name="j",
            run_config={"ops": {"a": {"config": {"n": 1.5, "text": "ä", "none": None, "list": [1, "2"]}}}},
            tags={"k": "v", "unicode": "ä😀"},
            step_keys_to_execute=["a", "b"],
            asset_selection=frozenset({dg.AssetKey(["x", "y"])}),
            status=dg.DagsterRunStatus.STARTED,
        )
        given = instance.add_run(run)
        stored = instance.get_run_by_id(run.run_id)
        return {
            "given": given == run,
            "equal": stored == run,
            "config": seen.plain(stored.run_config),
            "tags": seen.tags(stored.tags),
            "selection": seen.plain(stored.asset_selection),
            "steps": list(stored.step_keys_to_execute),
            "status": [stored.status.value, stored.is_finished, stored.is_success, stored.is_cancelable],
            "chain": [stored.root_run_id, stored.parent_run_id],
        }
