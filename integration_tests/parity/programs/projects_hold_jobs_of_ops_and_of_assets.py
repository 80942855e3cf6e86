"""Jobs of ops beside jobs of assets in one project: names, resources, what is missing."""

import seen

import dagster as dg


@dg.asset(required_resource_keys={"db"})
def orders(context):
    return context.resources.db


@dg.op(required_resource_keys={"db"})
def ask(context):
    return context.resources.db


@dg.op
def one():
    return 1


@dg.job
def asking():
    ask()


@dg.job(resource_defs={"db": "of the job"})
def with_its_own():
    ask()


@dg.graph
def plain():
    one()


def facts() -> dict:
    defs = dg.Definitions(
        assets=[orders], jobs=[asking, with_its_own, plain.to_job(), dg.define_asset_job("of_assets")], resources={"db": "of the project"}
    )
    run = lambda name: defs.resolve_job_def(name).execute_in_process()  # noqa: E731
    return {
        "jobs": sorted(job.name for job in defs.resolve_all_job_defs()),
        "of the project": run("asking").output_for_node("ask"),
        "of the job": run("with_its_own").output_for_node("ask"),
        "of assets": run("of_assets").output_for_node("orders"),
        "of a graph": run("plain").success,
        "given at the run": asking.execute_in_process(resources={"db": "of the run"}).output_for_node("ask"),
        "missing at the run": seen.outcome(asking.execute_in_process, mentions=["db", "ask"]),
        "missing in the project": seen.outcome(lambda: dg.Definitions(jobs=[asking]).resolve_job_def("asking"), mentions=["db", "ask"]),
        "missing in the job": seen.outcome(lambda: dg.job(name="j", resource_defs={"x": 1})(lambda: ask() and None), mentions=["db", "ask"]),
        "two of one name": seen.outcome(
            lambda: dg.Definitions(jobs=[dg.job(name="j")(lambda: None), dg.job(name="j")(lambda: None)]).resolve_all_job_defs(), mentions=["j"]
        ),
        "is asset job": [defs.resolve_job_def("of_assets").name, asking.name],
    }
