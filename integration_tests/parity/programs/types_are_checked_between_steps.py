"""Checks of types in runs: the events in order, what a failure says, metadata, descriptions, of inputs and outputs."""

import seen

import dagster as dg

Even = dg.DagsterType(lambda _, value: isinstance(value, int) and value % 2 == 0, name="Even")
Told = dg.DagsterType(
    lambda _, value: dg.TypeCheck(success=value != 3, description="three is no", metadata={"value": value}), name="Told"
)


def breaks(_, value):
    raise LookupError("no way")


Broken = dg.DagsterType(breaks, name="Broken")
NoBool = dg.DagsterType(lambda _, value: "yes", name="NoBool")


@dg.op
def number() -> int:
    return 3


@dg.op
def text() -> int:
    return "three"


@dg.op(out=dg.Out(Even))
def odd():
    return 3


@dg.op(out=dg.Out(Told))
def told_fine():
    return 4


@dg.op(out=dg.Out(Told))
def told_not():
    return 3


@dg.op(out=dg.Out(Broken))
def broken():
    return 1


@dg.op(out=dg.Out(NoBool))
def no_bool():
    return 1


@dg.op(out={"a": dg.Out(int), "b": dg.Out(str)})
def two():
    yield dg.Output(1, "a")
    yield dg.Output(2, "b")


@dg.op(out=dg.Out(dg.List[int]))
def listed():
    return [1, "x"]


@dg.op
def takes_even(x: Even):
    return x


@dg.op
def takes_text(x: str):
    return x


@dg.op(ins={"x": dg.In(dg.Optional[int])})
def takes_optional(x):
    return x


@dg.op
def after(x):
    return x


@dg.asset
def typed_asset() -> int:
    return "x"


@dg.asset(dagster_type=Told)
def told_asset():
    return 4


@dg.asset
def downstream(told_asset: str):
    return told_asset


def checks(result):
    """What each check of a type was about and found."""
    told = []
    for event in result.all_events:
        data = event.event_specific_data
        check = getattr(data, "type_check_data", None)
        if check is not None:
            told.append([event.event_type_value, event.step_key, check.success, check.label, seen.metadata(check.metadata)])
    return told


def failure(result):
    told = []
    for event in result.all_events:
        if event.event_type_value == "STEP_FAILURE":
            failed = event.event_specific_data.user_failure_data
            error = event.event_specific_data.error
            told.append([event.step_key, seen.metadata(failed.metadata) if failed else None, error.cls_name])
    return told


def run(*ops):
    @dg.job(name="j")
    def made():
        value = ops[0]()
        for each in ops[1:]:
            value = each(value)

    def ran():
        result = made.execute_in_process(raise_on_error=False)
        return {"success": result.success, "events": seen.step_events(result), "checks": checks(result), "failure": failure(result)}

    return seen.outcome(ran)


def raises(*ops):
    @dg.job(name="j")
    def made():
        value = ops[0]()
        for each in ops[1:]:
            value = each(value)

    return seen.outcome(made.execute_in_process, mentions=["result", "x", ops[-1].name])


def of_assets(*assets):
    def ran():
        result = dg.materialize(list(assets), raise_on_error=False)
        return {"success": result.success, "events": seen.step_events(result), "checks": checks(result), "failure": failure(result)}

    return seen.outcome(ran)


def facts() -> dict:
    return {
        "fits": run(number, takes_optional),
        "output does not fit": run(text, after),
        "own type": run(odd),
        "told": [run(told_fine), run(told_not)],
        "breaks": run(broken),
        "no bool": run(no_bool),
        "second of two": run(two),
        "in a list": run(listed),
        "input does not fit": run(number, takes_even),
        "input of another type": run(number, takes_text, after),
        "raised": {
            "output": raises(text),
            "own": raises(odd),
            "told": raises(told_not),
            "breaks": raises(broken),
            "no bool": raises(no_bool),
            "input": raises(number, takes_even),
        },
        "assets": [of_assets(typed_asset), of_assets(told_asset), of_assets(told_asset, downstream)],
    }
