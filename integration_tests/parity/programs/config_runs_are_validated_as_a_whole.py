"""validate_run_config and RunConfig over jobs of ops, of assets, with resources, inputs and graphs."""

import seen

import dagster as dg


class Limits(dg.Config):
    rows: int
    label: str = "all"


@dg.resource(config_schema={"host": str, "port": dg.Field(int, default_value=80)})
def server(context): ...


class Api(dg.ConfigurableResource):
    url: str
    retries: int = 3


@dg.op
def typed(config: Limits): ...


@dg.op(config_schema={"n": dg.Field(int, default_value=1)}, required_resource_keys={"server"})
def classic(context): ...


@dg.op
def takes(x: int): ...


@dg.op
def with_api(api: Api): ...


@dg.graph
def inner():
    typed()
    classic()


@dg.job(resource_defs={"server": server, "api": Api.configure_at_launch(), "unused": server})
def everything():
    takes()
    inner()
    with_api()


@dg.asset
def orders(config: Limits): ...


@dg.asset(required_resource_keys={"server"})
def customers(context): ...


GOOD = {
    "ops": {"takes": {"inputs": {"x": 3}}, "inner": {"ops": {"typed": {"config": {"rows": 1}}}}},
    "resources": {"server": {"config": {"host": "h"}}, "api": {"config": {"url": "u"}}},
}


def parts(job, run_config):
    def validated():
        made = dg.validate_run_config(job, run_config)
        return {"ops": {name: entry["config"] for name, entry in made["ops"].items()}, "resources": {key: value for key, value in made["resources"].items() if key != "io_manager"}}

    return seen.outcome(validated, mentions=["host", "rows", "x"])


def without(config, *path):
    copied = {key: value if not isinstance(value, dict) else without(value) for key, value in config.items()}
    if path:
        place = copied
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
    return copied


def facts() -> dict:
    project = dg.Definitions(
        assets=[orders, customers],
        jobs=[dg.define_asset_job("all_assets"), dg.define_asset_job("some", selection=["orders"], config={"ops": {}})],
        resources={"server": server},
    )
    of_assets = project.resolve_job_def("all_assets")
    assets = {"ops": {"orders": {"config": {"rows": 2}}}, "resources": {"server": {"config": {"host": "h"}}}}
    return {
        "good": parts(everything, GOOD),
        "as an object": parts(
            everything,
            dg.RunConfig(
                ops={"takes": {"inputs": {"x": 3}}, "inner": {"ops": {"typed": {"config": {"rows": 1}}}}},
                resources={"server": {"config": {"host": "h"}}, "api": Api(url="u")},
            ),
        ),
        "missing": [
            parts(everything, without(GOOD, *path))
            for path in (
                ("ops", "takes"),
                ("ops", "inner"),
                ("resources", "server"),
                ("resources", "api", "config", "url"),
                ("resources",),
                ("ops",),
            )
        ],
        "none": parts(everything, None),
        "too much": [
            parts(everything, {**GOOD, "more": 1}),
            parts(everything, {**GOOD, "ops": {**GOOD["ops"], "other": {}}}),
            parts(everything, {**GOOD, "resources": {**GOOD["resources"], "other": {}}}),
        ],
        "assets": [parts(of_assets, assets), parts(of_assets, without(assets, "ops")), parts(project.resolve_job_def("some"), None)],
        "no job": seen.outcome(lambda: dg.validate_run_config(orders, {})),
        "no config": seen.outcome(lambda: dg.validate_run_config(everything, 3)),
    }
