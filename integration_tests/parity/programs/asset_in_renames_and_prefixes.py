"""`AssetIn`: another name, a prefix, a key, and what the function then gets."""

import seen

import dagster as dg


@dg.asset(key_prefix=["warehouse", "raw"])
def orders():
    return [1, 2]


@dg.asset(key=["warehouse", "customers"])
def any_name():
    return ["c"]


@dg.asset(name="total_orders", key_prefix="marts")
def compute():
    return 99


@dg.asset(
    ins={
        "given": dg.AssetIn(key=["warehouse", "raw", "orders"]),
        "customers": dg.AssetIn(key_prefix="warehouse"),
        "total_orders": dg.AssetIn(key_prefix=["marts"], metadata={"why": "check"}),
    }
)
def joined(given, customers, total_orders):
    return [given, customers, total_orders]


@dg.asset(ins={"one": dg.AssetIn("joined")})
def renamed(one):
    return len(one)


@dg.asset(ins={"joined": dg.AssetIn(), "extra": dg.AssetIn("renamed")})
def explicit_default(joined, extra):
    return [len(joined), extra]


def refused() -> dict:
    def no_such_argument():
        @dg.asset(ins={"absent": dg.AssetIn("x")})
        def a():
            return 1

    def key_and_prefix():
        dg.AssetIn(key="a", key_prefix="b")

    def name_and_key():
        @dg.asset(name="n", key="k")
        def a():
            return 1

    return {f.__name__: seen.outcome(f) for f in (no_such_argument, key_and_prefix, name_and_key)}


def facts() -> dict:
    assets = [orders, any_name, compute, joined, renamed, explicit_default]
    with dg.instance_for_test() as instance:
        result = dg.materialize(assets, instance=instance)
        return {
            "joined": result.output_for_node("joined"),
            "renamed": result.output_for_node("renamed"),
            "explicit": result.output_for_node("explicit_default"),
            "keys": [a.key.to_user_string() for a in assets],
            "ops": [a.op.name for a in assets],
            "keys by input": {n: seen.plain(k) for n, k in sorted(joined.keys_by_input_name.items())},
            "deps": sorted(d.asset_key.to_user_string() for d in next(iter(joined.specs)).deps),
            "steps": seen.step_events(result),
            "prefixed value": result.output_for_node("warehouse__raw__orders"),
            "refused": refused(),
        }
