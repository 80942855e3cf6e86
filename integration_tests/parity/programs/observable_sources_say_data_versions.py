"""What the function of an observable source may return, and what is recorded of it."""

import seen

import dagster as dg


def observed(function, partition_key=None, **given) -> dict:
    def made():
        source = dg.observable_source_asset(name="watched", **given)(function)
        defs = dg.Definitions(assets=[source], jobs=[dg.define_asset_job("look", selection=["watched"])])
        result = defs.resolve_job_def("look").execute_in_process(partition_key=partition_key)
        return {
            "events": seen.step_events(result),
            "observations": [
                {
                    "key": each.asset_key.to_user_string(),
                    "partition": each.partition,
                    "metadata": seen.metadata(each.metadata),
                    "tags": seen.tags(each.tags),
                }
                for each in (event.asset_observation_data.asset_observation for event in result.get_asset_observation_events())
            ],
        }

    return seen.outcome(made)


LETTERS = dg.StaticPartitionsDefinition(["a", "b"])


def facts() -> dict:
    version = dg.DataVersion
    by_partition = dg.DataVersionsByPartition({"a": "1", "b": version("2")})
    return {
        "a version": observed(lambda: version("5")),
        "a version of the context": observed(lambda context: version(context.asset_key.to_user_string())),
        "a result": observed(
            lambda: dg.ObserveResult(metadata={"rows": 1}, data_version=version("q"), tags={"x": "y"})
        ),
        "a result without a version": observed(lambda: dg.ObserveResult(metadata={"rows": 1})),
        "a number": observed(lambda: 5),
        "nothing": observed(lambda: None),
        "partitions": observed(lambda: by_partition, partitions_def=LETTERS, partition_key="a"),
        "a version of all partitions": observed(lambda: version("1"), partitions_def=LETTERS, partition_key="a"),
        "partitions of one without": observed(lambda: by_partition),
        "resources": observed(
            lambda context: version(str(context.resources.number)),
            required_resource_keys={"number"},
            resource_defs={"number": dg.ResourceDefinition.hardcoded_resource(3)},
        ),
        "that fails": observed(lambda: 1 / 0),
        "versions": seen.plain(
            {key: each.value for key, each in by_partition.data_versions_by_partition.items()}
        ),
        "versions of a list": seen.outcome(lambda: dg.DataVersionsByPartition([1])),
    }
