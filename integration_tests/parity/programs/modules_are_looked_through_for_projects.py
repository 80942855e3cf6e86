"""`load_definitions_from_*`: a project of what modules and packages hold."""

import importlib
import sys
from pathlib import Path

import seen

import dagster as dg

FILES = {
    "store/__init__.py": "",
    "store/things.py": """
import dagster as dg

@dg.asset
def a(): ...

spec = dg.AssetSpec("sp")
source = dg.SourceAsset("src")

@dg.asset_check(asset=a)
def check():
    return dg.AssetCheckResult(passed=True)

job = dg.define_asset_job("jj")
listed = [dg.define_asset_job("in_list")]
schedule = dg.ScheduleDefinition("ss", job=job, cron_schedule="@daily")

@dg.sensor(job=job)
def sensor(): ...

class Resource(dg.ConfigurableResource):
    x: int = 1

resource = Resource()
""",
    "store/more.py": "import dagster as dg\n@dg.asset\ndef b(): ...\n",
    "with_definitions.py": "import dagster as dg\n@dg.asset\ndef x(): ...\ndefs = dg.Definitions(assets=[x], resources={'r': 1})\n",
    "twin.py": "import dagster as dg\n@dg.asset\ndef a(): ...\n",
}


def written() -> None:
    for name, text in FILES.items():
        path = Path("code") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(Path("code").resolve()))


def described(defs) -> dict:
    return {
        "assets": sorted(key.to_user_string() for key in defs.resolve_all_asset_keys()),
        "jobs": sorted(each.name for each in defs.jobs or []),
        "schedules": sorted(each.name for each in defs.schedules or []),
        "sensors": sorted(each.name for each in defs.sensors or []),
        "resources": sorted(defs.resources or {}),
        "checks": len(list(defs.asset_checks or [])),
    }


def facts() -> dict:
    written()
    names = ("store", "store.things", "store.more", "with_definitions", "twin")
    store, things, more, with_definitions, twin = (importlib.import_module(name) for name in names)

    def load(*modules, **given) -> dict:
        return seen.outcome(lambda: described(dg.load_definitions_from_modules(list(modules), **given)))

    return {
        "module": described(dg.load_definitions_from_module(things)),
        "modules": load(things, more),
        "resources": load(things, resources={"q": 1}),
        "with definitions inside": load(with_definitions),
        "twins": load(things, twin),
        "package": described(dg.load_definitions_from_package_module(store)),
        "package by name": described(dg.load_definitions_from_package_name("store")),
        "loadable": seen.outcome(lambda: dg.Definitions.validate_loadable(dg.load_definitions_from_module(things))),
        "runs": dg.load_definitions_from_module(things)
        .resolve_job_def("jj")
        .execute_in_process()
        .success,
    }
