"""Selectors, maps, arrays, enums and unions of config, right and wrong, inside of each other."""

import seen

import dagster as dg

SCHEMA = {
    "source": dg.Selector({"file": {"path": str}, "table": {"name": str, "schema": dg.Field(str, default_value="public")}}),
    "limits": dg.Map(str, int, key_label_name="day"),
    "tags": dg.Field(dg.Noneable(dg.Array(str)), default_value=None, is_required=False),
    "level": dg.Field(dg.Enum("Level", [dg.EnumValue("LOW", 1), dg.EnumValue("HIGH", 2)]), default_value="LOW"),
    "amount": dg.Field(dg.ScalarUnion(int, {"of": int}), default_value=1),
    "more": dg.Field(dg.Permissive({"known": dg.Field(int, is_required=False)}), is_required=False),
}


@dg.op(config_schema=SCHEMA)
def takes(context):
    return seen.plain(context.op_config)


@dg.job
def made():
    takes()


@dg.op(config_schema=dg.Selector({"a": dg.Field(int, default_value=3)}))
def one_choice(context):
    return seen.plain(context.op_config)


@dg.op(config_schema=dg.Array(dg.Map(int, dg.Noneable(bool))))
def rows(context):
    return seen.plain(context.op_config)


def told(config, op_=None):
    job = made if op_ is None else dg.job(name="j")(lambda: op_() and None)
    name = "takes" if op_ is None else op_.name
    try:
        return job.execute_in_process(run_config={"ops": {name: {"config": config}}}).output_for_node(name)
    except dg.DagsterInvalidConfigError as error:
        return sorted([each.reason.value, [str(level) for level in each.stack.levels]] for each in error.errors)


def with_(**changed):
    config = {"source": {"file": {"path": "x"}}, "limits": {"mon": 1}, **changed}
    return told({name: value for name, value in config.items() if value != "leave out"})


def facts() -> dict:
    return {
        "as it should be": with_(),
        "with everything": with_(tags=["a"], level="HIGH", amount={"of": 3}, more={"known": 1, "other": [1]}),
        "the other choice": with_(source={"table": {"name": "t"}}),
        "both choices": with_(source={"table": {"name": "t"}, "file": {"path": "x"}}),
        "no choice": with_(source={}),
        "no dict": with_(source="file"),
        "None": with_(source=None),
        "an unknown choice": with_(source={"url": 1}),
        "wrong inside": with_(source={"file": {"path": 1, "more": 2}}),
        "empty inside": with_(source={"file": {}}),
        "missing": with_(source="leave out", limits="leave out"),
        "a map with keys of another type": with_(limits={1: 1}),
        "a map with wrong values": with_(limits={"mon": "x", "tue": None}),
        "an empty map": with_(limits={}),
        "a map that is a list": with_(limits=[1]),
        "a list of other things": with_(tags=["a", 1, None]),
        "no list": with_(tags="a"),
        "no member": with_(level="MIDDLE"),
        "a member by value": with_(level=2),
        "neither of a union": with_(amount="x"),
        "wrong in a union": with_(amount={"of": "x"}),
        "wrong in what is open": with_(more={"known": "x"}),
        "several at once": with_(source={"file": {"path": 1}}, limits={"mon": "x"}, level=3, unknown=1),
        "a selector with one choice": [told({}, one_choice), told({"a": 1}, one_choice), told({"b": 1}, one_choice), told({"a": "x"}, one_choice)],
        "rows": [told([{1: True}, {2: None}], rows), told([{"x": True}], rows), told([{1: "x"}, 3], rows), told({}, rows)],
        "refused schemas": [
            seen.outcome(lambda: dg.Map(list, int)),
            seen.outcome(lambda: dg.Selector({"a": 3})),
            seen.outcome(lambda: dg.Field(dg.Selector({"a": int, "b": int}), default_value={"a": 1, "b": 2})),
            seen.outcome(lambda: dg.Field(int, default_value="x")),
            seen.outcome(lambda: dg.Enum("E", [])),
            seen.outcome(lambda: dg.ScalarUnion(scalar_type={"a": int}, non_scalar_schema=int)),
        ],
    }
