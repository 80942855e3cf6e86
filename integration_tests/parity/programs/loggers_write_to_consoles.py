"""The console loggers: what a line of each looks like, and the levels they leave out."""

import contextlib
import io
import json

import seen

import dagster as dg


@dg.op
def talking(context):
    context.log.debug("a detail")
    context.log.info("hello")
    context.log.warning("careful")


@dg.op
def failing(context):
    raise ValueError("no")


@dg.job(logger_defs={"console": dg.colored_console_logger, "json": dg.json_console_logger})
def both():
    talking()


@dg.job
def bare():
    talking()


@dg.job(logger_defs={"json": dg.json_console_logger})
def broken():
    failing()


def written(job, loggers):
    console = io.StringIO()
    with contextlib.redirect_stderr(console):
        job.execute_in_process(run_config={"loggers": loggers}, raise_on_error=False)
    return console.getvalue().splitlines()


def parts(lines):
    """Name, level, job, step and what was said; the time, the run and colors are left out."""
    told = []
    for line in lines:
        pieces = line.split(" - ")
        if len(pieces) > 4:
            told.append([pieces[1], pieces[3], pieces[-2], pieces[-1]])
    return told


def of_json(lines):
    told = []
    for line in lines:
        entry = json.loads(line)
        meta = entry["dagster_meta"]
        told.append([entry["name"], entry["levelname"], entry["levelno"], meta["job_name"], meta["step_key"], meta["orig_message"]])
    return told


def facts() -> dict:
    high = {"config": {"log_level": "WARNING", "name": "mine"}}
    return {
        "console": parts(written(both, {"console": {"config": {"log_level": "INFO"}}})),
        "default level": parts(written(bare, {"console": {}})),
        "named": parts(written(both, {"console": high})),
        "json": of_json(written(both, {"json": {"config": {"log_level": "INFO"}}})),
        "json named": of_json(written(both, {"json": high})),
        "json keys": sorted(
            {"args", "created", "dagster_meta", "levelname", "levelno", "msg", "name", "process", "thread"}
            & set(json.loads(written(both, {"json": high})[0]))
        ),
        "both": len(written(both, {"json": high, "console": high})),
        "failure": [[entry[1], entry[4]] for entry in of_json(written(broken, {"json": {"config": {"log_level": "ERROR"}}}))],
        "lower case": parts(written(both, {"console": {"config": {"log_level": "warning"}}})),
    }
