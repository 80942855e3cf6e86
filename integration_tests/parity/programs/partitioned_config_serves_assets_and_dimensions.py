"""Config per partition in jobs of assets, over several dimensions and dynamic keys, and in run requests."""

import seen

import dagster as dg

REGIONS = dg.StaticPartitionsDefinition(["eu", "us"])
GRID = dg.MultiPartitionsDefinition({"day": dg.StaticPartitionsDefinition(["mon", "tue"]), "region": REGIONS})
FILES = dg.DynamicPartitionsDefinition(name="files")


@dg.asset(partitions_def=REGIONS, config_schema={"said": str})
def sales(context):
    return [context.op_config["said"], context.partition_key]


@dg.asset(partitions_def=REGIONS)
def report(context, sales):
    return [sales, context.partition_key, seen.tags(context.run.tags)]


@dg.op(config_schema={"said": dg.Any})
def load(context):
    return [context.op_config["said"], str(context.partition_key), seen.tags(context.run.tags)]


@dg.partitioned_config(REGIONS, tags_for_partition_key_fn=lambda key: {"region": key})
def of_sales(key):
    return {"ops": {"sales": {"config": {"said": key.upper()}}}}


@dg.partitioned_config(GRID)
def of_grid(key):
    keys = dg.MultiPartitionKey(key.keys_by_dimension) if isinstance(key, dg.MultiPartitionKey) else key
    return {"ops": {"load": {"config": {"said": [type(keys).__name__, str(keys)]}}}}


@dg.partitioned_config(FILES)
def of_files(key):
    return {"ops": {"load": {"config": {"said": f"file {key}"}}}}


@dg.job(config=of_grid)
def grid():
    load()


@dg.job(config=of_files)
def files():
    load()


def ran(job, node, **options):
    return seen.outcome(lambda: job.execute_in_process(**options).output_for_node(node))


def facts() -> dict:
    project = dg.Definitions(
        assets=[sales, report], jobs=[dg.define_asset_job("nightly", config=of_sales), dg.define_asset_job("plain")]
    )
    nightly = project.resolve_job_def("nightly")
    override = {"ops": {"sales": {"config": {"said": "given"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("files", ["a.csv"])
        dynamic = [
            ran(files, "load", instance=instance, partition_key="a.csv"),
            ran(files, "load", instance=instance, partition_key="b.csv"),
        ]
    return {
        "assets": ran(nightly, "report", partition_key="eu"),
        "assets, given": ran(nightly, "report", partition_key="eu", run_config=override),
        "assets, unknown": ran(nightly, "report", partition_key="moon"),
        "assets without config": ran(project.resolve_job_def("plain"), "report", partition_key="eu"),
        "asset job": [
            nightly.partitioned_config is of_sales,
            nightly.partitions_def == REGIONS,
            seen.outcome(lambda: nightly.run_request_for_partition("us").run_config),
        ],
        "grid": [ran(grid, "load", partition_key="mon|eu"), ran(grid, "load", partition_key="mon|moon")],
        "grid keys": [str(key) for key in of_grid.get_partition_keys()],
        "grid tags": seen.tags(of_grid.get_tags_for_partition_key(dg.MultiPartitionKey({"day": "mon", "region": "eu"}))),
        "dynamic": dynamic,
    }
