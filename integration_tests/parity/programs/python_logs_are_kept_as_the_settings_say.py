"""Which lines of Python's loggers are kept with a run stands in the settings."""

import logging

import dagster as dg


@dg.asset
def talks(context: dg.AssetExecutionContext) -> None:
    mine = logging.getLogger("mine")
    mine.debug("my debug")
    mine.info("my info")
    mine.warning("my %s", "warning")
    logging.getLogger("mine.child").error("a child's error")
    logging.getLogger("other").error("another's error")
    context.log.debug("debug of the context")
    context.log.info("info of the context")
    context.log.warning("warning of the context")
    dg.get_dagster_logger().info("info of a helper")


SETTINGS = {
    "none": {},
    "managed": {"managed_python_loggers": ["mine"]},
    "managed with a level": {"managed_python_loggers": ["mine"], "python_log_level": "INFO"},
    "a level alone": {"python_log_level": "WARNING"},
    "root": {"managed_python_loggers": ["root"], "python_log_level": "ERROR"},
}


def facts() -> dict:
    told = {}
    for name, python_logs in SETTINGS.items():
        logging.getLogger("mine").setLevel(logging.WARNING)
        with dg.instance_for_test(overrides={"python_logs": python_logs}) as instance:
            run_id = dg.materialize_to_memory([talks], instance=instance).run_id
            lines = [entry for entry in instance.all_logs(run_id) if not entry.is_dagster_event]
            told[name] = [[entry.level, entry.user_message, entry.step_key] for entry in lines]
    return told
