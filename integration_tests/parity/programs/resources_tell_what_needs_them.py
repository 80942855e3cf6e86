"""Which resources ops, graphs, jobs, assets and resources need, and what is missing."""

import seen

import dagster as dg


class Client(dg.ConfigurableResource):
    url: str = "u"


class Service(dg.ConfigurableResource):
    client: Client


@dg.resource
def plain(context): ...


@dg.resource(required_resource_keys={"plain"})
def on_top(context): ...


@dg.op(required_resource_keys={"a", "b"})
def keys(context): ...


@dg.op
def typed(client: Client): ...


@dg.op(out=dg.Out(io_manager_key="store"))
def stored(): ...


@dg.graph
def inner():
    keys()
    typed()


@dg.asset(required_resource_keys={"a"}, io_manager_key="store")
def by_keys(context): ...


@dg.asset
def by_type(client: Client, service: Service): ...


@dg.asset(ins={"by_keys": dg.AssetIn(input_manager_key="loads")})
def loading(by_keys): ...


EVERY = {key: dg.ResourceDefinition.hardcoded_resource(key) for key in ("a", "b", "client", "plain", "service")}
EVERY = {**EVERY, "store": dg.mem_io_manager, "loads": dg.mem_io_manager}


def job_of(node, resources=EVERY):
    @dg.job(name="j", resource_defs=resources)
    def made():
        node()

    return made


def loaded(**options):
    def load():
        dg.Definitions.validate_loadable(dg.Definitions(**options))
        return "fine"

    return seen.outcome(load, mentions=["a", "client", "store", "loads", "service"])


def facts() -> dict:
    return {
        "ops": [sorted(op.required_resource_keys) for op in (keys, typed, stored)],
        "assets": [sorted(each.required_resource_keys) for each in (by_keys, by_type, loading)],
        "resources": [sorted(each.required_resource_keys) for each in (plain, on_top)],
        "jobs": [sorted(set(job_of(node).resource_defs) & set(EVERY)) for node in (keys, inner, stored)],
        "missing in jobs": [
            seen.outcome(lambda node=node: job_of(node, {"a": plain}).name, mentions=["b", "client", "store", node.name])
            for node in (keys, typed, stored, inner)
        ],
        "missing in projects": [
            loaded(assets=[by_keys]),
            loaded(assets=[by_type]),
            loaded(assets=[by_keys, loading], resources={"a": 1, "store": dg.mem_io_manager}),
            loaded(assets=[by_type], resources={"client": Client(), "service": Service(client=Client())}),
            loaded(jobs=[dg.job(name="k")(lambda: keys() and None)]),
            loaded(assets=[by_keys], resources={"a": 1, "store": dg.mem_io_manager}),
        ],
        "missing in runs": [
            seen.outcome(lambda: dg.materialize([by_keys], resources={"a": 1}), mentions=["store"]),
            seen.outcome(lambda: dg.materialize([by_type], resources={"client": Client()}), mentions=["service"]),
        ],
    }
