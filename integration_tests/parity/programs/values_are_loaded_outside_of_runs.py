"""`load_asset_value` of definitions and instances, and of results."""

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2]


@dg.asset(key_prefix="deep")
def words() -> str:
    return "w"


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["x", "y"]))
def parted(context):
    return context.partition_key * 2


class Typed(dg.IOManager):
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return [context.dagster_type.display_name, context.asset_key.to_user_string(), sorted(context.definition_metadata or {})]


@dg.asset(io_manager_key="typed", metadata={"table": "t"})
def typed() -> int:
    return 1


defs = dg.Definitions(assets=[numbers, words, parted, typed], resources={"typed": Typed()})


def facts() -> dict:
    with dg.instance_for_test() as instance:
        dg.materialize([numbers, words], instance=instance)
        for key in ("x", "y"):
            dg.materialize([parted], partition_key=key, instance=instance)
        load = defs.load_asset_value
        with defs.get_asset_value_loader(instance=instance) as loader:
            by_loader = [loader.load_asset_value("numbers"), loader.load_asset_value(dg.AssetKey(["deep", "words"]))]
        return {
            "string": load("numbers", instance=instance),
            "list": load(["deep", "words"], instance=instance),
            "key": load(dg.AssetKey("numbers"), instance=instance),
            "partition": load("parted", partition_key="x", instance=instance),
            "typed": load("typed", instance=instance),
            "typed with type": load("typed", python_type=str, instance=instance),
            "loader": by_loader,
            "unknown": seen.outcome(lambda: load("nobody", instance=instance), mentions=["nobody"]),
            "no partition": seen.outcome(lambda: load("parted", instance=instance)),
        }
