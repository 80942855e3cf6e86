"""`RunRequest.with_resolved_tags_and_config`: config and tags of the partition, dynamic partitions that are to change first."""

from seen import outcome

import dagster as dg

COLORS = dg.StaticPartitionsDefinition(["blue", "red"])
FILES = dg.DynamicPartitionsDefinition(name="files")


@dg.op(config_schema=dg.Field(str, is_required=False))
def work(): ...


@dg.job(
    config=dg.PartitionedConfig(
        partitions_def=COLORS,
        run_config_for_partition_key_fn=lambda key: {"ops": {"work": {"config": key}}},
        tags_for_partition_key_fn=lambda key: {"color": key},
    )
)
def paint():
    work()


@dg.job
def plain():
    work()


@dg.asset(partitions_def=FILES)
def loaded(): ...


LOAD = dg.Definitions(assets=[loaded], jobs=[dg.define_asset_job("load", [loaded])]).resolve_job_def("load")


def resolved(job, changes=(), store=None, **request) -> dict:
    def resolve():
        asked = dg.RunRequest(**request)
        with dg.partition_loading_context(dynamic_partitions_store=store):
            made = asked.with_resolved_tags_and_config(job, list(changes), store)
        return [made.run_config, made.tags, made.partition_key, made.job_name, made.run_key, made.has_resolved_partition()]

    return outcome(resolve)


def facts() -> dict:
    add, delete = FILES.build_add_request(["a"]), FILES.build_delete_request(["a"])
    with dg.DagsterInstance.ephemeral() as empty, dg.DagsterInstance.ephemeral() as filled:
        filled.add_dynamic_partitions("files", ["a"])
        return {
            "config and tags": resolved(paint, partition_key="red", run_key="k", tags={"x": "1"}),
            "own config": resolved(paint, partition_key="red", run_config={"execution": {}}),
            "own tags": resolved(paint, partition_key="red", tags={"color": "mine"}),
            "unknown": resolved(paint, partition_key="green"),
            "no key": resolved(paint),
            "no partitions": resolved(plain, partition_key="red"),
            "dynamic": resolved(LOAD, store=filled, partition_key="a"),
            "not there": resolved(LOAD, store=empty, partition_key="a"),
            "to be added": resolved(LOAD, [add], empty, partition_key="a"),
            "to be deleted": resolved(LOAD, [delete], filled, partition_key="a"),
            "added, then deleted": resolved(LOAD, [add, delete], empty, partition_key="a"),
            "other partitions": resolved(LOAD, [dg.AddDynamicPartitionsRequest("b", ["a"])], empty, partition_key="a"),
            "before": [dg.RunRequest(partition_key="a").has_resolved_partition(), dg.RunRequest().has_resolved_partition()],
        }
