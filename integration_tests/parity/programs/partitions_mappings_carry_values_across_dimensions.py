"""Values through mappings of dimensions: what an asset with two dimensions gets from another, as dict or as one value."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04")
COUNTRIES = dg.StaticPartitionsDefinition(["de", "fr", "us"])
REGIONS = dg.StaticPartitionsDefinition(["eu", "na"])
FINE = dg.MultiPartitionsDefinition({"day": DAYS, "country": COUNTRIES})
COARSE = dg.MultiPartitionsDefinition({"day": DAYS, "region": REGIONS})
TO_REGIONS = dg.StaticPartitionMapping({"de": "eu", "fr": "eu", "us": "na"})


@dg.asset(partitions_def=FINE)
def sales(context: dg.AssetExecutionContext) -> int:
    parts = context.partition_key.keys_by_dimension
    return int(parts["day"][-2:]) * 100 + ["de", "fr", "us"].index(parts["country"])


def dims(**mappings):
    return dg.MultiPartitionMapping({name: dg.DimensionPartitionMapping(*given) for name, given in mappings.items()})


@dg.asset(
    partitions_def=COARSE,
    ins={"sales": dg.AssetIn(partition_mapping=dims(country=("region", TO_REGIONS), day=("day", dg.IdentityPartitionMapping())))},
)
def by_region(sales):
    return sales


@dg.asset(
    partitions_def=COARSE,
    ins={"sales": dg.AssetIn(partition_mapping=dims(country=("region", TO_REGIONS), day=("day", dg.TimeWindowPartitionMapping(-1, 0))))},
)
def two_days(sales):
    return sales


@dg.asset(partitions_def=COARSE, ins={"sales": dg.AssetIn(partition_mapping=dims(day=("day", dg.IdentityPartitionMapping())))})
def all_countries(sales):
    return sales


@dg.asset(partitions_def=DAYS, ins={"sales": dg.AssetIn(partition_mapping=dg.MultiToSingleDimensionPartitionMapping("day"))})
def of_the_day(sales):
    return sales


@dg.asset(partitions_def=COUNTRIES, ins={"sales": dg.AssetIn(partition_mapping=dg.MultiToSingleDimensionPartitionMapping("country"))})
def of_the_country(sales):
    return sales


@dg.asset(
    partitions_def=FINE,
    ins={
        "before": dg.AssetIn(
            "sales",
            partition_mapping=dims(day=("day", dg.TimeWindowPartitionMapping(-1, -1)), country=("country", dg.IdentityPartitionMapping())),
        )
    },
)
def change(before):
    return before


@dg.asset(ins={"sales": dg.AssetIn(partition_mapping=dg.SpecificPartitionsPartitionMapping([dg.MultiPartitionKey({"country": "de", "day": "2024-01-02"})]))})
def chosen(sales):
    return sales


@dg.asset(ins={"sales": dg.AssetIn(partition_mapping=dg.LastPartitionMapping())})
def newest(sales):
    return sales


def facts() -> dict:
    told = {}
    with dg.DagsterInstance.ephemeral() as instance:
        for key in FINE.get_partition_keys():
            dg.materialize([sales], instance=instance, partition_key=key)

        def made(asset, key=None):
            result = dg.materialize([sales, asset], selection=[asset], instance=instance, partition_key=key, raise_on_error=False)
            return seen.plain(result.output_for_node(asset.op.name)) if result.success else "failed"

        told["keys"] = [str(key) for key in FINE.get_partition_keys()]
        for asset in (by_region, two_days, all_countries):
            told[asset.op.name] = [made(asset, dg.MultiPartitionKey({"day": day, "region": region})) for day in ("2024-01-01", "2024-01-02") for region in ("eu", "na")]
        told["of the day"] = made(of_the_day, "2024-01-02")
        told["of the country"] = made(of_the_country, "us")
        told["change"] = [made(change, dg.MultiPartitionKey({"day": f"2024-01-0{day}", "country": "fr"})) for day in (1, 2)]
        told["chosen"] = made(chosen)
        told["newest"] = made(newest)
    return told
