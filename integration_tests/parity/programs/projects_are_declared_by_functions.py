"""`@definitions`: a project that is declared by a function."""

import seen

import dagster as dg

calls: list = []


@dg.definitions
def defs():
    calls.append("defs")
    return dg.Definitions(assets=[dg.AssetSpec("a")])


@dg.definitions
def wrong():
    return 5


def facts() -> dict:
    before = list(calls)
    made = defs()
    return {
        "called at import": before,
        "called": len(calls),
        "class": type(made).__name__,
        "keys": [key.to_user_string() for key in made.resolve_all_asset_keys()],
        "of a number": seen.outcome(lambda: wrong()),
        "with arguments": seen.outcome(lambda: dg.definitions(lambda a, b: None)),
        "with an argument without a type": seen.outcome(lambda: dg.definitions(lambda context: None)),
        "of no function": seen.outcome(lambda: dg.definitions(5)),
        "without a function": seen.outcome(lambda: dg.definitions()),
        "raising": seen.outcome(lambda: dg.definitions(lambda: 1 / 0)()),
    }
