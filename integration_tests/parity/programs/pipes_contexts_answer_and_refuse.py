"""What the context of an outside process knows for assets, several assets, partitions and ops; what it refuses."""

import dagster_pipes as dp

OP = {
    "asset_keys": None,
    "code_version_by_asset_key": None,
    "provenance_by_asset_key": None,
    "partition_key": None,
    "partition_key_range": None,
    "partition_time_window": None,
    "run_id": "r",
    "job_name": None,
    "retry_number": 0,
    "extras": {"limit": 10},
}
PROVENANCE = {"code_version": "1", "input_data_versions": {"up": "x"}, "is_user_provided": False}
ONE = {"asset_keys": ["a/b"], "code_version_by_asset_key": {"a/b": "2"}, "provenance_by_asset_key": {"a/b": PROVENANCE}}
TWO = {
    "asset_keys": ["a", "b"],
    "code_version_by_asset_key": {"a": None, "b": "1"},
    "provenance_by_asset_key": {"a": None, "b": None},
}
DAY = {
    "partition_key": "2024-01-02",
    "partition_key_range": {"start": "2024-01-02", "end": "2024-01-02"},
    "partition_time_window": {"start": "2024-01-02T00:00:00+00:00", "end": "2024-01-03T00:00:00+00:00"},
}
RANGE = {"partition_key_range": {"start": "x", "end": "z"}}
PROPERTIES = (
    "asset_key asset_keys is_asset_step is_partition_step partition_key partition_key_range partition_time_window provenance "
    "provenance_by_asset_key code_version code_version_by_asset_key run_id job_name retry_number extras is_closed"
).split()


def opened(**changed):
    params = {"DAGSTER_PIPES_CONTEXT": dp.encode_param({"data": {**OP, **changed}})}
    params["DAGSTER_PIPES_MESSAGES"] = dp.encode_param({"path": "messages"})
    return dp.PipesContext(dp.PipesMappingParamsLoader(params), dp.PipesDefaultContextLoader(), dp.PipesDefaultMessageWriter())


def outcome(call, *mentions):
    try:
        return {"returns": call()}
    except Exception as error:
        kind = "DagsterPipesError" if isinstance(error, dp.DagsterPipesError) else "TypeError" if isinstance(error, TypeError) else "?"
        return {"refused with": kind, "mentions": {word: word in str(error) for word in mentions}}


def answers(pipes):
    return {name: outcome(lambda: getattr(pipes, name), name) for name in PROPERTIES}


def refused():
    pipes = opened(**ONE)
    materialize, check = pipes.report_asset_materialization, pipes.report_asset_check
    found = {
        "other asset": outcome(lambda: materialize(asset_key="c"), "a/b", "`c`"),
        "no key": outcome(lambda: materialize(asset_key=3), "asset_key", "int"),
        "no version": outcome(lambda: materialize(data_version=3), "data_version", "int"),
        "no metadata": outcome(lambda: materialize(metadata=[1]), "metadata", "list"),
        "no name": outcome(lambda: materialize(metadata={1: 1}), "metadata", "string keys"),
        "dict": outcome(lambda: materialize(metadata={"a": {"b": 1}}), "metadata", "raw_value", "{'b': 1}"),
        "half a value": outcome(lambda: materialize(metadata={"a": {"type": "int"}}), "raw_value"),
        "no kind": outcome(lambda: materialize(metadata={"a": {"type": "dance", "raw_value": 1}}), "metadata.a.type", "dance"),
        "check without name": outcome(lambda: check(None, True), "check_name"),
        "check without verdict": outcome(lambda: check("c", 1), "passed"),
        "missing extra": outcome(lambda: pipes.get_extra("nope"), "nope"),
        "first": outcome(materialize),
        "second": outcome(materialize, "already been materialized"),
    }
    pipes.close()
    pipes.close()
    found["closed"] = outcome(lambda: pipes.report_custom_message(1), "closed")
    found["is closed"] = pipes.is_closed
    several = opened(**TWO)
    found["which of two"] = outcome(several.report_asset_materialization, "multiple assets")
    found["check of which"] = outcome(lambda: several.report_asset_check("c", True), "multiple assets")
    op = opened()
    found["op"] = outcome(op.report_asset_materialization, "asset key")
    found["op with key"] = outcome(lambda: op.report_asset_materialization(asset_key="x"))
    return found


def facts() -> dict:
    return {
        "op": answers(opened()),
        "one": answers(opened(**ONE)),
        "two": answers(opened(**TWO)),
        "day": answers(opened(**ONE, **DAY)),
        "range": answers(opened(**ONE, **RANGE)),
        "extra": opened().get_extra("limit"),
        "refused": refused(),
        "singleton": [dp.PipesContext.is_initialized(), outcome(dp.PipesContext.get, "open_dagster_pipes")["mentions"]],
    }
