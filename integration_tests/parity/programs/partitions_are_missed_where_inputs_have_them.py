"""Runs without a partition of assets that have some: where the error comes that says so."""

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["a", "b"])


class Memory(dg.IOManager):
    def __init__(self):
        self.values = {}

    def handle_output(self, context, value):
        self.values[context.asset_key] = value

    def load_input(self, context):
        return self.values[context.asset_key]


@dg.asset(partitions_def=LETTERS)
def upstream():
    return 1


@dg.asset(partitions_def=LETTERS)
def same(upstream):
    return upstream


@dg.asset(partitions_def=LETTERS, ins={"upstream": dg.AssetIn(partition_mapping=dg.AllPartitionMapping())})
def reads_all(upstream):
    return upstream


@dg.asset(partitions_def=LETTERS, ins={"upstream": dg.AssetIn(partition_mapping=dg.SpecificPartitionsPartitionMapping(["a"]))})
def reads_one(upstream):
    return upstream


@dg.asset
def whole(upstream):
    return upstream


@dg.asset(ins={"upstream": dg.AssetIn(partition_mapping=dg.SpecificPartitionsPartitionMapping(["a"]))})
def whole_of_one(upstream):
    return upstream


@dg.asset(deps=[upstream], partitions_def=LETTERS)
def after():
    return 2


@dg.asset
def plain():
    return 1


@dg.asset(partitions_def=LETTERS)
def of_plain(plain):
    return plain


def outcome(*assets, **how):
    try:
        result = dg.materialize(list(assets), resources={"io_manager": Memory()}, **how)
    except Exception as error:
        return type(error).__name__
    return [event.event_type_value for event in result.all_events if event.is_step_event]


def facts() -> dict:
    alone = {each.key.path[-1]: outcome(upstream, each) for each in (same, reads_all, reads_one, whole, whole_of_one, after)}
    return {
        "without": alone,
        "plain": outcome(plain, of_plain),
        "with one": {each.key.path[-1]: outcome(upstream, each, partition_key="a") for each in (same, reads_all, reads_one)},
    }
