"""Config per partition that cannot be made, asked or run."""

import seen

import dagster as dg

ONE = dg.StaticPartitionsDefinition(["one"])
OTHER = dg.StaticPartitionsDefinition(["other"])


def config(**options):
    return dg.PartitionedConfig(ONE, **options)


def nothing(*_args):
    return {}


def fails(key):
    raise ZeroDivisionError(key)


@dg.op
def plain(): ...


@dg.job
def unpartitioned():
    plain()


def run(**options):
    @dg.job(**options)
    def made():
        plain()

    return made.execute_in_process(partition_key="one").success


CASES = {
    "no function": lambda: config(),
    "two functions": lambda: config(run_config_for_partition_fn=nothing, run_config_for_partition_key_fn=nothing),
    "two functions for tags": lambda: config(
        run_config_for_partition_key_fn=nothing, tags_for_partition_fn=nothing, tags_for_partition_key_fn=nothing
    ),
    "decorator with two functions for tags": lambda: dg.static_partitioned_config(
        ["one"], tags_for_partition_fn=nothing, tags_for_partition_key_fn=nothing
    )(nothing),
    "no partitions": lambda: dg.PartitionedConfig(["one"], run_config_for_partition_key_fn=nothing),
    "no callable": lambda: config(run_config_for_partition_key_fn=3),
    "called without a decorator": lambda: config(run_config_for_partition_key_fn=nothing)("one"),
    "tags that are reserved": lambda: config(
        run_config_for_partition_key_fn=nothing, tags_for_partition_key_fn=lambda key: {"dagster/partition": key}
    ).get_tags_for_partition_key("one"),
    "tags that are no strings": lambda: seen.tags(
        config(
            run_config_for_partition_key_fn=nothing, tags_for_partition_key_fn=lambda key: {"n": 3}
        ).get_tags_for_partition_key("one")
    ),
    "a function that fails": lambda: config(run_config_for_partition_key_fn=fails).get_run_config_for_partition_key("one"),
    "a function that fails in a job": lambda: run(config=config(run_config_for_partition_key_fn=fails)),
    "no config": lambda: run(config=config(run_config_for_partition_key_fn=lambda key: 3)),
    "config that does not fit": lambda: run(config=config(run_config_for_partition_key_fn=lambda key: {"opps": {}})),
    "flexible dict": lambda: dg.PartitionedConfig.from_flexible_config({"a": 1}, ONE).get_run_config_for_partition_key("one"),
    "flexible none": lambda: dg.PartitionedConfig.from_flexible_config(None, ONE).get_run_config_for_partition_key("one"),
    "flexible mapping": lambda: dg.PartitionedConfig.from_flexible_config(dg.ConfigMapping(nothing), ONE),
    "flexible of others": lambda: dg.PartitionedConfig.from_flexible_config(
        dg.PartitionedConfig(OTHER, run_config_for_partition_key_fn=nothing), ONE
    ),
    "request of a job without partitions": lambda: unpartitioned.run_request_for_partition("one"),
    "config of a job without partitions": lambda: unpartitioned.partitioned_config,
    "run of a job without partitions": lambda: unpartitioned.execute_in_process(partition_key="one"),
}


def facts() -> dict:
    return {name: seen.outcome(case) for name, case in CASES.items()}
