"""What cannot be executed again is refused before anything runs."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.job(executor_def=dg.in_process_executor)
def good():
    one()


def facts() -> dict:
    with dg.DagsterInstance.local_temp() as instance:
        first = dg.execute_job(dg.reconstructable(good), instance)

        def again(options, **others):
            return lambda: dg.execute_job(dg.reconstructable(good), instance, reexecution_options=options, **others).success

        failure = dg.ReexecutionOptions.from_failure(first.run_id, instance)
        runs = instance.get_runs_count()
        found = {
            "parent": failure.parent_run_id == first.run_id,
            "selection": list(dg.ReexecutionOptions("x", ["a+"]).step_selection),
            "no selection": list(dg.ReexecutionOptions("x").step_selection),
            "of a run that ended well": seen.outcome(again(failure), mentions=["not failed or canceled"]),
            "with a selection of ops": seen.outcome(again(dg.ReexecutionOptions(first.run_id), op_selection=["one"])),
            "a job that is no pointer": seen.outcome(lambda: dg.execute_job(good, instance)),
            "no instance": seen.outcome(lambda: dg.execute_job(dg.reconstructable(good), None)),
            "an unknown op": seen.outcome(lambda: dg.execute_job(dg.reconstructable(good), instance, op_selection=["nowhere"])),
        }
        return {**found, "no run was added": instance.get_runs_count() == runs}
