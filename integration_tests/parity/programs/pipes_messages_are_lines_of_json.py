"""What the outside half writes, to the byte, for each kind of message."""

import base64
import io
import json
import zlib

import dagster_pipes as dp

STEP = {
    "asset_keys": ["sales/orders", "sales/refunds"],
    "code_version_by_asset_key": {"sales/orders": "2", "sales/refunds": None},
    "provenance_by_asset_key": {"sales/orders": None, "sales/refunds": None},
    "partition_key": None,
    "partition_key_range": None,
    "partition_time_window": None,
    "run_id": "r",
    "job_name": "nightly",
    "retry_number": 0,
    "extras": {},
}


def written(name, say, **changed):
    params = {"DAGSTER_PIPES_CONTEXT": dp.encode_param({"data": {**STEP, **changed}})}
    params["DAGSTER_PIPES_MESSAGES"] = dp.encode_param({"path": name})
    loader = dp.PipesMappingParamsLoader(params)
    with dp.PipesContext(loader, dp.PipesDefaultContextLoader(), dp.PipesDefaultMessageWriter()) as pipes:
        say(pipes)
    with open(name) as file:
        return file.read().splitlines()


def everything(pipes):
    pipes.log.debug("d %s", 1)
    pipes.log.info("two\nlines \u00e9")
    pipes.log.warning("w")
    pipes.log.error("e")
    pipes.log.critical("c")
    pipes.report_custom_message({"nested": [1, None, 1.5, "\u00e9"]})
    pipes.report_asset_check("fresh", True, asset_key="sales/orders")
    pipes.report_asset_check("fresh", False, "WARN", {"hours": 30}, "sales/refunds")
    metadata = {"rows": 3, "part": 0.5, "ok": True, "none": None, "list": [1], "tuple": (1, 2)}
    typed = {"page": {"type": "url", "raw_value": "u"}, "json": {"type": "json", "raw_value": {"a": 1}}}
    pipes.report_asset_materialization({**metadata, **typed}, "v7", "sales/orders")
    pipes.report_asset_materialization(asset_key="sales/refunds")
    pipes.log_external_stream("stdout", "printed\n")
    pipes.log_external_stream("driver", "printed", {"rank": 1})


def broken():
    def fail(pipes):
        raise LookupError("no rows") from ValueError("empty")

    try:
        written("broken", fail)
    except LookupError:
        pass
    with open("broken") as file:
        told = json.loads(file.read().splitlines()[-1])["params"]["exception"]
    return {
        "keys": sorted(told),
        "message": told["message"],
        "name": told["name"],
        "stack": [type(each).__name__ for each in told["stack"]],
        "cause": [told["cause"]["message"], told["cause"]["stack"]],
        "context": told["context"],
    }


def streams():
    stream, buffered = io.StringIO(), io.StringIO()
    message = {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
    dp.PipesStreamMessageWriterChannel(stream).write_message(message)
    channel = dp.PipesBufferedStreamMessageWriterChannel(buffered)
    channel.write_message(message)
    before = buffered.getvalue()
    channel.flush()
    return [stream.getvalue(), before, buffered.getvalue()]


def inside(encoded):
    return zlib.decompress(base64.b64decode(encoded)).decode()


def facts() -> dict:
    return {
        "everything": written("all", everything),
        "nothing": written("nothing", lambda pipes: None),
        "an op": written("op", lambda pipes: pipes.report_asset_materialization(asset_key="any"), asset_keys=None),
        "broken": broken(),
        "streams": streams(),
        "encoded": [inside(dp.encode_param(value)) for value in ({"path": "/p"}, None, [1, "\u00e9"])],
        "decoded": [dp.decode_param("eJyLNowFAAHTAOo="), dp.decode_env_var(dp.encode_env_var({"a": 1}))],
    }
