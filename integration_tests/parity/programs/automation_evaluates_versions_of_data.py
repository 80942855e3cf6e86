"""Conditions about versions of data: of what is made, of what is observed, of assets that nothing here makes."""

from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition
LETTERS = dg.StaticPartitionsDefinition(["x", "y"])


def below(name: str, condition, parent, **options):
    return dg.asset(lambda: None, name=name, deps=[parent], automation_condition=condition, **options)


def versions_made() -> list:
    given = iter(["a", "a", "b", None, "b"])

    @dg.asset
    def raw():
        version = next(given)
        return dg.MaterializeResult(data_version=dg.DataVersion(version) if version else None)

    made = below("made", AC.any_deps_match(AC.data_version_changed()), raw)
    with dg.DagsterInstance.ephemeral() as instance:

        def make():
            dg.materialize([raw], instance=instance)

        return [total for total, _ in ticks(dg.Definitions([raw, made]), instance, [None, *[make] * 5, None])]


def versions_of_partitions() -> list:
    versions = {"x": "1", "y": "1"}

    @dg.asset(partitions_def=LETTERS)
    def raw(context: dg.AssetExecutionContext):
        return dg.MaterializeResult(data_version=dg.DataVersion(versions[context.partition_key]))

    made = below("made", AC.any_deps_match(AC.data_version_changed()), raw, partitions_def=LETTERS)
    with dg.DagsterInstance.ephemeral() as instance:

        def make(**changed):
            def act():
                versions.update(changed)
                for key in versions:
                    dg.materialize([raw], instance=instance, partition_key=key)

            return act

        return ticks(dg.Definitions([raw, made]), instance, [make(), make(), make(y="2"), make(x="3", y="4")])


def observed() -> list:
    given = iter("aab")

    @dg.observable_source_asset
    def source():
        return dg.DataVersion(next(given))

    conditions = {
        "updated": AC.any_deps_match(AC.newly_updated()),
        "absent": AC.any_deps_match(AC.missing()),
        "changed": AC.any_deps_match(AC.data_version_changed()),
        "eager": AC.eager(),
    }
    assets = [source, *(below(name, condition, source) for name, condition in conditions.items())]
    looking = dg.define_asset_job("looking", selection=[source])
    project = dg.Definitions(assets, jobs=[looking])
    with dg.DagsterInstance.ephemeral() as instance:

        def look():
            project.resolve_job_def("looking").execute_in_process(instance=instance)

        return ticks(project, instance, [None, look, look, look, None])


def external() -> list:
    spec = dg.AssetSpec("outside")
    conditions = {
        "updated": AC.any_deps_match(AC.newly_updated()),
        "absent": AC.any_deps_match(AC.missing()),
        "eager": AC.eager(),
    }
    assets = [spec, *(below(name, condition, spec) for name, condition in conditions.items())]
    with dg.DagsterInstance.ephemeral() as instance:

        def report(event):
            return lambda: instance.report_runless_asset_event(event("outside"))

        acts = [None, report(dg.AssetObservation), report(dg.AssetMaterialization), None, report(dg.AssetMaterialization)]
        return ticks(dg.Definitions(assets), instance, acts)


def watched() -> list:
    @dg.observable_source_asset(automation_condition=AC.on_cron("* * * * *"))
    def source():
        return dg.DataVersion("1")

    with dg.DagsterInstance.ephemeral() as instance:
        return ticks(dg.Definitions([source]), instance, [None, None])


def facts() -> dict:
    return {
        "made": versions_made(),
        "partitions": versions_of_partitions(),
        "observed": observed(),
        "external": external(),
        "watched": watched(),
    }
