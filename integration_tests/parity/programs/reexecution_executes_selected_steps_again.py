"""Steps of an earlier run are executed again by key, with what lies before and behind; the others' values are read."""

import seen

import dagster as dg


@dg.op(out=dg.DynamicOut())
def letters():
    for letter in "ab":
        yield dg.DynamicOutput(letter, mapping_key=letter)


@dg.op(config_schema={"n": dg.Field(int, default_value=1)})
def times(context):
    return context.op_config["n"]


@dg.op
def repeated(letter, n):
    return letter * n


@dg.op
def joined(words):
    return words


@dg.op
def ended(words):
    return len(words)


@dg.job(executor_def=dg.in_process_executor)
def words():
    n = times()
    ended(joined(letters().map(lambda letter: repeated(letter, n)).collect()))


def started(result):
    return sorted(event.step_key for event in result.all_events if event.is_step_start)


def facts() -> dict:
    found = {}
    with dg.DagsterInstance.local_temp() as instance:
        first = dg.execute_job(dg.reconstructable(words), instance)
        for selection in (
            ["times"],
            ["repeated[b]"],
            ["repeated[b]+"],
            ["repeated[?]"],
            ["letters+"],
            ["letters*"],
            ["joined", "ended"],
            ["joined+"],
            ["repeated"],
            ["repeated[c]"],
            ["nowhere"],
            [],
        ):
            options = dg.ReexecutionOptions(first.run_id, selection)

            def run(options=options):
                with dg.execute_job(dg.reconstructable(words), instance, reexecution_options=options) as result:
                    stored = instance.get_run_by_id(result.run_id)
                    return {
                        "started": started(result),
                        "status": stored.status.value,
                        "parent": stored.parent_run_id == first.run_id,
                        "steps": sorted(stored.step_keys_to_execute),
                    }

            found[" ".join(selection) or "none"] = seen.outcome(run, mentions=selection[:1])
        config = {"ops": {"times": {"config": {"n": 3}}}}
        options = dg.ReexecutionOptions(first.run_id, ["times", "repeated[a]"])
        second = dg.execute_job(dg.reconstructable(words), instance, run_config=config, reexecution_options=options)
        options = dg.ReexecutionOptions(second.run_id, ["joined"])
        with dg.execute_job(dg.reconstructable(words), instance, reexecution_options=options) as third:
            found["values of three runs"] = third.output_for_node("joined")
            found["root"] = instance.get_run_by_id(third.run_id).root_run_id == first.run_id
    return found
