"""Processes under PipesSubprocessClient: results, their order among the events, lines, and failures."""

import logging
import sys

import dagster as dg
from seen import materializations, metadata, plain

HEAD = "import os, sys\nfrom dagster_pipes import open_dagster_pipes\n"


def run(body, *, returns="get_results", specs=None, checks=None, head=HEAD, client=None, **given):
    def work(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        done = pipes.run(context=context, command=[sys.executable, "-c", head + body], extras={"limit": 10})
        return getattr(done, returns)(**given)

    if specs:
        definition = dg.multi_asset(name="orders", specs=specs)(work)
    else:
        definition = dg.asset(name="orders", check_specs=checks)(work)
    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"pipes": client or dg.PipesSubprocessClient()}
        result = dg.materialize([definition], instance=instance, resources=resources, raise_on_error=False)
        return {
            "success": result.success,
            "materializations": materializations(result),
            "checks": [
                [e.asset_check_key.name, e.passed, e.severity.value, metadata(e.metadata)]
                for e in result.get_asset_check_evaluations()
            ],
            "log": [told(entry) for entry in instance.all_logs(result.run_id) if entry.step_key],
        }


def told(entry):
    event = entry.dagster_event
    if event is None:
        return [logging.getLevelName(entry.level), entry.user_message.split("\n")[0]]
    if event.event_type_value == "ENGINE_EVENT":
        error = event.event_specific_data.error
        return ["ENGINE_EVENT", event.message, error and [error.cls_name, sentence(error), error.cause and sentence(error.cause)]]
    if event.event_type_value == "STEP_FAILURE":
        error = event.event_specific_data.error
        cause = error.cause
        return ["STEP_FAILURE", error.cls_name, cause and [cause.cls_name, sentence(cause)]]
    return [event.event_type_value]


def sentence(error):
    return error.message.partition(": ")[2]


METADATA = """
with open_dagster_pipes() as pipes:
    pipes.log.debug("d"); pipes.log.info("i"); pipes.log.warning("100% w"); pipes.log.error("e"); pipes.log.critical("c")
    kinds = {"text": "t", "url": "u", "path": "p", "notebook": "n", "json": {"a": 1}, "md": "m", "float": 1.5, "int": 3,
        "bool": True, "dagster_run": "r", "asset": "a/b", "null": None, "timestamp": 12.5}
    typed = {kind: {"type": kind, "raw_value": raw} for kind, raw in kinds.items()}
    raw = {"raw text": "t", "raw int": 3, "raw float": 1.5, "raw bool": True, "raw none": None, "raw list": [1]}
    pipes.report_asset_materialization(metadata={**typed, **raw}, data_version="v7")
"""
CHECKS = """
with open_dagster_pipes() as pipes:
    pipes.report_asset_check("fresh", False, "WARN", {"hours": 30})
    pipes.report_asset_materialization(metadata={"limit": pipes.get_extra("limit")})
"""
SEVERAL = "with open_dagster_pipes() as p: p.report_asset_materialization(asset_key='b'); p.log.info('between')"
FAILS = """
with open_dagster_pipes() as pipes:
    try: {}["k"]
    except KeyError as cause: raise ValueError("no rows") from cause
"""


def facts() -> dict:
    checks = [dg.AssetCheckSpec("fresh", asset="orders")]
    nothing = "with open_dagster_pipes(): pass"
    return {
        "metadata": run(METADATA),
        "checks": run(CHECKS, checks=checks),
        "as one result": run(CHECKS, returns="get_materialize_result", checks=checks),
        "several": run(SEVERAL, specs=[dg.AssetSpec("a"), dg.AssetSpec("b")]),
        "one of several": run(SEVERAL, returns="get_materialize_result", specs=[dg.AssetSpec("a"), dg.AssetSpec("b")]),
        "implicit": run(nothing),
        "not implicit": run(nothing, implicit_materializations=False),
        "no result": run(nothing, returns="get_materialize_result", implicit_materialization=False),
        "fails": run(FAILS),
        "exits": run("with open_dagster_pipes() as p: p.report_asset_materialization()\nsys.exit(3)"),
        "is killed": run("open_dagster_pipes().log.info('x'); os.kill(os.getpid(), 9)"),
        "never opens": run("pass"),
        "never closes": run("open_dagster_pipes()"),
        "not there": run("", client=dg.PipesSubprocessClient(cwd="/no/such/folder")),
        "unknown asset": run("with open_dagster_pipes() as p: p.report_asset_materialization(asset_key='other')"),
        "messages": plain(run_op()),
    }


def run_op():
    body = "with open_dagster_pipes() as p: [p.report_custom_message(x) for x in (1, {'a': None}, [p.extras, p.is_asset_step])]"

    @dg.op
    def counted(context, pipes: dg.PipesSubprocessClient):
        done = pipes.run(context=context, command=[sys.executable, "-c", HEAD + body], extras={"limit": 10})
        return [list(done.get_custom_messages()), list(done.get_results()), dict(done.metadata)]

    @dg.job
    def counting():
        counted()

    return counting.execute_in_process(resources={"pipes": dg.PipesSubprocessClient()}).output_for_node("counted")
