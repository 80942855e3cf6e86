"""Checks of assets with partitions: which values they load, what their context says, and resources and config of checks."""

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["x", "y"])
LOADED = []


class Memory(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        LOADED.append(list(context.asset_partition_keys) if context.has_asset_partitions else None)
        return 1


@dg.asset(partitions_def=LETTERS)
def letters():
    return 1


@dg.asset_check(asset=letters)
def of_all(context, letters):
    return dg.AssetCheckResult(passed=True, metadata={"run": context.has_partition_key and context.partition_key})


@dg.asset_check(asset=letters, partitions_def=LETTERS)
def of_each(context, letters):
    return dg.AssetCheckResult(passed=True, metadata={"run": context.partition_key})


class Limit(dg.ConfigurableResource):
    most: int


class Least(dg.Config):
    least: int = 0


@dg.asset
def number():
    return 5


@dg.asset_check(asset=number)
def within(context, config: Least, limit: Limit, number: int):
    return dg.AssetCheckResult(passed=config.least <= number <= limit.most, metadata={"least": config.least, "most": limit.most})


def told(result) -> list:
    return [
        [each.check_name, each.passed, {name: value.value for name, value in each.metadata.items()}]
        for each in result.get_asset_check_evaluations()
    ]


def partitioned(check, key) -> list:
    LOADED.clear()
    result = dg.materialize([letters, check], partition_key=key, resources={"io_manager": Memory()})
    return [told(result), list(LOADED)]


def facts() -> dict:
    config = {"ops": {"number_within": {"config": {"least": 7}}}}
    return {
        "of all": partitioned(of_all, "x"),
        "of each": partitioned(of_each, "y"),
        "resources": told(dg.materialize([number, within], resources={"limit": Limit(most=6)})),
        "config": told(dg.materialize([number, within], resources={"limit": Limit(most=6)}, run_config=config)),
    }
