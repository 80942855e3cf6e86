"""Sources outside whose partitions are observed: versions by partition, in one observation, in definitions of several, by a run."""

import seen

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
FILES = dg.DynamicPartitionsDefinition(name="files")
VERSIONS = {"a": "1", "b": "1"}


@dg.observable_source_asset(partitions_def=LETTERS)
def letters():
    return dg.DataVersionsByPartition(dict(VERSIONS))


@dg.observable_source_asset(partitions_def=LETTERS)
def as_objects():
    return dg.DataVersionsByPartition({name: dg.DataVersion(version) for name, version in VERSIONS.items()})


@dg.observable_source_asset
def whole():
    return dg.DataVersion("v")


@dg.observable_source_asset
def as_result():
    return dg.ObserveResult(data_version=dg.DataVersion("v"), metadata={"rows": 3}, tags={"mine": "1"})


@dg.observable_source_asset
def nothing():
    return None


@dg.observable_source_asset
def as_text():
    return "v"


@dg.observable_source_asset(partitions_def=LETTERS)
def one_for_all():
    return dg.DataVersion("v")


@dg.observable_source_asset
def by_partition_of_none():
    return dg.DataVersionsByPartition({"a": "1"})


@dg.observable_source_asset(partitions_def=LETTERS)
def unknown_partition():
    return dg.DataVersionsByPartition({"z": "1"})


@dg.observable_source_asset
def failing():
    raise ValueError("no")


def observations(instance, key) -> list:
    found = instance.fetch_observations(key, limit=10, ascending=True).records
    return [[record.partition_key, record.asset_observation.tags.get("dagster/data_version"), seen.metadata(record.asset_observation.metadata), "mine" in record.asset_observation.tags] for record in found]


def look(instance, *sources, **options):
    job = dg.Definitions(list(sources), jobs=[dg.define_asset_job("look", selection="*")]).resolve_job_def("look")
    return job.execute_in_process(instance=instance, raise_on_error=False, **options)


def observed(source, times=1, **options) -> object:
    with dg.DagsterInstance.ephemeral() as instance:

        def run():
            results = [look(instance, source, **options) for _ in range(times)]
            return [[result.success for result in results], observations(instance, source.key)]

        return seen.outcome(run)


def downstream() -> list:
    @dg.asset(partitions_def=LETTERS, deps=[letters])
    def below(): ...

    told = []
    with dg.DagsterInstance.ephemeral() as instance:
        for change in ({}, {"a": "2"}):
            VERSIONS.update(change)
            look(instance, letters)
            for key in ("a", "c"):
                result = dg.materialize([letters, below], instance=instance, partition_key=key, selection=[below])
                tags = result.get_asset_materialization_events()[0].step_materialization_data.materialization.tags
                told.append([key, tags.get("dagster/input_data_version/letters")])
    return told


def in_a_job() -> list:
    defs = dg.Definitions([letters, whole], jobs=[dg.define_asset_job("look", selection="*")])
    with dg.DagsterInstance.ephemeral() as instance:
        outcome = seen.outcome(lambda: defs.resolve_job_def("look").execute_in_process(instance=instance).success)
        return [outcome, observations(instance, whole.key)]


def facts() -> dict:
    VERSIONS.update({"a": "1", "b": "1"})
    names = [letters, as_objects, whole, as_result, nothing, as_text, one_for_all, by_partition_of_none, unknown_partition, failing]
    return {
        "observed": {source.key.to_user_string(): observed(source) for source in names},
        "twice": observed(letters, 2),
        "by key": observed(letters, partition_key="a"),
        "downstream": downstream(),
        "in a job": in_a_job(),
        "values": [
            seen.outcome(lambda: dict(dg.DataVersionsByPartition({"a": "1"}).data_versions_by_partition)),
            seen.outcome(lambda: dg.DataVersionsByPartition({"a": 1})),
            seen.outcome(lambda: dg.DataVersionsByPartition("a")),
            seen.outcome(lambda: dg.DataVersion(3)),
            seen.outcome(lambda: dg.DataVersion("a") == dg.DataVersion("a")),
            seen.outcome(lambda: dg.DataVersionsByPartition({"a": "1"}) == dg.DataVersionsByPartition({"a": dg.DataVersion("1")})),
        ],
    }
