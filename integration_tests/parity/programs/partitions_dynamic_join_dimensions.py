"""Dimensions whose keys come and go: definitions of several dimensions over dynamic partitions, their keys, runs and mappings."""

import seen

import dagster as dg

SHOPS = dg.DynamicPartitionsDefinition(name="shops")
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04")
BOTH = dg.MultiPartitionsDefinition({"shop": SHOPS, "day": DAYS})


@dg.asset(partitions_def=BOTH)
def sales(context: dg.AssetExecutionContext):
    return context.partition_key.keys_by_dimension["shop"]


@dg.asset(partitions_def=SHOPS)
def of_shop(sales):
    return sorted(map(str, sales)) if isinstance(sales, dict) else sales


@dg.asset(partitions_def=DAYS)
def of_day(sales):
    return sorted(map(str, sales)) if isinstance(sales, dict) else sales


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:

        def keys():
            return [str(key) for key in BOTH.get_partition_keys(dynamic_partitions_store=instance)]

        def made(asset, key):
            def run():
                result = dg.materialize([sales, of_shop, of_day], selection=[asset], partition_key=key, instance=instance)
                return result.output_for_node(asset.op.name)

            return seen.outcome(run)

        told["empty"] = keys()
        instance.add_dynamic_partitions("shops", ["north"])
        told["one shop"] = keys()
        told["made"] = [made(sales, dg.MultiPartitionKey({"shop": "north", "day": f"2024-01-0{day}"})) for day in (1, 2, 3)]
        told["no such shop"] = made(sales, dg.MultiPartitionKey({"shop": "south", "day": "2024-01-01"}))["raises"]
        told["of the shop"] = made(of_shop, "north")
        instance.add_dynamic_partitions("shops", ["south"])
        told["two shops"] = keys()
        told["made south"] = made(sales, "2024-01-02|south")
        told["of the day"] = made(of_day, "2024-01-02")
        with dg.partition_loading_context(dynamic_partitions_store=instance):
            told["count"] = BOTH.get_num_partitions()
            told["ends"] = [str(BOTH.get_first_partition_key()), str(BOTH.get_last_partition_key())]
            told["of one shop"] = [str(key) for key in BOTH.get_multipartition_keys_with_dimension_value("shop", "south")]
            told["exist"] = [BOTH.has_partition_key(key) for key in ("2024-01-01|south", "2024-01-01|west", "south|2024-01-01")]
        instance.delete_dynamic_partition("shops", "north")
        told["after deletion"] = keys()
        told["still known"] = sorted(map(str, instance.get_materialized_partitions(sales.key)))
        told["of a deleted shop"] = "raises" in made(of_shop, "north")
    return told
