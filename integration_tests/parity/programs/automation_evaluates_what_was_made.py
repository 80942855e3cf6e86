"""Conditions about what was made: missing, updated, failed, versions of code; eager and on_missing along a chain of assets."""

from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition


@dg.asset
def raw():
    return 1


@dg.asset(deps=[raw], automation_condition=AC.eager())
def clean(): ...


@dg.asset(deps=[clean], automation_condition=AC.eager())
def report(): ...


@dg.asset(deps=[raw], automation_condition=AC.on_missing())
def archive(): ...


def chain() -> list:
    everything = [raw, clean, report, archive]
    with dg.DagsterInstance.ephemeral() as instance:

        def make(*assets):
            return lambda: dg.materialize(everything, instance=instance, selection=list(assets))

        acts = [None, None, make(raw), None, make(raw), make(clean, report), make(*everything), make(clean), make(archive)]
        return ticks(dg.Definitions(everything), instance, acts)


def alone(condition, acts=(), **options) -> list:
    @dg.asset(automation_condition=condition, **options)
    def made(): ...

    with dg.DagsterInstance.ephemeral() as instance:
        steps = [(lambda: dg.materialize([made], instance=instance)) if act else None for act in acts]
        return [total for total, _ in ticks(dg.Definitions([made]), instance, steps)]


def failing() -> list:
    fails = [True]

    @dg.asset(automation_condition=AC.execution_failed())
    def made():
        if fails[0]:
            raise ValueError("no")

    @dg.asset(deps=[made], automation_condition=AC.any_deps_match(AC.execution_failed() | AC.missing()))
    def below(): ...

    with dg.DagsterInstance.ephemeral() as instance:

        def make(works: bool):
            def act():
                fails[0] = not works
                dg.materialize([made], instance=instance, raise_on_error=False)

            return act

        return ticks(dg.Definitions([made, below]), instance, [None, make(False), None, make(True), make(False)])


def code_versions(*versions) -> list:
    remaining = list(versions)

    def project():
        @dg.asset(code_version=remaining.pop(0), automation_condition=AC.code_version_changed())
        def made(): ...

        return dg.Definitions([made])

    with dg.DagsterInstance.ephemeral() as instance:
        return [total for total, _ in ticks(project, instance, [None] * len(versions))]


def facts() -> dict:
    return {
        "chain": chain(),
        "missing": alone(AC.missing(), [0, 0, 1, 0]),
        "newly missing": alone(AC.newly_missing(), [0, 0, 1, 0]),
        "newly updated": [alone(AC.newly_updated(), [0, 0, 1, 0, 1]), alone(AC.newly_updated(), [1, 0, 0])],
        "on missing": [alone(AC.on_missing(), [0, 0, 0]), alone(AC.on_missing(), [1, 0, 0])],
        "eager": [alone(AC.eager(), [0, 0, 0]), alone(AC.eager(), [1, 0, 1])],
        "handled": alone(AC.missing().since_last_handled(), [0, 0, 0, 1, 0]),
        "failing": failing(),
        "code versions": code_versions("1", "1", "2", "2", None, "3", "3"),
        "in progress": alone(AC.in_progress() | AC.backfill_in_progress(), [0, 1, 0]),
    }
