"""A chain of runs, each going on from the one before: failures that move, maps, retries, tags, parents and roots."""

import os

import seen

import dagster as dg


def broken(name) -> bool:
    return os.path.exists(os.path.join(os.environ["DAGSTER_HOME"], f"broken_{name}"))


@dg.op
def first():
    return 1


@dg.op(out=dg.DynamicOut())
def spread(x):
    for key in "abc":
        yield dg.DynamicOutput(key, key)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def work(key):
    if broken(key):
        raise ValueError(key)
    return key * 2


@dg.op(out={"yes": dg.Out(is_required=False), "no": dg.Out(is_required=False)})
def chosen(parts):
    if broken("chosen"):
        raise ValueError("chosen")
    yield dg.Output(len(parts), "yes")


@dg.op
def after(n):
    return n


@dg.op(ins={"start": dg.In(dg.Nothing)})
def end():
    return "end"


@dg.job(tags={"team": "a"}, executor_def=dg.in_process_executor)
def chain():
    found = chosen(spread(first()).map(work).collect())
    end([after(found.yes), after.alias("other")(found.no)])


def breaks(*names):
    home = os.environ["DAGSTER_HOME"]
    for name in ("a", "b", "c", "chosen", "end"):
        path = os.path.join(home, f"broken_{name}")
        if name in names:
            with open(path, "w"):
                pass
        elif os.path.exists(path):
            os.remove(path)


def steps(result, kind="STEP_START") -> list:
    return [step for event, step in seen.step_events(result) if event == kind]


def facts() -> dict:
    job = dg.reconstructable(chain)
    found: dict = {}
    with dg.DagsterInstance.get() as instance:
        breaks("b")
        runs = [dg.execute_job(job, instance)]
        for number, names in enumerate([("b", "chosen"), ("chosen",), ()]):
            breaks(*names)
            options = dg.ReexecutionOptions.from_failure(runs[-1].run_id, instance)
            runs.append(dg.execute_job(job, instance, reexecution_options=options, tags={"number": str(number)}))
        ids = [result.run_id for result in runs]
        for number, result in enumerate(runs):
            run = instance.get_run_by_id(result.run_id)
            found[str(number)] = {
                "success": result.success,
                "started": sorted(steps(result)),
                "failed": steps(result, "STEP_FAILURE"),
                "skipped": steps(result, "STEP_SKIPPED"),
                "retried": steps(result, "STEP_UP_FOR_RETRY"),
                "parent": ids.index(run.parent_run_id) if run.parent_run_id else None,
                "root": ids.index(run.root_run_id) if run.root_run_id else None,
                "tags": seen.tags({key: value for key, value in run.tags.items() if not key.startswith((".dagster", "dagster/"))}),
            }
    return found
