"""Duplicate keys, cycles, missing resources and other faults that only the whole shows."""

import seen

import dagster as dg


def asset(name, deps=(), **options):
    @dg.asset(name=name, deps=list(deps), **options)
    def function():
        return 1

    return function


def cycle():
    return [asset("a", ["c"]), asset("b", ["a"]), asset("c", ["b"])]


def needs_resource():
    return asset("a", required_resource_keys={"db"})


CASES = {
    "duplicate assets": lambda: dg.Definitions(assets=[asset("a"), asset("a")]),
    "same asset twice": lambda: dg.Definitions(assets=[same := asset("a"), same]),
    "asset and spec": lambda: dg.Definitions(assets=[asset("a"), dg.AssetSpec("a")]),
    "specs twice": lambda: dg.Definitions(assets=[dg.AssetSpec("a"), dg.AssetSpec("a")]),
    "cycle": lambda: dg.Definitions(assets=cycle()),
    "cycle of two": lambda: dg.Definitions(assets=[asset("a", ["b"]), asset("b", ["a"])]),
    "self": lambda: dg.Definitions(assets=[asset("a", ["a"])]),
    "missing resource": lambda: dg.Definitions(assets=[needs_resource()]),
    "missing io manager": lambda: dg.Definitions(assets=[asset("a", io_manager_key="shelf")]),
    "resource given": lambda: dg.Definitions(assets=[needs_resource()], resources={"db": 1}),
    "missing upstream": lambda: dg.Definitions(assets=[asset("a", ["nowhere"])]),
    "job of unknown asset": lambda: dg.Definitions(assets=[asset("a")], jobs=[dg.define_asset_job("j", ["b"])]),
    "job of nothing": lambda: dg.Definitions(assets=[asset("a")], jobs=[dg.define_asset_job("j", dg.AssetSelection.groups("x"))]),
    "two jobs": lambda: dg.Definitions(assets=[asset("a")], jobs=[dg.define_asset_job("j"), dg.define_asset_job("j", ["a"])]),
    "not an asset": lambda: dg.Definitions(assets=[3]),
    "a function": lambda: dg.Definitions(assets=[lambda: 1]),
    "a string": lambda: dg.Definitions(assets="abc"),
    "one asset, no list": lambda: dg.Definitions(assets=asset("a")),
    "resources list": lambda: dg.Definitions(resources=["x"]),
    "resource key bad": lambda: dg.Definitions(assets=[asset("a")], resources={"a b": 1}),
    "unknown parameter": lambda: dg.Definitions(asset=[]),
    "op name clash": lambda: dg.Definitions(assets=[asset("a", key_prefix="x"), asset("x__a")]),
    "empty": lambda: dg.Definitions(),
}
MENTIONS = {
    "duplicate assets": ["a"],
    "missing resource": ["db"],
    "missing io manager": ["shelf"],
    "job of unknown asset": ["b"],
}


def validated(make) -> str:
    dg.Definitions.validate_loadable(make())
    return "valid"


def executed(name: str):
    assets = {
        "cycle": cycle(),
        "self": [asset("a", ["a"])],
        "duplicates": [asset("a"), asset("a")],
        "missing resource": [needs_resource()],
        "missing io manager": [asset("a", io_manager_key="shelf")],
        "nothing": [],
    }[name]
    return dg.materialize(assets).success


def facts() -> dict:
    found = {name: seen.outcome(lambda make=make: validated(make), MENTIONS.get(name, ())) for name, make in CASES.items()}
    names = ("cycle", "self", "duplicates", "missing resource", "missing io manager", "nothing")
    return {
        "definitions": found,
        "materialize": {name: seen.outcome(lambda name=name: executed(name)) for name in names},
    }
