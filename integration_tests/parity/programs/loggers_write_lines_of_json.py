"""`json_console_logger`: the keys and values of each line, of user lines, events and errors."""

import contextlib
import io
import json

import seen

import dagster as dg


@dg.op
def work(context):
    context.log.info("hello %s", "you")
    context.log.warning("careful")
    return 1


@dg.job(logger_defs={"console": dg.json_console_logger})
def job():
    work()


@dg.job(logger_defs={"console": dg.colored_console_logger, "json": dg.json_console_logger})
def both():
    work()


@dg.asset
def made(context):
    context.log.info("of an asset")


VARYING = ("created", "msecs", "relativeCreated", "process", "thread", "pathname", "filename", "lineno", "module", "funcName")


def lines(run) -> list:
    written = io.StringIO()
    with contextlib.redirect_stderr(written), contextlib.redirect_stdout(written):
        run()
    found = []
    for line in written.getvalue().splitlines():
        with contextlib.suppress(ValueError):
            parsed = json.loads(line)
            if isinstance(parsed, dict):
                found.append(parsed)
    return found


def shape(line) -> dict:
    meta = line.get("dagster_meta") or {}
    event = meta.get("dagster_event") or {}
    return {
        "keys": sorted(line),
        "meta": sorted(meta),
        "level": [line.get("levelname"), line.get("levelno"), line.get("name")],
        "message": line.get("msg", "") if not event else None,
        "event": [event.get("event_type_value"), event.get("message"), meta.get("step_key"), meta.get("job_name")],
        "types": sorted([key, type(value).__name__] for key, value in line.items() if key not in VARYING),
    }


def facts() -> dict:
    config = {"loggers": {"console": {"config": {"log_level": "INFO"}}}}
    debug = lines(lambda: job.execute_in_process(run_config={"loggers": {"console": {"config": {"log_level": "DEBUG"}}}}))
    info = lines(lambda: job.execute_in_process(run_config=config))
    unnamed = lines(lambda: job.execute_in_process())
    second = lines(lambda: both.execute_in_process(run_config={"loggers": {"json": {"config": {"name": "mine"}}}}))
    return {
        "info": [shape(line) for line in info],
        "debug": [[line["levelname"], shape(line)["keys"], shape(line)["event"]] for line in debug if line["dagster_meta"]["step_key"]],
        "without config": len(unnamed),
        "of two": [shape(line)["level"] for line in second],
        "wrong level": seen.outcome(
            lambda: job.execute_in_process(run_config={"loggers": {"console": {"config": {"log_level": "LOUD"}}}})
        ),
        "wrong config": seen.outcome(lambda: job.execute_in_process(run_config={"loggers": {"console": {"config": {"lvl": 1}}}})),
    }
