"""Checks called in tests: results of every form, resources, config, contexts, generators, several checks of one function."""

import asyncio

import seen

import dagster as dg


class Store(dg.ConfigurableResource):
    rows: int = 3


class Options(dg.Config):
    least: int = 1


@dg.asset
def table():
    return [1, 2]


@dg.asset_check(asset=table)
def with_value(table):
    return dg.AssetCheckResult(passed=len(table) > 1, metadata={"rows": len(table)})


@dg.asset_check(asset=table)
def with_resource(store: Store):
    return dg.AssetCheckResult(passed=store.rows > 2)


@dg.asset_check(asset=table)
def with_config(config: Options, table):
    return dg.AssetCheckResult(passed=len(table) >= config.least, description=f"at least {config.least}")


@dg.asset_check(asset=table, required_resource_keys={"limit"})
def with_context(context):
    return dg.AssetCheckResult(passed=context.resources.limit > 1)


@dg.asset_check(asset=table)
def generated(table):
    yield dg.AssetCheckResult(passed=bool(table))


@dg.asset_check(asset=table)
async def awaited():
    return dg.AssetCheckResult(passed=True)


@dg.asset_check(asset=table)
def typed() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True, severity=dg.AssetCheckSeverity.WARN)


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("one", asset="table"), dg.AssetCheckSpec("two", asset="table")])
def both():
    yield dg.AssetCheckResult(passed=True, check_name="one")
    yield dg.AssetCheckResult(passed=False, check_name="two")


@dg.multi_asset_check(specs=[dg.AssetCheckSpec("one", asset="table"), dg.AssetCheckSpec("two", asset="table")])
def half():
    yield dg.AssetCheckResult(passed=True, check_name="one")


def result(call) -> dict:
    def told():
        given = call()
        if isinstance(given, dg.AssetCheckResult):
            return [given.passed, given.severity.value, given.description, seen.plain({name: getattr(value, "value", value) for name, value in given.metadata.items()})]
        if hasattr(given, "__next__"):
            return [[each.check_name, each.passed] for each in given]
        return type(given).__name__ if not isinstance(given, (int, str)) else given

    return seen.outcome(told)


def facts() -> dict:
    return {
        "value": [result(lambda: with_value([1, 2])), result(lambda: with_value(table=[1])), result(lambda: with_value())],
        "resource": [result(lambda: with_resource(store=Store(rows=5))), result(lambda: with_resource(Store(rows=1)))],
        "config": [result(lambda: with_config(Options(least=5), [1])), result(lambda: with_config(config=Options(), table=[1]))],
        "context": [
            result(lambda: with_context(dg.build_asset_check_context(resources={"limit": 3}))),
            result(lambda: with_context(dg.build_op_context(resources={"limit": 0}))),
            result(lambda: with_context()),
        ],
        "generated": result(lambda: generated([1])),
        "typed": result(typed),
        "both": result(both),
        "half": result(half),
        "awaited": result(lambda: asyncio.run(awaited())),
        "too much": result(lambda: with_value([1], 2)),
        "names": [with_value.op.name, both.op.name, sorted(key.name for key in both.check_keys)],
    }
