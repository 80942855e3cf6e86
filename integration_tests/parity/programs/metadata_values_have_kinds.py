"""Every explicit `MetadataValue`, and every raw value that becomes one."""

import datetime
import pathlib

import seen

import dagster as dg

SCHEMA = dg.TableSchema(
    columns=[
        dg.TableColumn("id", "int", description="the key", constraints=dg.TableColumnConstraints(nullable=False, unique=True)),
        dg.TableColumn("name", tags={"pii": "true"}),
    ],
    constraints=dg.TableConstraints(other=["id > 0"]),
)
MOMENT = datetime.datetime(2024, 3, 10, 8, 30, tzinfo=datetime.timezone.utc)
LINEAGE = dg.TableColumnLineage({"total": [dg.TableColumnDep(asset_key="orders", column_name="price")]})

EXPLICIT = {
    "text": lambda: dg.MetadataValue.text("t"),
    "url": lambda: dg.MetadataValue.url("https://example.org/?q=1"),
    "path": lambda: dg.MetadataValue.path("/data/x"),
    "path object": lambda: dg.MetadataValue.path(pathlib.PurePosixPath("/data/x")),
    "notebook": lambda: dg.MetadataValue.notebook("/n.ipynb"),
    "json": lambda: dg.MetadataValue.json({"a": [1, None]}),
    "json list": lambda: dg.MetadataValue.json([1]),
    "md": lambda: dg.MetadataValue.md("# h"),
    "float": lambda: dg.MetadataValue.float(1.5),
    "float nan": lambda: dg.MetadataValue.float(float("nan")),
    "float of int": lambda: dg.MetadataValue.float(2),
    "int": lambda: dg.MetadataValue.int(3),
    "bool": lambda: dg.MetadataValue.bool(True),
    "null": lambda: dg.MetadataValue.null(),
    "timestamp": lambda: dg.MetadataValue.timestamp(MOMENT),
    "timestamp float": lambda: dg.MetadataValue.timestamp(1710059400.0),
    "asset": lambda: dg.MetadataValue.asset(dg.AssetKey(["a", "b"])),
    "job": lambda: dg.MetadataValue.job("j", "loc"),
    "run": lambda: dg.MetadataValue.dagster_run("5d3f"),
    "pool": lambda: dg.MetadataValue.pool("p"),
    "timestamp naive": lambda: dg.MetadataValue.timestamp(datetime.datetime.fromisoformat("2024-01-01")),
    "json object": lambda: dg.MetadataValue.json({"a": object()}),
    "int of str": lambda: dg.MetadataValue.int("3"),
    "float of str": lambda: dg.MetadataValue.float("x"),
    "text of int": lambda: dg.MetadataValue.text(4),
}
RAW = {
    "none": None,
    "true": True,
    "int": 7,
    "big int": 2**70,
    "float": 2.25,
    "nan": float("nan"),
    "inf": float("-inf"),
    "str": "s",
    "list": [1, "a", None, 2.5],
    "dict": {"a": {"b": 1}},
    "tuple": (1, 2),
    "path": pathlib.Path("/x/y"),
    "datetime": MOMENT,
    "date": datetime.date(2024, 1, 1),
    "schema": SCHEMA,
    "lineage": LINEAGE,
    "asset key": dg.AssetKey("k"),
    "object": object(),
    "bytes": b"x",
    "set": {1},
    "dict of objects": {"a": object()},
    "list of dates": [MOMENT],
    "int keys": {1: 2},
    "value": dg.MetadataValue.md("kept"),
}
STRUCTURED = {
    "schema": lambda: dg.MetadataValue.table_schema(SCHEMA).schema,
    "table": lambda: dg.MetadataValue.table([dg.TableRecord({"id": 1, "name": "x"}), dg.TableRecord({"id": 2, "name": None})]),
    "lineage": lambda: dg.MetadataValue.column_lineage(LINEAGE).column_lineage,
}


def kind_and_value(value) -> list:
    return [type(value).__name__, seen.plain(value.value)]


def stored(raw) -> object:
    return kind_and_value(dg.AssetMaterialization("a", metadata={"entry": raw}).metadata["entry"])


def described_schema(schema: dg.TableSchema) -> list:
    return [
        [
            c.name,
            c.type,
            c.description,
            c.constraints.nullable,
            c.constraints.unique,
            list(c.constraints.other),
            seen.tags(c.tags),
        ]
        for c in schema.columns
    ]


def facts() -> dict:
    table = STRUCTURED["table"]()
    lineage = STRUCTURED["lineage"]()
    return {
        "explicit": {name: seen.outcome(lambda make=make: kind_and_value(make())) for name, make in EXPLICIT.items()},
        "raw": {name: seen.outcome(lambda raw=raw: stored(raw), mentions=["entry"]) for name, raw in RAW.items()},
        "schema": described_schema(STRUCTURED["schema"]()),
        "schema constraints": list(SCHEMA.constraints.other),
        "schema of types": described_schema(dg.TableSchema.from_name_type_dict({"a": "int", "b": "text"})),
        "table records": [seen.plain(record.data) for record in table.records],
        "table schema": described_schema(table.schema),
        "lineage": {n: [[d.asset_key.to_user_string(), d.column_name] for d in ds] for n, ds in lineage.deps_by_column.items()},
        "attributes": {
            "url": dg.MetadataValue.url("u").url,
            "path": dg.MetadataValue.path("p").path,
            "text": dg.MetadataValue.text("t").text,
            "md": dg.MetadataValue.md("m").md_str,
            "json": dg.MetadataValue.json([1]).data,
            "run": dg.MetadataValue.dagster_run("r").run_id,
            "job": [dg.MetadataValue.job("j", "l").job_name, dg.MetadataValue.job("j", "l").location_name],
            "asset": dg.MetadataValue.asset(dg.AssetKey("a")).asset_key.to_user_string(),
        },
        "equal": [dg.MetadataValue.int(1) == dg.MetadataValue.int(1), dg.MetadataValue.int(1) == dg.MetadataValue.int(2)],
    }
