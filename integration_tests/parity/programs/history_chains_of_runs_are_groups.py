"""Runs that execute another one again form a group."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        root = dg.DagsterRun(job_name="j")
        instance.add_run(root)
        tags = {"dagster/root_run_id": root.run_id, "dagster/parent_run_id": root.run_id}
        again = dg.DagsterRun(job_name="j", root_run_id=root.run_id, parent_run_id=root.run_id, tags=tags)
        instance.add_run(again)
        names = {root.run_id: "root", again.run_id: "again"}
        groups = {name: instance.get_run_group(run_id) for run_id, name in names.items()}
        return {
            "groups": {name: [names[group[0]], sorted(names[run.run_id] for run in group[1])] for name, group in groups.items()},
            "nobody": seen.outcome(lambda: instance.get_run_group("nobody"), ["nobody"]),
        }
