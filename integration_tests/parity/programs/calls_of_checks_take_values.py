"""Functions of checks called directly, and `build_asset_check_context`."""

import seen

import dagster as dg


class Limit(dg.ConfigurableResource):
    rows: int = 1


@dg.asset_check(asset="a")
def plain(a):
    return dg.AssetCheckResult(passed=a > 1)


@dg.asset_check(asset="a")
def asking(context, a):
    return dg.AssetCheckResult(passed=a > 1, metadata={"ephemeral": context.instance.is_ephemeral})


@dg.asset_check(asset="a")
def limited(limit: Limit):
    return dg.AssetCheckResult(passed=limit.rows == 2)


def several(function):
    specs = [dg.AssetCheckSpec("x", asset="a"), dg.AssetCheckSpec("y", asset="a")]
    return dg.multi_asset_check(specs=specs)(function)


def yields(*results):
    def made():
        yield from results

    return made


def told(result):
    if isinstance(result, dg.AssetCheckResult):
        return [result.passed, result.check_name, seen.metadata(result.metadata)]
    return [told(each) for each in result]


def call(made, mentions=()) -> dict:
    return seen.outcome(lambda: told(made()), mentions)


def facts() -> dict:
    result, build = dg.AssetCheckResult, dg.build_asset_check_context
    x, y = result(passed=True, check_name="x"), result(passed=False, check_name="y")
    return {
        "passed": call(lambda: plain(2)),
        "by name": call(lambda: plain(a=0)),
        "missing": call(lambda: plain(), ["a"]),
        "context": call(lambda: asking(build(), 2)),
        "context of an asset": call(lambda: asking(dg.build_asset_context(), 2)),
        "context of an op": call(lambda: asking(dg.build_op_context(), 2)),
        "no context": call(lambda: asking(2), ["context"]),
        "resource": call(lambda: limited(limit=Limit(rows=2))),
        "resource of the context": call(lambda: limited(build(resources={"limit": Limit(rows=2)}))),
        "several": call(lambda: several(yields(x, y))()),
        "one of several": call(lambda: several(yields(x))(), ["y"]),
        "another one": call(lambda: several(yields(result(passed=True, check_name="zz")))(), ["zz"]),
        "several returned": call(lambda: several(lambda: (x, y))()),
        "is": isinstance(build(), dg.AssetCheckExecutionContext),
        "unbound": seen.outcome(lambda: build().check_specs),
    }
