"""Where assets without partitions stand, and why: code, dependencies and data that changed since they were made."""

import os

import stands

import dagster as dg


def declared() -> list:
    version, deps = os.environ.get("CODE"), os.environ.get("DEPS", "source")

    @dg.asset(code_version=version or "1")
    def source():
        return 1

    @dg.asset
    def unversioned():
        return 1

    @dg.asset
    def named():
        return dg.Output(1, data_version=dg.DataVersion(os.environ.get("NAMED", "n1")))

    @dg.asset(code_version="1", deps=[source, unversioned, named])
    def reader():
        return 1

    @dg.asset(deps=[unversioned])
    def unversioned_reader():
        return 1

    @dg.asset(code_version="1", deps=[reader])
    def below():
        return 1

    @dg.asset(code_version="1", deps=deps.split(","))
    def moved():
        return 1

    @dg.asset(code_version=version)
    def gets_a_version():
        return 1

    @dg.asset(code_version="1")
    def later():
        return 1

    @dg.asset(code_version="1", deps=["later"])
    def earlier():
        return 1

    @dg.asset(code_version="1", deps=["nowhere"])
    def of_nowhere():
        return 1

    return [source, unversioned, named, reader, unversioned_reader, below, moved, gets_a_version, later, earlier, of_nowhere]


def defs() -> dg.Definitions:
    return dg.Definitions(declared())


KEYS = "source unversioned named reader unversioned_reader below moved gets_a_version later earlier of_nowhere"


def facts() -> dict:
    with dg.instance_for_test() as instance:

        def make(*keys: str, **environment: str) -> None:
            os.environ.update(environment)
            dg.materialize(declared(), selection=list(keys), instance=instance)
            for name in environment:
                del os.environ[name]

        def look(keys: str = KEYS, **environment: str) -> dict:
            return stands.of(__file__, instance, keys, **environment)

        found = {"nothing": look()}
        make(*(key for key in KEYS.split() if key != "later"))
        found["made"] = look()
        found["new code, new dependencies"] = look(CODE="2", DEPS="unversioned,later")
        make("source", "later", CODE="2")
        make("unversioned")
        make("named", NAMED="n2")
        found["inputs made again"] = look()
        make("reader", "moved", "earlier", "unversioned_reader")
        found["followed"] = look()
        make("source", CODE="2")
        make("named", NAMED="n2")
        instance.wipe_assets([dg.AssetKey("unversioned")])
        found["same data, and some gone"] = look()
        return found
