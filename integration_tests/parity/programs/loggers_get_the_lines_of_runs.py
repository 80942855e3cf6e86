"""Loggers that run config names: which are made, with what, what they get; which there are."""

import logging

import seen

import dagster as dg

SEEN = []


class Keeping(logging.Handler):
    def emit(self, record):
        event = getattr(record, "dagster_event", None)
        SEEN.append([record.name, record.levelname, event.event_type_value if event else record.getMessage().split(" - ")[-1]])
        META.append({key: record.dagster_meta[key] for key in ("job_name", "job_tags", "op_name", "step_key", "orig_message")})


META = []


def kept(name, level):
    made = logging.Logger(name, level=level)
    made.addHandler(Keeping())
    return made


@dg.logger(config_schema={"level": dg.Field(str, default_value="INFO")}, description="keeps")
def keeping(init_context):
    assert init_context.run_id
    assert init_context.logger_def is keeping
    return kept(f"keeping of {init_context.job_def.name}", init_context.logger_config["level"])


@dg.logger
def plain(init_context):
    return kept(f"plain {init_context.logger_config}", "ERROR")


@dg.logger(config_schema={"level": str})
def demanding(init_context):
    return kept("demanding", init_context.logger_config["level"])


@dg.op
def talking(context):
    context.log.info("hello %s", "there")
    context.log.debug("a detail")
    context.log.error("trouble")
    context.log.log("WARNING", "by name")


@dg.op
def failing(context):
    raise ValueError("no")


@dg.job(logger_defs={"keeping": keeping, "plain": plain, "console": dg.colored_console_logger}, tags={"team": "a"})
def several():
    talking()


@dg.job(logger_defs={"demanding": demanding})
def of_demanding():
    talking()


@dg.job
def bare():
    talking()


@dg.job(logger_defs={"keeping": keeping})
def that_fails():
    failing()


@dg.asset
def speaking(context):
    context.log.warning("an asset says so")


def run(job, loggers):
    SEEN.clear()
    run_config = None if loggers is None else {"loggers": loggers}
    done = seen.outcome(lambda: job.execute_in_process(run_config=run_config, raise_on_error=False).success)
    return [done, list(SEEN)]


def facts() -> dict:
    assets = dg.define_asset_job("of_assets", config={"loggers": {"keeping": {"config": {"level": "WARNING"}}}})
    project = dg.Definitions(assets=[speaking], jobs=[assets, bare, that_fails], loggers={"keeping": keeping})
    every = run(several, {"keeping": {"config": {"level": "DEBUG"}}})
    META.clear()
    run(several, {"keeping": {}})
    return {
        "none": run(several, None),
        "none, said": run(several, {}),
        "one": run(several, {"keeping": {}}),
        "meta": list(META)[:2],
        "level": run(several, {"keeping": {"config": {"level": "ERROR"}}}),
        "every event": every,
        "two": run(several, {"plain": {}, "keeping": {}}),
        "wrong config": run(several, {"keeping": {"config": {"level": 3}}}),
        "unknown": run(several, {"other": {}}),
        "demanding": [run(of_demanding, loggers) for loggers in (None, {"demanding": {}}, {"demanding": {"config": {"level": "INFO"}}})],
        "no console where loggers are given": run(of_demanding, {"console": {}}),
        "failing": run(that_fails, {"keeping": {"config": {"level": "ERROR"}}}),
        "of a project": [
            run(project.resolve_job_def("of_assets"), None),
            run(project.resolve_job_def("bare"), {"keeping": {}}),
            run(project.resolve_job_def("bare"), {"console": {}}),
            run(project.resolve_implicit_global_asset_job_def(), None),
        ],
        "materialize": seen.outcome(
            lambda: dg.materialize([speaking], run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}).success
        ),
        "validated": [
            seen.outcome(lambda: dg.validate_run_config(several, {"loggers": {"keeping": {}}})["loggers"]),
            seen.outcome(lambda: dg.validate_run_config(several)["loggers"]),
            seen.outcome(lambda: dg.validate_run_config(bare, {"loggers": {"console": {"config": {"log_level": "INFO"}}}})["loggers"]),
        ],
        "keys": [sorted(job.loggers) for job in (several, of_demanding, bare, project.resolve_job_def("bare"))],
    }
