"""Where partitions stand, and why: through mappings between partitions, by equal keys, by time, all of them, the last one."""

import os

import stands

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
MANY = dg.StaticPartitionsDefinition([f"k{number:03}" for number in range(100)])
FEWER = dg.StaticPartitionsDefinition([f"k{number:03}" for number in range(99)])
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
DYNAMIC = dg.DynamicPartitionsDefinition(name="names")
CODE = os.environ.get("CODE", "1")


def asset(name: str, partitions_def=None, code="1", **deps) -> dg.AssetsDefinition:
    mapped = [dg.AssetDep(key, partition_mapping=mapping) for key, mapping in deps.items()]

    @dg.asset(name=name, partitions_def=partitions_def, code_version=code, deps=mapped)
    def made():
        return 1

    return made


def declared(code: str) -> list:
    yesterday = dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)
    return [
        asset("letters", LETTERS, code),
        asset("same", LETTERS, letters=None),
        asset("whole", letters=None),
        asset("spread", LETTERS, whole=None),
        asset("last", letters=dg.LastPartitionMapping()),
        asset("all", LETTERS, letters=dg.AllPartitionMapping()),
        asset("nameless", LETTERS, None),
        asset("of_nameless", nameless=None),
        asset("day", DAYS, code),
        asset("next_day", DAYS, day=yesterday),
        asset("running", DAYS, code, running=yesterday),
        asset("dynamic", DYNAMIC, code),
        asset("of_dynamic", dynamic=None),
        asset("many", MANY),
        asset("of_many", many=None),
        asset("fewer", FEWER),
        asset("of_fewer", fewer=None),
    ]


def defs() -> dg.Definitions:
    return dg.Definitions(declared(CODE))


OF_LETTERS = "letters same spread all"
OF_DAYS = "day next_day running"
WHOLE = "letters whole last of_nameless of_dynamic of_many of_fewer"


def facts() -> dict:
    with dg.instance_for_test() as instance:

        def make(keys: str, partitions: str = "", code: str = "1") -> None:
            for partition in partitions.split() or [None]:
                dg.materialize(declared(code), selection=keys.split(), instance=instance, partition_key=partition)

        def tell(key: str, partition: str, version: str) -> None:
            tags = {"dagster/data_version": version, "dagster/code_version": "1"}
            instance.report_runless_asset_event(dg.AssetMaterialization(key, partition=partition, tags=tags))

        def look(code: str = "1") -> dict:
            return {
                "whole": stands.of(__file__, instance, WHOLE, CODE=code),
                "letters": stands.of(__file__, instance, OF_LETTERS, "abc", CODE=code),
                "days": stands.of(__file__, instance, OF_DAYS, DAYS.get_partition_keys(), CODE=code),
            }

        days = " ".join(DAYS.get_partition_keys())
        instance.add_dynamic_partitions("names", ["x", "y"])
        make("letters same nameless", "a b c")
        make("dynamic", "x y")
        for name, keys in (("many", MANY), ("fewer", FEWER)):
            for key in keys.get_partition_keys():
                tell(name, key, "1")
        make("whole last of_nameless of_dynamic of_many of_fewer")
        make("spread all", "a b")
        make("day next_day running", days)
        found = {"made": look()}
        make("letters", "b", code="2")
        make("letters nameless", "a")
        make("day running", "2024-01-02", code="2")
        make("dynamic", "y", code="2")
        for name in ("many", "fewer"):
            tell(name, "k001", "2")
            tell(name, "k003", "1")
        found["some made otherwise"] = look()
        make("letters", "c", code="2")
        make("whole")
        make("next_day running", "2024-01-03")
        found["some followed"] = look()
        instance.wipe_assets([dg.AssetKey("letters")])
        found["some gone"] = stands.of(__file__, instance, "whole last of_nameless")
        return found
