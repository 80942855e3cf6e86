"""`input_config_schema` of input managers: run config says something for each input that they load."""

import seen

import dagster as dg

TOLD: list = []


@dg.input_manager(input_config_schema={"where": str, "limit": dg.Field(int, default_value=5)})
def table(context):
    above = context.upstream_output
    TOLD.append([context.name, seen.plain(context.config), None if above is None else above.name])
    return [1, 2, 3]


@dg.input_manager
def plain():
    return 7


@dg.op
def one():
    return 1


@dg.op(ins={"x": dg.In(input_manager_key="table")})
def takes(x):
    return len(x)


@dg.op(ins={"x": dg.In(input_manager_key="table"), "y": dg.In(input_manager_key="plain"), "z": dg.In(int)})
def takes_three(x, y, z):
    return len(x) + y + z


@dg.graph
def inside():
    return takes()


@dg.asset
def upper():
    return 1


@dg.asset(ins={"upper": dg.AssetIn(input_manager_key="table")})
def lower(upper):
    return len(upper)


def ran(body, config, node=None):
    TOLD.clear()

    @dg.job(name="j", resource_defs={"table": table, "plain": plain})
    def made():
        body()

    def run():
        result = made.execute_in_process(run_config=config)
        return [result.output_for_node(node) if node else result.success, list(TOLD)]

    return seen.outcome(run, mentions=["where", "root"])


def made_assets(config):
    TOLD.clear()
    return seen.outcome(lambda: [dg.materialize([upper, lower], resources={"table": table}, run_config=config).success, list(TOLD)])


def facts() -> dict:
    where = {"x": {"where": "here"}}
    return {
        "fed by nothing": ran(takes, {"ops": {"takes": {"inputs": where}}}, "takes"),
        "fed by an op": ran(lambda: takes(one()), {"ops": {"takes": {"inputs": where}}}, "takes"),
        "with a default": ran(takes, {"ops": {"takes": {"inputs": {"x": {"where": "there", "limit": 1}}}}}, "takes"),
        "missing": ran(lambda: takes(one()), {}),
        "missing, fed by nothing": ran(takes, {}),
        "of another type": ran(takes, {"ops": {"takes": {"inputs": {"x": {"where": 3}}}}}),
        "unknown entry": ran(takes, {"ops": {"takes": {"inputs": {"x": {"where": "w", "when": "now"}}}}}),
        "beside others": ran(takes_three, {"ops": {"takes_three": {"inputs": {**where, "z": 4}}}}, "takes_three"),
        "inside of a graph": ran(inside, {"ops": {"inside": {"ops": {"takes": {"inputs": where}}}}}, "inside"),
        "assets": made_assets({"ops": {"lower": {"inputs": {"upper": {"where": "here"}}}}}),
        "assets without": made_assets({}),
    }
