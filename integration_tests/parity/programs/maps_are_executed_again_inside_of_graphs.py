"""Dynamic maps inside of graphs, nested and empty, that fail: what a run that goes on executes, and selected steps of them."""

import os
from pathlib import Path

import seen

import dagster as dg


def broken(*names):
    Path("broken").write_text(" ".join(names))


def fails(name):
    if os.path.exists("broken") and name in Path("broken").read_text().split():
        raise ValueError(f"{name} is broken")


@dg.op(out=dg.DynamicOut(str), config_schema={"keys": dg.Field(str, default_value="ab")})
def letters(context):
    for letter in context.op_config["keys"]:
        yield dg.DynamicOutput(letter, letter)


@dg.op
def loud(letter):
    fails(f"loud_{letter}")
    return letter.upper()


@dg.op
def twice(letter):
    fails(f"twice_{letter}")
    return letter * 2


@dg.op
def joined(words):
    fails("joined")
    return "".join(words)


@dg.op
def after(word):
    return f"{word}."


@dg.graph
def each(letter):
    return twice(loud(letter))


@dg.graph
def spoken():
    return joined(letters().map(each).collect())


@dg.op(out=dg.DynamicOut(str))
def numbered(letter):
    for number in (1, 2):
        fails(f"numbered_{letter}")
        yield dg.DynamicOutput(f"{letter}{number}", f"n{number}")


@dg.op(out={"some": dg.DynamicOut(str, is_required=False), "none": dg.DynamicOut(str, is_required=False)})
def sorted_out():
    yield dg.DynamicOutput("x", "x", "some")


@dg.job(executor_def=dg.in_process_executor)
def graphs():
    after(spoken())


@dg.job(executor_def=dg.in_process_executor)
def two_ways():
    some, none = sorted_out()
    joined(some.map(loud).collect())
    joined.alias("of_none")(none.map(twice).collect())


def steps(result) -> list:
    return sorted(
        [event.step_key, event.event_type_value]
        for event in result.all_events
        if event.event_type_value in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED")
    )


def gone_on(job, *failing, selection=None, config=None):
    """A run with steps that fail, then one that goes on: all that is missing, or the selected steps."""

    def run():
        with dg.instance_for_test() as instance:
            broken(*failing)
            with dg.execute_job(dg.reconstructable(job), instance, run_config=config) as first:
                told = [first.success, steps(first)]
            broken()
            if selection is None:
                options = dg.ReexecutionOptions.from_failure(first.run_id, instance)
            else:
                options = dg.ReexecutionOptions(first.run_id, step_selection=selection)
            with dg.execute_job(dg.reconstructable(job), instance, reexecution_options=options, run_config=config) as again:
                return [*told, again.success, steps(again)]

    return seen.outcome(run)


def in_process(job, **options):
    result = job.execute_in_process(raise_on_error=False, **options)
    return [result.success, steps(result)]


def facts() -> dict:
    broken()
    empty = {"ops": {"spoken": {"ops": {"letters": {"config": {"keys": ""}}}}}}
    return {
        "all is well": in_process(graphs),
        "empty": in_process(graphs, run_config=empty),
        "two ways": in_process(two_ways),
        "the first op of one": gone_on(graphs, "loud_a"),
        "the second op of one": gone_on(graphs, "twice_b"),
        "different ops": gone_on(graphs, "loud_a", "twice_b"),
        "what gathers": gone_on(graphs, "joined"),
        "one of two ways": gone_on(two_ways, "loud_x"),
        "selected": gone_on(graphs, "joined", selection=["spoken.joined", "after"]),
        "a selected value": gone_on(graphs, "joined", selection=["spoken.each.twice[a]"]),
        "a selected value and below": gone_on(graphs, "joined", selection=["spoken.each.loud[a]*"]),
        "empty, again": gone_on(graphs, selection=["spoken.joined*"], config=empty),
    }
