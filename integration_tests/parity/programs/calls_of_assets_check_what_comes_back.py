"""Generators, coroutines and functions of several assets called directly."""

import asyncio

import seen

import dagster as dg


def told(value):
    if isinstance(value, dg.Output):
        return ["Output", value.output_name, seen.plain(value.value)]
    if isinstance(value, (dg.MaterializeResult, dg.ObserveResult)):
        return [type(value).__name__, seen.plain(value.asset_key)]
    if isinstance(value, dg.AssetMaterialization):
        return ["AssetMaterialization", value.asset_key.to_user_string()]
    if isinstance(value, (list, tuple)):
        return [told(each) for each in value]
    return seen.plain(value)


def called(function, decorator=dg.asset, consume=lambda made: made) -> dict:
    return seen.outcome(lambda: told(consume(decorator(function)())))


def outs(function, consume=lambda made: made) -> dict:
    return called(function, dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}), consume)


def specs(function, consume=lambda made: made) -> dict:
    return called(function, dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")]), consume)


def named(name):
    def decorate(function):
        function.__name__ = name
        return function

    return decorate


def yields(*results):
    def made():
        yield from results

    return made


def returns(result):
    def made():
        return result

    return made


async def coroutine():
    return 5


async def generator():
    yield dg.Output(5)


async def two():
    return 1, 2


def collected(made):
    async def collect():
        return [each async for each in made]

    return asyncio.run(collect())


def facts() -> dict:
    mr = dg.MaterializeResult
    return {
        "generator": called(yields(dg.AssetMaterialization("q"), dg.Output(5)), consume=list),
        "generator without a value": called(yields(), consume=list),
        "generator of an optional one": called(yields(), dg.asset(output_required=False), consume=list),
        "coroutine": called(coroutine, consume=asyncio.run),
        "asynchronous generator": called(generator, consume=collected),
        "output": called(returns(dg.Output(5, metadata={"a": 1}))),
        "result": called(returns(mr(metadata={"a": 1}))),
        "two": outs(returns((1, 2))),
        "two awaited": outs(two, consume=asyncio.run),
        "one of two": outs(returns(1)),
        "three of two": outs(returns((1, 2, 3))),
        "none of two": outs(returns(None)),
        "yielded": outs(yields(dg.Output(1, "a"), dg.Output(2, "b")), list),
        "yielded once": outs(yields(dg.Output(1, "a")), list),
        "yielded twice": outs(yields(dg.Output(1, "a"), dg.Output(1, "a")), list),
        "specs": specs(returns((mr("a"), mr("b")))),
        "specs: nothing": specs(returns(None)),
        "specs: of another": specs(returns((mr("zz"), mr("a")))),
        "specs: yielded once": specs(yields(mr("a")), list),
        "observed once": called(
            yields(dg.ObserveResult("a")),
            dg.multi_observable_source_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")]),
            list,
        ),
    }
