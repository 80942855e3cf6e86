"""Conditions about runs: their tags, what else they made, and runs that are in progress."""

from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition


@dg.asset
def raw():
    return 1


def below(name: str, condition):
    return dg.asset(lambda: None, name=name, deps=[raw], automation_condition=condition)


def tags() -> list:
    value, key = {"tag_values": {"k": "1"}}, {"tag_keys": {"k"}}
    conditions = {
        "key": AC.any_deps_match(AC.executed_with_tags(**key)),
        "value": AC.any_deps_match(AC.executed_with_tags(**value)),
        "any": AC.any_deps_match(AC.any_new_update_has_run_tags(**value)),
        "all": AC.any_deps_match(AC.all_new_updates_have_run_tags(**value)),
        "own": AC.executed_with_tags(tag_keys={"k"}, tag_values={"j": "1"}),
    }
    made = {name: below(name, condition) for name, condition in conditions.items()}
    with dg.DagsterInstance.ephemeral() as instance:

        def run(*several, assets=(raw,)):
            return lambda: [dg.materialize(list(assets), instance=instance, tags=tags) for tags in several]

        acts = [
            run({"k": "1"}),
            run({"k": "1"}),
            run({"k": "2"}, {"k": "1"}),
            run({}),
            run({"k": "1", "j": "1"}, assets=[raw, made["own"]]),
        ]
        return ticks(dg.Definitions([raw, *made.values()]), instance, [*acts, None])


def together() -> list:
    made = below("made", AC.any_deps_match(AC.executed_with_root_target()))
    project = dg.Definitions([raw, made], jobs=[dg.define_asset_job("everything")])
    with dg.DagsterInstance.ephemeral() as instance:

        def run(*selected):
            job = project.resolve_job_def("everything")
            return lambda: job.execute_in_process(instance=instance, asset_selection=[each.key for each in selected] or None)

        return ticks(project, instance, [None, run(raw, made), run(raw), run()])


def in_progress() -> dict:
    told = {}

    @dg.asset(automation_condition=AC.in_progress())
    def busy(context: dg.AssetExecutionContext):
        told["within"] = ticks(project, context.instance, [None])

    @dg.asset(deps=[busy], automation_condition=AC.any_deps_in_progress())
    def waiting(): ...

    @dg.asset(deps=[busy], automation_condition=AC.in_progress())
    def idle(): ...

    @dg.asset(deps=[busy], automation_condition=AC.missing() & ~AC.any_deps_in_progress())
    def patient(): ...

    project = dg.Definitions([busy, waiting, idle, patient])
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([busy, waiting], instance=instance)
        return {**told, "after": ticks(project, instance, [None])}


def facts() -> dict:
    return {"tags": tags(), "together": together(), "in progress": in_progress()}
