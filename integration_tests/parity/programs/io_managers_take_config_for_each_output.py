"""`output_config_schema` of IO managers: run config says something for each output, and the context has it."""

import seen

import dagster as dg


class Shelf(dg.IOManager):
    def __init__(self):
        self.values = {}
        self.told = []

    def handle_output(self, context, obj):
        self.told.append(["stores", context.name, seen.plain(context.config)])
        self.values[tuple(context.get_identifier())] = obj

    def load_input(self, context):
        above = context.upstream_output
        self.told.append(["loads", context.name, seen.plain(context.config), seen.plain(above.config)])
        return self.values[tuple(above.get_identifier())]


@dg.op
def one():
    return 1


@dg.op
def ident(x):
    return x


@dg.op(out={"p": dg.Out(), "q": dg.Out()})
def two():
    return 1, 2


@dg.op(out=dg.DynamicOut())
def several():
    yield dg.DynamicOutput(1, "k")


@dg.asset
def upper():
    return 1


@dg.asset
def lower(upper):
    return upper


@dg.multi_asset(outs={"left": dg.AssetOut(), "right": dg.AssetOut(io_manager_key="other")})
def both():
    return 1, 2


class ByClass(dg.ConfigurableIOManager):
    @classmethod
    def output_config_schema(cls):
        return {"path": str}

    def handle_output(self, context, obj):
        assert context.config["path"] in ("x", "y")

    def load_input(self, context):
        return context.upstream_output.config["path"]


def manager(shelf, schema):
    return dg.io_manager(output_config_schema=schema)(lambda _: shelf)


def ran(body, config, schema=None, **options):
    shelf = Shelf()

    @dg.job(name="j", resource_defs={"io_manager": manager(shelf, schema or {"path": str, "n": dg.Field(int, default_value=3)})})
    def made():
        body()

    return seen.outcome(lambda: [made.execute_in_process(run_config=config, **options).success, shelf.told], mentions=["path", "root"])


def made_assets(assets, config):
    shelf = Shelf()
    resources = {"io_manager": manager(shelf, {"path": str}), "other": dg.mem_io_manager}
    return seen.outcome(lambda: [dg.materialize(assets, resources=resources, run_config=config).success, shelf.told])


def says(**paths):
    return {"ops": {op: {"outputs": {"result": {"path": path}}} for op, path in paths.items()}}


def of_class():
    @dg.job(name="j", resource_defs={"io_manager": ByClass()})
    def made():
        ident(one())

    return [
        seen.outcome(lambda: made.execute_in_process(run_config=says(one="x", ident="y")).success),
        seen.outcome(lambda: made.execute_in_process().success),
    ]


def valid(config):
    @dg.job(name="j", resource_defs={"io_manager": manager(Shelf(), {"path": dg.Field(str, is_required=False)})})
    def made():
        ident(one())

    return seen.outcome(lambda: dg.validate_run_config(made, config)["ops"])


def facts() -> dict:
    chain = lambda: ident(one())  # noqa: E731
    optional = {"path": dg.Field(str, is_required=False)}
    return {
        "given": ran(chain, says(one="x", ident="y")),
        "one is missing": ran(chain, says(one="x")),
        "none is given": ran(chain, {}),
        "of another type": ran(chain, {"ops": {"one": {"outputs": {"result": {"path": 3}}}, "ident": {"outputs": {"result": {"path": "y"}}}}}),
        "no such entry": ran(chain, {"ops": {"one": {"outputs": {"result": {"path": "x", "z": 1}}}, "ident": {"outputs": {"result": {"path": "y"}}}}}),
        "no such output": ran(chain, {"ops": {"one": {"outputs": {"resul": {"path": "x"}}}, "ident": {"outputs": {"result": {"path": "y"}}}}}),
        "as a list": ran(chain, {"ops": {"one": {"outputs": [{"result": {"path": "x"}}]}, "ident": {"outputs": {"result": {"path": "y"}}}}}),
        "all optional": ran(chain, {}, optional),
        "several outputs": ran(two, {"ops": {"two": {"outputs": {"p": {"path": "x"}, "q": {"path": "z", "n": 5}}}}}),
        "one of several": ran(two, {"ops": {"two": {"outputs": {"p": {"path": "x"}}}}}),
        "dynamic": ran(lambda: several().map(ident), says(several="x", ident="y")),
        "fan-in": ran(lambda: ident([one(), one()]), says(one="x", one_2="y", ident="z")),
        "a part of the job": ran(chain, says(one="x"), op_selection=["one"]),
        "without a schema": seen.outcome(lambda: dg.job(name="j")(lambda: one() and None).execute_in_process(run_config=says(one="x")).success),
        "by class": of_class(),
        "valid": [valid({}), valid(says(one="x"))],
        "assets": made_assets([upper, lower], says(upper="x", lower="y")),
        "assets without": made_assets([upper, lower], {}),
        "multi asset": made_assets([both], {"ops": {"both": {"outputs": {"left": {"path": "x"}}}}}),
        "multi asset, the other": made_assets([both], {"ops": {"both": {"outputs": {"left": {"path": "x"}, "right": {"path": "y"}}}}}),
    }
