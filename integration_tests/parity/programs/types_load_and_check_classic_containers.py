"""Inputs of classic container types: from run config, between ops, nested, and what their refusals name."""

import seen

import dagster as dg

TYPES = {
    "List[int]": dg.List[int],
    "List[List[str]]": dg.List[dg.List[str]],
    "Optional[List[int]]": dg.Optional[dg.List[int]],
    "List[Optional[int]]": dg.List[dg.Optional[int]],
    "Dict": dg.Dict,
    "Dict[str, int]": dg.Dict[str, int],
    "Set[int]": dg.Set[int],
    "Tuple[int, str]": dg.Tuple[int, str],
    "Tuple": dg.Tuple,
    "list[int]": list[int],
    "int": int,
}
VALUES = {
    "ints": [1, 2],
    "nested": [["a"], []],
    "holes": [1, None],
    "none": None,
    "dict": {"a": 1},
    "dict of numbers": {1: 1},
    "set": {1, 2},
    "tuple": (1, "a"),
    "int": 1,
    "text": "x",
}


def passes(dagster_type, value) -> object:
    @dg.op(out=dg.Out(dg.Any))
    def give():
        return value

    @dg.op(ins={"x": dg.In(dagster_type)})
    def take(x):
        return seen.plain(x)

    @dg.job
    def job():
        take(give())

    result = job.execute_in_process(raise_on_error=False)
    return "passes" if result.success else result.get_step_failure_events()[0].step_failure_data.error.cls_name


def loads(dagster_type, value) -> object:
    @dg.op(ins={"x": dg.In(dagster_type)})
    def take(x):
        return [type(x).__name__, seen.plain(x)]

    def run(config):
        job = dg.job(name="j")(lambda: take() and None)
        return job.execute_in_process(run_config={"ops": {"take": {"inputs": {"x": config}}}}).output_for_node("take")

    return [seen.outcome(lambda: run(value)), seen.outcome(lambda: run({"value": value}))]


def facts() -> dict:
    shown = {name: each for name, each in TYPES.items()}
    resolved = {name: dg.op(ins={"x": dg.In(each)}, name="o")(lambda x: x).input_dict["x"].dagster_type for name, each in shown.items()}
    loaded = ("ints", "none", "dict", "int")
    return {
        "names": {name: [each.display_name, each.has_unique_name] for name, each in resolved.items()},
        "between ops": {name: {key: passes(each, value) for key, value in VALUES.items()} for name, each in TYPES.items()},
        "from config": {
            name: {key: loads(TYPES[name], VALUES[key]) for key in loaded}
            for name in ("List[int]", "Optional[List[int]]", "int", "Dict", "list[int]")
        },
    }
