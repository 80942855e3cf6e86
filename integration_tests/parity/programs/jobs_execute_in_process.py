"""`define_asset_job` resolved by `Definitions` and executed in the calling process."""

import seen

import dagster as dg


@dg.asset
def raw():
    return 2


@dg.asset
def squared(raw):
    return raw**2


@dg.asset
def unrelated():
    return 0


everything = dg.define_asset_job("everything")
only_squares = dg.define_asset_job("only_squares", selection=["raw", "squared"], tags={"team": "maths"}, description="Squares.")
defs = dg.Definitions(assets=[raw, squared, unrelated], jobs=[everything, only_squares])


def facts() -> dict:
    found = {}
    with dg.instance_for_test() as instance:
        for name in ("everything", "only_squares"):
            result = defs.resolve_job_def(name).execute_in_process(instance=instance)
            run = instance.get_run_by_id(result.run_id)
            found[name] = {
                "success": result.success,
                "events": seen.events(result),
                "squared": result.output_for_node("squared"),
                "asset value": result.asset_value("squared"),
                "job name": run.job_name,
                "status": run.status.value,
                "tags": seen.tags(run.tags),
                "asset selection": seen.plain(run.asset_selection),
            }
        chosen = defs.get_job_def("everything").execute_in_process(
            instance=instance, asset_selection=[dg.AssetKey("raw")], tags={"why": "test"}, run_id=None
        )
        run = instance.get_run_by_id(chosen.run_id)
        found["chosen"] = {
            "steps": [p for p in seen.events(chosen) if p[0] == "STEP_START"],
            "tags": seen.tags(run.tags),
            "asset selection": seen.plain(run.asset_selection),
        }
        found["runs"] = [run.job_name for run in instance.get_runs()]
    without_instance = defs.resolve_job_def("only_squares").execute_in_process()
    job = defs.resolve_job_def("only_squares")
    return {
        **found,
        "without instance": without_instance.output_for_node("squared"),
        "job": {"name": job.name, "description": job.description, "tags": seen.tags(job.tags)},
        "unknown": seen.outcome(lambda: defs.resolve_job_def("nobody"), mentions=["nobody"]),
        "implicit": defs.resolve_implicit_global_asset_job_def().name,
    }
