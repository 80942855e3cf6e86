"""A run goes on where another one failed: failed steps and what is below them, also of what is mapped over values."""

import os
from pathlib import Path

import seen

import dagster as dg


def broken(*names):
    """Says which steps fail; the job may stand in a second module, so that only the file system is shared."""
    Path("broken").write_text(" ".join(names))


def fails(name):
    if os.path.exists("broken") and name in Path("broken").read_text().split():
        raise ValueError(f"{name} is broken")


@dg.op(out=dg.DynamicOut())
def letters():
    for letter in "abc":
        yield dg.DynamicOutput(letter, mapping_key=letter)
    fails("letters")


@dg.op(config_schema={"n": dg.Field(int, default_value=1)})
def times(context):
    return context.op_config["n"]


@dg.op
def repeated(letter, n):
    fails(f"repeated_{letter}")
    return letter * n


@dg.op
def marked(word):
    fails(f"marked_{word[0]}")
    return f"{word}!"


@dg.op(out={"left": dg.Out(is_required=False), "right": dg.Out(is_required=False)})
def branch():
    yield dg.Output(1, "left")


@dg.op
def below(x):
    return x


@dg.op
def joined(words, extra):
    fails("joined")
    return [*words, extra]


@dg.job(executor_def=dg.in_process_executor, tags={"team": "words"})
def words():
    n = times()
    sides = branch()
    below.alias("below_right")(sides.right)
    mapped = letters().map(lambda letter: marked(repeated(letter, n)))
    joined(mapped.collect(), below.alias("below_left")(sides.left))


def facts() -> dict:
    told = []
    with dg.DagsterInstance.local_temp() as instance:
        numbers = {}

        def run(name, *fail, again=None, **others):
            broken(*fail)
            options = dg.ReexecutionOptions.from_failure(again, instance) if again else None
            with dg.execute_job(dg.reconstructable(words), instance, reexecution_options=options, **others) as result:
                stored = instance.get_run_by_id(result.run_id)
                numbers[result.run_id] = name
                told.append(
                    {
                        "run": name,
                        "events": seen.step_events(result),
                        "status": stored.status.value,
                        "parent": numbers.get(stored.parent_run_id),
                        "root": numbers.get(stored.root_run_id),
                        "steps": sorted(stored.step_keys_to_execute),
                        "config": stored.run_config,
                        "team": stored.tags.get("team"),
                        "mark": stored.tags.get("mark"),
                        "value": result.output_for_node("joined") if result.is_node_success("joined") else None,
                    }
                )
            return result.run_id

        config = {"ops": {"times": {"config": {"n": 2}}}}
        first = run("first", "repeated_b", "marked_c", run_config=config, tags={"mark": "one"})
        second = run("second", "repeated_b", again=first)
        third = run("third", "joined", again=second, tags={"mark": "three"})
        run("fourth", again=third)
        giver = run("giver fails", "letters")
        run("giver again", again=giver)
        part = run("part", "repeated_a", op_selection=["letters", "times", "repeated"])
        run("part again", again=part)
    return {"runs": told}
