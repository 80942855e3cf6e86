"""Decorated functions called directly, with values for their arguments."""

import asyncio

import seen

import dagster as dg


@dg.asset
def plain():
    return 1


@dg.asset
def taking(p):
    return p + 1


@dg.asset
def optional(p=5):
    return p


@dg.asset(deps=["z"])
def ordered():
    return 1


@dg.asset(ins={"x": dg.AssetIn("u")})
def renamed(x):
    return x


@dg.asset(ins={"x": dg.AssetIn("u")})
def keywords(**kwargs):
    return kwargs


@dg.asset
def typed(p: int) -> int:
    return p


@dg.asset
def wrong() -> int:
    return "a"


@dg.asset
def nothing() -> None:
    return None


@dg.asset
def something() -> None:
    return 5


@dg.asset
def raising():
    raise ValueError("x")


@dg.asset
def failing():
    raise dg.Failure("x")


@dg.asset
def requesting():
    raise dg.RetryRequested(2)


@dg.asset
def calling():
    return plain() + taking(1)


def facts() -> dict:
    call = seen.outcome

    async def in_a_loop():
        return plain(), taking(3)

    return {
        "plain": call(lambda: plain()),
        "by position": call(lambda: taking(1)),
        "by name": call(lambda: taking(p=1)),
        "missing": call(lambda: taking(), ["p"]),
        "too many": call(lambda: taking(1, 2), ["taking"]),
        "another name": call(lambda: taking(1, q=2)),
        "twice": call(lambda: taking(1, p=2)),
        "default": call(lambda: optional()),
        "ordered": call(lambda: ordered()),
        "renamed": call(lambda: [renamed(1), renamed(x=2)]),
        "keywords": call(lambda: keywords(x=3)),
        "keywords by position": call(lambda: keywords(3)),
        "typed": call(lambda: typed(1)),
        "of another type": call(lambda: typed("a"), ["p", "Int", "typed"]),
        "returns another type": call(lambda: wrong(), ["wrong", "Int"]),
        "nothing": call(lambda: nothing()),
        "something for nothing": call(lambda: something()),
        "raising": call(lambda: raising(), ["x"]),
        "failing": call(lambda: failing(), ["x"]),
        "requesting": call(lambda: requesting()),
        "calling others": call(lambda: calling()),
        "inside of a loop": call(lambda: list(asyncio.run(in_a_loop()))),
        "inside of a run": dg.materialize_to_memory([calling]).output_for_node("calling"),
        "with attributes": call(lambda: plain.with_attributes(group_names_by_key={plain.key: "g"})()),
        "an external asset": call(lambda: dg.AssetsDefinition(specs=[dg.AssetSpec("a")])() and None) != {"returns": None},
    }
