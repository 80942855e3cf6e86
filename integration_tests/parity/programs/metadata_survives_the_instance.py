"""Each kind of metadata is read back from storage as it was written, also with odd numbers."""

import datetime
import pathlib

import seen

import dagster as dg

ENTRIES = {
    "none": None,
    "bool": False,
    "int": -(2**53),
    "float": 0.1,
    "nan": float("nan"),
    "inf": float("inf"),
    "text": "řádek\n\t'",
    "json": {"z": [1, {"y": None}], "a": 2.0},
    "path": pathlib.Path("/x"),
    "moment": dg.MetadataValue.timestamp(datetime.datetime(2024, 3, 10, 8, 30, tzinfo=datetime.timezone.utc)),
    "url": dg.MetadataValue.url("https://example.org"),
    "md": dg.MetadataValue.md("**b**"),
    "notebook": dg.MetadataValue.notebook("/n.ipynb"),
    "asset": dg.AssetKey(["p", "q"]),
    "run": dg.MetadataValue.dagster_run("some-run"),
    "job": dg.MetadataValue.job("j", "l"),
    "schema": dg.TableSchema.from_name_type_dict({"a": "int"}),
    "table": dg.MetadataValue.table([dg.TableRecord({"a": 1.5})]),
}


@dg.asset
def measured():
    return dg.MaterializeResult(metadata=ENTRIES)


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([measured], instance=instance)
        told = result.asset_materializations_for_node("measured")[0]
        read = instance.get_latest_materialization_event(dg.AssetKey("measured")).asset_materialization
        without_nan = [name for name in ENTRIES if name != "nan"]
        return {
            "told": seen.metadata(told.metadata),
            "read": seen.metadata(read.metadata),
            "equal": {name: told.metadata[name] == read.metadata[name] for name in without_nan},
            "schema": [[c.name, c.type] for c in read.metadata["schema"].schema.columns],
            "table": [seen.plain(r.data) for r in read.metadata["table"].records],
        }
