"""RunRequest, SkipReason, SensorResult: defaults, coercions, refusals."""

import seen

import dagster as dg

R, S = dg.RunRequest, dg.SensorResult
KEY = dg.AssetKey("x")
FIELDS = ["run_key", "run_config", "tags", "job_name", "asset_selection", "stale_assets_only", "partition_key"]


class Limits(dg.Config):
    rows: int = 1


MADE = {
    "nothing": lambda: R(),
    "by position": lambda: R("k", {"ops": {}}, {"a": "b"}, "job", [KEY], True, "p"),
    "typed config": lambda: R(run_config=dg.RunConfig(ops={"a": Limits(rows=3)})),
    "tags of numbers": lambda: R(tags={"a": 1, "b": {"x": [1]}}),
    "replaced": lambda: R("k", tags={"a": "b"}).with_replaced_attrs(run_key="z"),
}
REFUSED = {
    "key of a tag": lambda: R(tags={1: "x"}),
    "strings for assets": lambda: R(asset_selection=["x"]),
    "selection for assets": lambda: R(asset_selection=dg.AssetSelection.all()),
    "list for config": lambda: R(run_config=[1]),
    "number for run key": lambda: R(run_key=3),
    "number for partition": lambda: R(partition_key=3),
    "strings for checks": lambda: R(asset_check_keys=["x"]),
    "number for a reason": lambda: dg.SkipReason(3),
    "runs and a reason": lambda: S(run_requests=[R()], skip_reason="x"),
    "number for a cursor": lambda: S(cursor=3),
    "an iterator of runs": lambda: S(run_requests=iter([R()])),
    "strings for runs": lambda: S(run_requests=["x"]),
    "strings for events": lambda: S(asset_events=["x"]),
}


def request(made) -> dict:
    return {field: seen.plain(getattr(made, field)) for field in FIELDS}


def facts() -> dict:
    checked = R(asset_selection=[KEY], asset_check_keys=[dg.AssetCheckKey(KEY, "c")])
    result = S(run_requests=[R("k")], cursor="c", asset_events=[dg.AssetMaterialization("x")])
    return {
        "requests": {name: request(make()) for name, make in MADE.items()},
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "equal": [R("k") == R("k"), R("k") == R("z")],
        "entities": [len(checked.entity_keys), len(R().entity_keys)],
        "partition": [R().has_resolved_partition(), R(partition_key="p", tags={"dagster/partition": "p"}).has_resolved_partition()],
        "reasons": [dg.SkipReason().skip_message, dg.SkipReason("x").skip_message],
        "result": [[each.run_key for each in result.run_requests], result.cursor, len(result.asset_events)],
        "skipped": [S(skip_reason="x").skip_reason.skip_message, S(run_requests=[], skip_reason=dg.SkipReason("y")).skip_reason.skip_message],
        "empty": [S().run_requests, S().skip_reason, S().cursor, S().asset_events],
    }
