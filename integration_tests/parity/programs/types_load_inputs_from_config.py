"""Inputs that nothing feeds, from run config: scalars, containers, loaders of one's own, of typed schemas."""

import json
import os
import pickle

import seen

import dagster as dg


@dg.dagster_type_loader({"rows": int, "prefix": dg.Field(str, default_value="r")})
def load_rows(context, config):
    return [f"{config['prefix']}{number}" for number in range(config["rows"])]


@dg.dagster_type_loader(dg.Selector({"csv": str, "inline": [str]}))
def load_either(context, config):
    (kind, value), *_ = config.items()
    return [kind, value]


@dg.dagster_type_loader(dg.StringSource, required_resource_keys={"shout"})
def load_shouted(context, config):
    return context.resources.shout(config)


@dg.dagster_type_loader(int)
def load_failing(context, config):
    raise LookupError(f"no {config}")


@dg.dagster_type_loader(int)
def load_wrong(context, config):
    return "not a list"


def is_list(_, value):
    return isinstance(value, list)


Rows = dg.DagsterType(is_list, name="Rows", loader=load_rows)
Either = dg.DagsterType(is_list, name="Either", loader=load_either)
Shouted = dg.DagsterType(lambda _, value: True, name="Shouted", loader=load_shouted)
Failing = dg.DagsterType(is_list, name="Failing", loader=load_failing)
Wrong = dg.DagsterType(is_list, name="Wrong", loader=load_wrong)


@dg.usable_as_dagster_type(loader=load_rows)
class Known(list):
    pass


def taking(kind, **options):
    @dg.op(name="node", ins={"x": dg.In(kind, **options)})
    def node(context, x):
        return x

    return node


def run(kind, value=None, given=True, resources=None, **options):
    def ran():
        node = taking(kind, **options)

        @dg.job(resource_defs=resources)
        def made():
            node()

        run_config = {"ops": {"node": {"inputs": {"x": value}}}} if given else None
        result = made.execute_in_process(run_config=run_config)
        return [result.output_for_node("node"), seen.step_events(result)]

    return seen.outcome(ran, mentions=["x", "node"])


def facts() -> dict:
    os.environ["PARITY_TEXT"] = "text"
    folder = os.getcwd()
    with open(os.path.join(folder, "value.json"), "w") as file:
        json.dump({"value": 7}, file)
    with open(os.path.join(folder, "value.pickle"), "wb") as file:
        pickle.dump(8, file)
    return {
        "int": [run(int, 3), run(int, {"value": 3}), run(int, "3"), run(int, {"value": "x"}), run(int, given=False)],
        "int from files": [
            run(int, {"json": {"path": os.path.join(folder, "value.json")}}),
            run(int, {"pickle": {"path": os.path.join(folder, "value.pickle")}}),
        ],
        "str": [run(str, "a"), run(str, {"value": "a"}), run(str, 3)],
        "float": [run(float, 1.5), run(float, 2), run(float, {"value": 2.5})],
        "bool": [run(bool, True), run(bool, {"value": False})],
        "any": [run(dg.Any, 3), run(dg.Any, {"value": {"a": 1}}), run(dg.Any, {"a": 1})],
        "list of int": [run(dg.List[int], [1, 2]), run(dg.List[int], [{"value": 1}, 2]), run(dg.List[int], ["x"])],
        "list": [run(list, [1, "a"]), run(dg.List, [1])],
        "dict": [run(dict, {"a": 1}), run(dg.Dict, {"a": 1}), run(dg.Dict[str, int], {"a": 1})],
        "optional": [run(dg.Optional[int], 3), run(dg.Optional[int], None), run(dg.Optional[int], given=False)],
        "tuple": run(dg.Tuple[int, str], [1, "a"]),
        "set": run(dg.Set[int], [1]),
        "nothing": run(dg.Nothing, 3),
        "own": [run(Rows, {"rows": 2}), run(Rows, {"rows": 1, "prefix": "x"}), run(Rows, {}), run(Rows, {"rows": "x"})],
        "either": [run(Either, {"csv": "a"}), run(Either, {"inline": ["b"]}), run(Either, {"csv": "a", "inline": []})],
        "with resources": [
            run(Shouted, "hi", resources={"shout": dg.ResourceDefinition.hardcoded_resource(str.upper)}),
            run(Shouted, {"env": "PARITY_TEXT"}, resources={"shout": dg.ResourceDefinition.hardcoded_resource(str.upper)}),
            run(Shouted, "hi"),
        ],
        "failing": run(Failing, 3),
        "wrong": run(Wrong, 3),
        "known class": run(Known, {"rows": 1}),
        "default": [run(int, given=False, default_value=9), run(int, 4, default_value=9)],
        "list of own": run(dg.List[Rows], [{"rows": 1}, {"rows": 2}]),
    }
