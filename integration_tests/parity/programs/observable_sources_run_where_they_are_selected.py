"""Which runs observe: jobs that select a source, not runs that materialize."""

import seen

import dagster as dg


@dg.observable_source_asset(
    name="n", key_prefix=["p"], group_name="g", description="d", tags={"a": "b"}, metadata={"z": 1}
)
def watched():
    """Unused."""
    return dg.DataVersion("1")


@dg.asset(deps=[watched])
def below(): ...


def facts() -> dict:
    jobs = [
        dg.define_asset_job("look", selection=[watched.key]),
        dg.define_asset_job("both", selection=[watched.key, below.key]),
        dg.define_asset_job("all"),
        dg.define_asset_job("upstream", selection=dg.AssetSelection.assets("below").upstream()),
    ]
    defs = dg.Definitions(assets=[watched, below], jobs=jobs)
    instance = dg.DagsterInstance.ephemeral()
    run = defs.resolve_job_def("look").execute_in_process(instance=instance)
    graph = defs.resolve_asset_graph()
    return {
        "attributes": [
            watched.key.to_user_string(),
            watched.group_name,
            watched.description,
            dict(watched.tags),
            seen.metadata(watched.metadata),
            watched.op.name,
            watched.is_observable,
            watched.is_executable,
            sorted(watched.required_resource_keys),
        ],
        "jobs": {
            job.name: seen.step_events(defs.resolve_job_def(job.name).execute_in_process())
            for job in jobs
        },
        "the job over all": seen.step_events(defs.resolve_implicit_global_asset_job_def().execute_in_process()),
        "materialize it alone": seen.step_events(dg.materialize([watched])),
        "materialize both": seen.step_events(dg.materialize([watched, below])),
        "success": run.success,
        "log": seen.log(instance, run.run_id),
        "graph": {
            "executable": sorted(key.to_user_string() for key in graph.executable_asset_keys),
            "materializable": sorted(key.to_user_string() for key in graph.materializable_asset_keys),
            "external": sorted(key.to_user_string() for key in graph.external_asset_keys),
        },
        "key and name": seen.outcome(lambda: dg.observable_source_asset(key="a", name="b")(lambda: None)),
        "materialization": seen.plain(instance.get_latest_materialization_event(watched.key)),
    }
