"""The JSON of values of the API, and that they come back as they were."""

import datetime
import json

import seen

import dagster as dg

A, B = dg.AssetKey(["raw", "a"]), dg.AssetKey("b")
M = dg.MetadataValue
SCHEMA = dg.TableSchema(
    [dg.TableColumn("id", "int", "the id", dg.TableColumnConstraints(nullable=False, unique=True, other=["> 0"]))],
    dg.TableConstraints(["few rows"]),
)
METADATA = {
    "text": "t",
    "int": 1,
    "float": 2.5,
    "bool": True,
    "none": None,
    "json": {"a": [1, None]},
    "url": M.url("http://x"),
    "path": M.path("p"),
    "notebook": M.notebook("n"),
    "md": M.md("# m"),
    "asset": M.asset(A),
    "run": M.dagster_run("r"),
    "job": M.job("j", "l", repository_name="r"),
    "timestamp": M.timestamp(1.5),
    "artifact": M.python_artifact(int),
    "schema": SCHEMA,
    "table": M.table([dg.TableRecord({"id": 1})], SCHEMA),
    "lineage": dg.TableColumnLineage({"id": [dg.TableColumnDep(A, "id")]}),
    "code": dg.CodeReferencesMetadataValue(
        code_references=[dg.LocalFileCodeReference(file_path="f.py", line_number=3), dg.UrlCodeReference(url="u", label="l")]
    ),
}

VALUES = {
    "plain": [1, 2.5, "é", None, True, {"b": {"a": []}, "a": 1}],
    "keys of dicts": {1: "a", 2.5: "b", True: "d"},
    "tuple": (1, (2,)),
    "sets": [{"b", "a"}, frozenset([3, 1]), set(), {1, "a"}],
    "asset key": A,
    "check key": dg.AssetCheckKey(A, "c"),
    "keys in a set": {A, B},
    "keys in a dict": {"seen": [A, B]},
    "job key": dg.AssetJobKey("j"),
    "enums": [dg.DagsterRunStatus.SUCCESS, dg.AssetCheckSeverity.WARN, dg.DefaultScheduleStatus.RUNNING],
    "request": dg.RunRequest("k", {"ops": {}}, {"a": "b"}, "j", [A], True, "p", [dg.AssetCheckKey(A, "c")]),
    "skip": dg.SkipReason("nothing"),
    "metadata": {name: dg.AssetObservation("x", metadata={name: value}).metadata[name] for name, value in METADATA.items()},
    "materialization": dg.AssetMaterialization(A, "d", METADATA, "p", {"t": "v"}),
    "observation": dg.AssetObservation(B, metadata={"rows": 3}),
    "evaluation": dg.AssetCheckEvaluation(A, "c", False, {"rows": M.int(1)}, severity=dg.AssetCheckSeverity.WARN, blocking=True),
    "expectation": dg.ExpectationResult(True, "l", "d", {"rows": 1}),
    "type check": dg.TypeCheck(False, "no", {"rows": 1}),
    "range": dg.PartitionKeyRange("a", "c"),
    "partition requests": [
        dg.AddDynamicPartitionsRequest("n", ["a"]),
        dg.DeleteDynamicPartitionsRequest("n", ["a"]),
    ],
    "mappings": [
        dg.IdentityPartitionMapping(),
        dg.AllPartitionMapping(),
        dg.LastPartitionMapping(),
        dg.SpecificPartitionsPartitionMapping(["a"]),
        dg.StaticPartitionMapping({"a": "b", "c": {"d"}}),
        dg.TimeWindowPartitionMapping(start_offset=-1, allow_nonexistent_upstream_partitions=True),
        dg.MultiToSingleDimensionPartitionMapping("x"),
        dg.MultiPartitionMapping({"a": dg.DimensionPartitionMapping("b", dg.LastPartitionMapping())}),
    ],
    "backfills": [dg.BackfillPolicy.single_run(), dg.BackfillPolicy.multi_run(3)],
    "freshness": [
        dg.FreshnessPolicy.time_window(datetime.timedelta(hours=30), datetime.timedelta(hours=2)),
        dg.FreshnessPolicy.cron("0 9 * * *", datetime.timedelta(minutes=90), "Europe/Berlin"),
        dg.LegacyFreshnessPolicy(maximum_lag_minutes=3),
    ],
    "filter": dg.AssetRecordsFilter(A, asset_partitions=["p"], after_timestamp=1.0, storage_ids=[1]),
    "partition of two dimensions": dg.MultiPartitionKey({"a": "1", "b": "2"}),
}


def facts() -> dict:
    run = dg.DagsterRun("j", "r", {"a": 1}, tags={"t": "v"}, status=dg.DagsterRunStatus.FAILURE, parent_run_id="q", root_run_id="q")
    written = json.loads(dg.serialize_value(run))
    return {
        "written": {name: dg.serialize_value(value) for name, value in VALUES.items()},
        "read": {
            name: seen.outcome(lambda value=value: dg.deserialize_value(dg.serialize_value(value)) == value)
            for name, value in VALUES.items()
        },
        "run": {name: written[name] for name in ("__class__", "pipeline_name", "run_id", "status", "tags", "parent_run_id")},
        "run read": dg.deserialize_value(dg.serialize_value(run)).status.value,
    }
