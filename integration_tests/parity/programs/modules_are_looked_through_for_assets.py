"""`load_assets_from_*`: the assets of modules and packages, with prefixes, groups and policies."""

import importlib
import sys
from pathlib import Path

import seen

import dagster as dg

FILES = {
    "shop/__init__.py": "import dagster as dg\n@dg.asset\ndef root(): ...\n",
    "shop/sales.py": """
import dagster as dg
from shop import root

@dg.asset
def a(root): ...

@dg.asset(group_name="own")
def b(a, ext): ...

ext = dg.SourceAsset("ext")
spec = dg.AssetSpec("sp", deps=["zz"])
listed = [dg.AssetSpec("in_list"), a]
in_a_tuple = (dg.AssetSpec("in_tuple"),)

def made():
    @dg.asset
    def inner(): ...
    return inner

many = [made()]

@dg.asset_check(asset=a)
def check():
    return dg.AssetCheckResult(passed=True)
""",
    "shop/sub/__init__.py": "",
    "shop/sub/deep.py": """
import dagster as dg

@dg.asset
def deep(b): ...

@dg.multi_asset(specs=[dg.AssetSpec("ma", deps=["deep"]), dg.AssetSpec("mb", deps=["ma", "ext"])])
def several(): ...
""",
    "twin.py": "import dagster as dg\n@dg.asset\ndef a(): ...\n",
}


@dg.asset
def here(): ...


here_too = dg.AssetSpec("here_too")


def written() -> None:
    for name, text in FILES.items():
        path = Path("code") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(Path("code").resolve()))


def described(found) -> list:
    rows = []
    for each in found:
        specs = list(each.specs) if isinstance(each, dg.AssetsDefinition) else []
        if not specs:
            deps = [dep.asset_key.to_user_string() for dep in getattr(each, "deps", None) or []]
            rows.append([type(each).__name__, each.key.to_user_string(), sorted(deps), each.group_name])
        rows += [
            [
                "AssetsDefinition",
                spec.key.to_user_string(),
                sorted(dep.asset_key.to_user_string() for dep in spec.deps),
                spec.group_name,
                spec.automation_condition is not None,
            ]
            for spec in specs
        ]
    return sorted(rows, key=str)


def facts() -> dict:
    written()
    shop, sales, deep, twin = (importlib.import_module(name) for name in ("shop", "shop.sales", "shop.sub.deep", "twin"))

    def load(modules, **given) -> dict:
        return seen.outcome(lambda: described(dg.load_assets_from_modules(modules, **given)))

    return {
        "module": load([sales]),
        "with specs": load([sales], include_specs=True),
        "prefix": load([sales, deep], key_prefix="pre"),
        "prefix of parts": load([deep], key_prefix=["x", "y"]),
        "source prefix": load([sales], source_key_prefix="src"),
        "both prefixes": load([sales, deep], key_prefix="pre", source_key_prefix="src"),
        "group": load([deep], group_name="g"),
        "another group": load([sales], group_name="g"),
        "condition": load([deep], automation_condition=dg.AutomationCondition.eager()),
        "twins": load([sales, twin]),
        "the same object twice": load([shop, sales]),
        "package": described(dg.load_assets_from_package_module(shop)),
        "package by name": described(dg.load_assets_from_package_name("shop", key_prefix="q")),
        "package of another name": seen.outcome(lambda: dg.load_assets_from_package_name("nobody")),
        "current module": described(dg.load_assets_from_current_module()),
        "current module with specs": described(dg.load_assets_from_current_module(include_specs=True)),
        "checks": [
            sorted(key.to_user_string() for key in each.check_keys) for each in dg.load_asset_checks_from_modules([sales])
        ],
        "checks with a prefix": [
            sorted(key.to_user_string() for key in each.check_keys)
            for each in dg.load_asset_checks_from_modules([sales], asset_key_prefix="pre")
        ],
        "checks of a package": [
            sorted(key.to_user_string() for key in each.check_keys) for each in dg.load_asset_checks_from_package_module(shop)
        ],
        "checks here": dg.load_asset_checks_from_current_module(),
        "a module alone": seen.outcome(lambda: dg.load_assets_from_modules(sales)),
        "runs": sorted(
            event.asset_key.to_user_string()
            for event in dg.materialize_to_memory(
                [*dg.load_assets_from_modules([deep]), dg.AssetSpec("ext"), dg.AssetSpec("b")], selection=["ma", "mb"]
            ).get_asset_materialization_events()
        ),
    }
