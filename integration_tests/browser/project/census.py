"""What the journeys need beside the examples: a number that changes, and a run that ends only when it is stopped."""

import time

import dagster as dg


class Counted(dg.Config):
    """What was counted.

    Attributes:
        people: how many.
    """

    people: int = 0


@dg.asset(group_name="census", owners=["ada@example.com"], tags={"audience": "city"}, kinds={"count"})
def census(config: Counted) -> dg.MaterializeResult:
    """How many people there are."""
    return dg.MaterializeResult(metadata={"people": config.people})


@dg.op
def wait(context: dg.OpExecutionContext) -> None:
    """Waits for ever."""
    context.log.info("Waiting for nothing.")
    while True:
        time.sleep(0.05)


@dg.job
def patience():
    """Does not end by itself."""
    wait()


defs = dg.Definitions(dg.with_source_code_references([census]), jobs=[patience])
