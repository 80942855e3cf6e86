"""Types between ops: functions that give `TypeCheck`, that raise, that take resources; what events and errors tell; nothing and any."""

import seen

import dagster as dg

EVEN = dg.DagsterType(
    name="Even",
    type_check_fn=lambda _context, value: dg.TypeCheck(
        success=isinstance(value, int) and value % 2 == 0,
        description=f"{value!r} is looked at",
        metadata={"value": str(value)},
    ),
    description="An even number.",
)
RAISING = dg.DagsterType(name="Raising", type_check_fn=lambda _context, _value: 1 / 0)
WRONG = dg.DagsterType(name="Wrong", type_check_fn=lambda _context, _value: "yes")
BOUNDED = dg.DagsterType(
    name="Bounded",
    type_check_fn=lambda context, value: value < context.resources.limit,
    required_resource_keys={"limit"},
)


class Person:
    pass


PERSON = dg.PythonObjectDagsterType(Person, name="APerson", description="A person.")


@dg.usable_as_dagster_type(name="Marked", description="Marked.")
class Marked:
    pass


CASES = {
    "even": (EVEN, 2),
    "odd": (EVEN, 3),
    "broken": (RAISING, 1),
    "no check": (WRONG, 1),
    "bounded": (BOUNDED, 1),
    "not bounded": (BOUNDED, 9),
    "a person": (PERSON, Person()),
    "no person": (PERSON, 1),
    "marked": (Marked, Marked()),
    "not marked": (Marked, 1),
    "list": (dg.List[int], [1, "a"]),
    "optional": (dg.Optional[int], None),
    "not optional": (dg.Optional[int], "a"),
    "dict": (dict[str, int], {"a": 1}),
    "no dict": (dict[str, int], {"a": "b"}),
    "tuple": (tuple[int, str], (1, 2)),
    "set": (set[int], {1}),
    "any": (dg.Any, object),
    "float of int": (float, 1),
    "int of bool": (int, True),
    "str": (str, b"x"),
    "nothing": (dg.Nothing, None),
    "value for nothing": (dg.Nothing, 3),
}


def run(dagster_type, value, side) -> dict:
    outs = {"result": dg.Out(dagster_type)} if side == "out" else {"result": dg.Out()}
    ins = {"x": dg.In(dagster_type)} if side == "in" else {"x": dg.In(dg.Any)}

    @dg.op(out=outs)
    def give():
        return value

    if side == "in" and dagster_type is dg.Nothing:

        @dg.op(ins=ins)
        def take():
            return None
    else:

        @dg.op(ins=ins)
        def take(x):
            return None

    @dg.job(resource_defs={"limit": dg.ResourceDefinition.hardcoded_resource(5)})
    def typed():
        if side == "out" and dagster_type is dg.Nothing:
            give()
        else:
            take(give())

    result = typed.execute_in_process(raise_on_error=False)
    checks = [
        event.event_specific_data.type_check_data
        for event in result.all_events
        if event.event_type_value in ("STEP_OUTPUT", "STEP_INPUT")
    ]
    failed = [event.step_failure_data for event in result.get_step_failure_events()]
    return {
        "success": result.success,
        "events": seen.step_events(result),
        "checks": [[check.success, check.label, bool(check.description), sorted(check.metadata)] for check in checks],
        "failed": [[data.error.cls_name, data.error.cause.cls_name if data.error.cause else None] for data in failed],
        "raised": seen.outcome(lambda: typed.execute_in_process().success),
    }


def facts() -> dict:
    return {
        "out": {name: run(*case, "out") for name, case in CASES.items()},
        "in": {name: run(*case, "in") for name, case in CASES.items()},
        "check": {name: [found.success, bool(found.description)] for name, found in (
            ("even", dg.check_dagster_type(EVEN, 2)),
            ("odd", dg.check_dagster_type(EVEN, 3)),
            ("marked", dg.check_dagster_type(Marked, Marked())),
            ("int", dg.check_dagster_type(int, "a")),
        )},
    }
