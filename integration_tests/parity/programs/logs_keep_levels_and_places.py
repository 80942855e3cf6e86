"""`context.log` at every level, in order, with step and extra; Python's logging beside it."""

import logging

import dagster as dg


@dg.asset
def talks(context: dg.AssetExecutionContext):
    context.log.debug("d %s", "one")
    context.log.info("i")
    context.log.warning("w")
    context.log.error("e")
    context.log.critical("c")
    context.log.log(logging.INFO, "by number")
    context.log.log("WARNING", "by name")
    try:
        raise KeyError("k")
    except KeyError:
        context.log.exception("x")
    context.log.info("two\nlines")
    context.log.info("percent 100%")
    context.log.info({"not": "text"})
    dg.get_dagster_logger().info("by get_dagster_logger")
    dg.get_dagster_logger("own").info("by own logger")
    logging.getLogger("elsewhere").error("not captured")
    print("printed")
    return 1


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([talks], instance=instance)
        entries = [e for e in instance.all_logs(result.run_id) if not e.dagster_event]
        spoken = [e for e in entries if "file at" not in e.user_message]
        return {
            "messages": [[e.level, e.user_message, e.step_key, e.job_name] for e in spoken],
            "of the run": all(e.run_id == result.run_id for e in entries),
            "in time": [e.timestamp for e in entries] == sorted(e.timestamp for e in entries),
            "with error": [e.user_message for e in spoken if e.error_info],
            "order": [
                e.dagster_event.event_type_value if e.dagster_event else e.user_message.split("\n")[0][:12]
                for e in instance.all_logs(result.run_id)
                if e.step_key and (e.dagster_event or e in spoken)
            ],
        }
