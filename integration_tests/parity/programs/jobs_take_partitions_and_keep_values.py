"""Partitioned jobs of ops whose values are stored: what IO managers are told, where files lie, and what runs again."""

import os

import seen

import dagster as dg

TOLD: list = []


class Telling(dg.IOManager):
    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        identifier = context.get_identifier()[1:]
        TOLD.append(["out", identifier, context.has_partition_key, context.has_asset_partitions, context.partition_key])
        self.values[tuple(identifier)] = obj

    def load_input(self, context):
        identifier = context.get_identifier()[1:]
        TOLD.append(["in", identifier, context.has_partition_key, context.has_asset_partitions, context.partition_key])
        return self.values[tuple(identifier)]


@dg.op
def one(context):
    return context.partition_key


@dg.op(out=dg.DynamicOut())
def letters(word):
    for letter in word:
        yield dg.DynamicOutput(letter, letter)


@dg.op
def double(letter):
    return letter * 2


@dg.op
def joined(context, parts):
    return "".join(parts) + context.run.tags["dagster/partition"]


PARTITIONS = dg.StaticPartitionsDefinition(["ab", "c"])


@dg.job(partitions_def=PARTITIONS)
def words():
    joined(letters(one()).map(double).collect())


@dg.graph
def word():
    return joined(letters(one()).map(double).collect())


def facts() -> dict:
    job = words.execute_in_process(partition_key="ab", resources={"io_manager": Telling()})
    told = list(TOLD)
    asset = dg.AssetsDefinition.from_graph(word, partitions_def=PARTITIONS)
    folder = os.path.abspath("values")
    result = dg.materialize([asset], partition_key="c", resources={"io_manager": dg.FilesystemIOManager(base_dir=folder)})
    files = [path.replace(result.run_id, "<run>") for path in seen.files_below(folder)]
    return {
        "value": job.output_for_node("joined"),
        "told": told,
        "tags": seen.tags(job.dagster_run.tags),
        "asset": [result.success, result.asset_value("word"), sorted(files)],
        "materialized": [event.partition for event in result.get_asset_materialization_events()],
        "no partition": seen.outcome(lambda: words.execute_in_process()),
        "unknown partition": seen.outcome(lambda: words.execute_in_process(partition_key="z"), mentions=["z"]),
        "partition of a job without": seen.outcome(
            lambda: dg.job(name="j")(lambda: double.alias("d") and None).execute_in_process(partition_key="a")
        ),
    }
