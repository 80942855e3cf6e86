"""The public attributes of ops, of their ins and outs, and what `@op` refuses."""

import seen

import dagster as dg


@dg.op(
    name="named",
    description="Does it.",
    ins={"a": dg.In(int, description="first", metadata={"m": 1}), "start": dg.In(dg.Nothing)},
    out={"low": dg.Out(int, is_required=False, io_manager_key="files"), "high": dg.Out(description="more", metadata={"x": 2})},
    required_resource_keys={"db"},
    tags={"a": {"b": 1}, "c": "d"},
    retry_policy=dg.RetryPolicy(max_retries=2),
    code_version="3",
    pool="p",
)
def full(context, a, b=5):
    """Documented."""
    return 1, 2


@dg.op
def plain(x: int) -> str:
    """Documented."""
    return str(x)


@dg.op(out=dg.DynamicOut(int))
def dynamic():
    yield dg.DynamicOutput(1, "a")


def ins(op):
    return {
        name: [each.dagster_type.display_name, each.description, sorted(each.metadata), each.input_manager_key]
        for name, each in op.ins.items()
    }


def outs(op):
    return {
        name: [each.dagster_type.display_name, each.description, each.is_required, each.io_manager_key, each.is_dynamic]
        for name, each in op.outs.items()
    }


def facts() -> dict:
    return {
        "full": [full.name, full.description, dict(full.tags), sorted(full.required_resource_keys), full.version, full.pool],
        "ins of full": ins(full),
        "outs of full": outs(full),
        "policy": full.retry_policy.max_retries,
        "plain": [plain.name, plain.description, ins(plain), outs(plain)],
        "dynamic": outs(dynamic),
        "lookups": [
            plain.has_input("x"),
            plain.has_output("x"),
            plain.output_def_named("result").name,
            plain.input_def_named("x").name,
            full.input_def_named("b").default_value,
            full.input_def_named("b").has_default_value,
            full.output_def_named("low").is_required,
        ],
        "in": [dg.In().description, dg.In(default_value=3).default_value, dg.In(int).dagster_type.display_name],
        "out": [dg.Out().is_required, dg.Out().io_manager_key, dg.Out().is_dynamic, dg.DynamicOut().is_dynamic],
        "tuple of types": outs(dg.op(name="t", out={"a": dg.Out(), "b": dg.Out()})(typed)),
        "a bad name": seen.outcome(lambda: dg.op(name="a b")(lambda: 1), mentions=["a b"]),
        "an unknown in": seen.outcome(lambda: dg.op(name="n", ins={"z": dg.In()})(lambda x: 1), mentions=["n", "z"]),
        "star": seen.outcome(lambda: dg.op(name="n")(lambda *a: 1), mentions=["n"]),
        "keywords": seen.outcome(lambda: sorted(dg.op(name="n", ins={"z": dg.In()})(lambda **k: 1).ins)),
        "two outs, one type": seen.outcome(lambda: dg.op(name="n", out={"a": dg.Out(), "b": dg.Out()})(single)),
        "three outs, two types": seen.outcome(lambda: dg.op(name="n", out={"a": dg.Out(), "b": dg.Out(), "c": dg.Out()})(typed)),
        "equal": [plain == plain, plain == full],
        "called": [plain(3), seen.outcome(lambda: plain()), seen.outcome(lambda: plain("x"), mentions=["x"])],
    }


def typed() -> tuple[int, str]:
    return 1, "a"


def single() -> int:
    return 1
