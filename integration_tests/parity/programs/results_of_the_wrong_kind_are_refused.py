"""What an asset's function may not hand back."""

import seen

import dagster as dg


@dg.asset
def two_outputs():
    yield dg.Output(1)
    yield dg.Output(2)


@dg.asset
def unknown_output():
    yield dg.Output(1, output_name="nobody")


@dg.asset
def foreign_key():
    return dg.MaterializeResult(asset_key="somebody_else")


@dg.asset
def a_generator_of_values():
    yield 1


@dg.asset
def nothing_yielded():
    if False:
        yield dg.Output(1)


@dg.asset
def bad_metadata():
    return dg.Output(1, metadata={"x": object()})


@dg.asset
def a_tuple_of_results():
    return (dg.MaterializeResult(), 2)


CASES = [two_outputs, unknown_output, foreign_key, a_generator_of_values, nothing_yielded, bad_metadata, a_tuple_of_results]


def facts() -> dict:
    found = {}
    for asset in CASES:
        name = asset.key.to_user_string()
        quiet = dg.materialize_to_memory([asset], raise_on_error=False)
        found[name] = {
            "loud": seen.outcome(lambda asset=asset: dg.materialize_to_memory([asset]).success),
            "success": quiet.success,
            "events": seen.step_events(quiet),
        }
    return found
