"""Where assets stand that no run made, and what reads them: materializations and observations from outside."""

import os

import stands

import dagster as dg


@dg.observable_source_asset
def watched():
    return dg.DataVersion("never called")


@dg.asset(code_version="1", deps=[watched])
def of_watched():
    return 1


@dg.asset(code_version="1", deps=[dg.AssetSpec("fed")])
def of_fed():
    return 1


@dg.asset(code_version="1", deps=["nameless"])
def of_nameless():
    return 1


@dg.asset(code_version="1")
def made():
    return 1


@dg.asset(code_version="1", deps=[made])
def told():
    return 1


@dg.asset(code_version="1", deps=[made])
def told_first():
    return 1


@dg.asset(code_version=os.environ.get("CODE"), deps=["fed"])
def told_with_code():
    return 1


ASSETS = [watched, dg.AssetSpec("fed"), of_watched, of_fed, of_nameless, made, told, told_first, told_with_code]


def defs() -> dg.Definitions:
    return dg.Definitions(ASSETS)


KEYS = "watched fed of_watched of_fed of_nameless made told told_first told_with_code"


def facts() -> dict:
    with dg.instance_for_test() as instance:

        def tell(key: str, **tags: str) -> None:
            tags = {f"dagster/{name}": value for name, value in tags.items()}
            instance.report_runless_asset_event(dg.AssetMaterialization(key, tags=tags))

        def see(key: str, version: str) -> None:
            instance.report_runless_asset_event(dg.AssetObservation(key, tags={"dagster/data_version": version}))

        def make(*keys: str) -> None:
            dg.materialize(ASSETS, selection=list(keys), instance=instance)

        def look(**environment: str) -> dict:
            return stands.of(__file__, instance, KEYS, **environment)

        make("of_watched", "of_fed", "of_nameless")
        tell("told_first")
        tell("told_with_code", code_version="1")
        found = {"unmade inputs": look()}
        make("made")
        tell("told")
        see("watched", "w1")
        tell("fed", data_version="f1")
        tell("nameless")
        found["inputs told"] = look(CODE="2")
        make("of_watched", "of_fed", "of_nameless")
        found["read"] = look()
        see("watched", "w1")
        tell("fed", data_version="f1")
        tell("made", data_version="m")
        found["told the same"] = look()
        see("watched", "w2")
        tell("fed", data_version="f2")
        instance.wipe_assets([dg.AssetKey("made")])
        found["told otherwise"] = look()
        return found
