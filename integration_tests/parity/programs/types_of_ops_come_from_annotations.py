"""Which types ops get: from annotations, from In and Out, from docs; how they show."""

import typing

import seen

import dagster as dg

Even = dg.DagsterType(lambda _, value: value % 2 == 0, name="Even")


class Plain:
    pass


@dg.op
def annotated(a: int, b: str, c: typing.List[int], d: typing.Optional[str] = None) -> float:  # noqa: UP006, UP045
    """Adds.

    Args:
        a: the first.
    """
    return 1.0


@dg.op
def bare(a, b=3):
    return a


@dg.op
def nothing() -> None: ...


@dg.op(ins={"a": dg.In(Even, description="even")}, out=dg.Out(Even, description="also even", metadata={"m": 1}))
def declared(a):
    return a


@dg.op(ins={"a": dg.In(description="said")}, out={"x": dg.Out(int), "y": dg.Out(Plain, is_required=False)})
def mixed(a: Even):
    yield dg.Output(1, "x")


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def tuples() -> typing.Tuple[int, str]:  # noqa: UP006
    return 1, "a"


@dg.op
def of_class(a: Plain) -> typing.Dict[str, Plain]:  # noqa: UP006
    return {}


@dg.op(ins={"start": dg.In(dg.Nothing)})
def after():
    return 1


@dg.op
def gives_output() -> dg.Output[int]:
    return dg.Output(1)


@dg.op
def dynamic() -> typing.List[dg.DynamicOutput[int]]:  # noqa: UP006
    return []


OPS = [annotated, bare, nothing, declared, mixed, tuples, of_class, after, gives_output, dynamic]


def told(op):
    return {
        "inputs": {
            name: [each.dagster_type.display_name, each.description, each.has_default_value]
            for name, each in op.input_dict.items()
        },
        "outputs": {
            name: [each.dagster_type.display_name, each.description, each.is_required, each.is_dynamic]
            for name, each in op.output_dict.items()
        },
        "description": op.description,
        "named": [each.name for each in (*op.input_defs, *op.output_defs)],
    }


def facts() -> dict:
    return {
        "ops": {op.name: seen.outcome(lambda op=op: told(op)) for op in OPS},
        "refused": {
            "parameter that is not there": seen.outcome(lambda: dg.op(ins={"z": dg.In(int)})(_one), mentions=["z"]),
            "nothing as a parameter": seen.outcome(lambda: dg.op(ins={"a": dg.In(dg.Nothing)})(_one), mentions=["a"]),
            "tuple of other length": seen.outcome(lambda: dg.op(out={"x": dg.Out(), "y": dg.Out()})(_three)),
            "default of another type": seen.outcome(lambda: run_default()),
            "name that cannot be": seen.outcome(lambda: dg.op(name="a b")(_one), mentions=["a b"]),
        },
    }


def _one(a): ...


def _three() -> typing.Tuple[int, int, int]: ...  # noqa: UP006


def run_default():
    @dg.op
    def defaulted(a: int = "x"):
        return a

    @dg.job
    def made():
        defaulted()

    return made.execute_in_process().output_for_node("defaulted")
