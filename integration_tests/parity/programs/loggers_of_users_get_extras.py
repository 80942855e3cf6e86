"""`extra=` of a logged line reaches the loggers that run config names, as attributes of the record."""

import logging

import seen

import dagster as dg

LINES: list = []


class Keeps(logging.Handler):
    def emit(self, record):
        if getattr(record, "dagster_event", None) is None:
            customer = getattr(record, "customer", "none")
            LINES.append([record.dagster_meta["orig_message"], record.levelname, customer, hasattr(record, "rows")])


@dg.logger
def keeps(_context):
    made = logging.Logger("keeps", level=logging.DEBUG)
    made.addHandler(Keeps())
    return made


@dg.op
def tells(context):
    context.log.info("plain")
    context.log.info("one", extra={"customer": "c1", "rows": 3})
    context.log.warning("%s and %d", "two", 2, extra={"customer": {"id": 2}})
    context.log.log(40, "by level", extra={"customer": None})
    try:
        raise ValueError("no")
    except ValueError:
        context.log.exception("caught", extra={"customer": "c3"})
    context.log.info("plain again")


@dg.op
def overwrites(context):
    context.log.info("x", extra={"message": "mine"})


def ran(op_):
    LINES.clear()

    @dg.job(logger_defs={"keeps": keeps})
    def made():
        op_()

    def run():
        result = made.execute_in_process(run_config={"loggers": {"keeps": {}}})
        return [result.success, list(LINES)]

    return seen.outcome(run)


def facts() -> dict:
    return {"extras": ran(tells), "a name that is taken": ran(overwrites)}
