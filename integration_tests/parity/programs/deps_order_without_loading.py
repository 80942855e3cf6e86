"""`deps=` in all its forms, together with arguments."""

import seen

import dagster as dg


@dg.asset
def table():
    return None


@dg.asset(key_prefix="p")
def prefixed():
    return None


@dg.asset
def loaded():
    return 7


@dg.asset(
    deps=[
        table,
        "by_string",
        ["by", "path"],
        dg.AssetKey("by_key"),
        dg.AssetSpec("by_spec"),
        dg.AssetDep("by_dep"),
        dg.AssetDep(prefixed),
    ]
)
def after_all(loaded):
    return loaded + 1


@dg.asset(deps=["table"])
def nothing_loaded(context: dg.AssetExecutionContext):
    context.log.info("no input")


def refused() -> dict:
    def argument_and_dep():
        @dg.asset(deps=["loaded"])
        def a(loaded):
            return 1

    def in_and_dep():
        @dg.asset(ins={"x": dg.AssetIn("loaded")}, deps=["loaded"])
        def a(x):
            return 1

    def twice():
        @dg.asset(deps=["loaded", "loaded"])
        def a():
            return 1

        return len(next(iter(a.specs)).deps)

    def dep_of_a_number():
        @dg.asset(deps=[1])
        def a():
            return 1

    def self_dep():
        @dg.asset(deps=["a"])
        def a():
            return 1

        dg.materialize_to_memory([a])

    cases = (argument_and_dep, in_and_dep, twice, dep_of_a_number, self_dep)
    return {case.__name__: seen.outcome(case) for case in cases}


def facts() -> dict:
    assets = [after_all, nothing_loaded, loaded, table, prefixed]
    with dg.instance_for_test() as instance:
        result = dg.materialize(assets, instance=instance)
        steps = [e.step_key for e in result.all_events if e.event_type_value == "STEP_START"]
        return {
            "steps": steps,
            "events": seen.step_events(result),
            "deps": [d.asset_key.to_user_string() for d in next(iter(after_all.specs)).deps],
            "dependency keys": sorted(k.to_user_string() for k in after_all.dependency_keys),
            "inputs": sorted(after_all.keys_by_input_name),
            "value": result.output_for_node("after_all"),
            "stored for nothing": instance.get_latest_materialization_event(dg.AssetKey("nothing_loaded")) is not None,
            "refused": refused(),
        }
