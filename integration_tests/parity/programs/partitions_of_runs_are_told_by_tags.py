"""Tags of runs of partitions: what a run carries, what finds it again, what hooks, sensors and resources see of it."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": dg.StaticPartitionsDefinition(["a", "b"])})
HOOKED = []


class Connection(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        HOOKED.append(["resource", context.run.tags.get("dagster/partition") if context.run else None])


@dg.success_hook
def told(context):
    HOOKED.append(["hook", context.op.name])


@dg.asset(partitions_def=DAYS, hooks={told}, tags={"of": "asset"})
def day(context: dg.AssetExecutionContext, connection: Connection):
    return [context.run.tags.get("dagster/partition"), context.has_tag("dagster/partition"), context.get_tag("dagster/partition")]


@dg.asset(partitions_def=BOTH)
def cell(context: dg.AssetExecutionContext):
    return {name: value for name, value in context.run_tags.items() if "partition" in name} if hasattr(context, "run_tags") else None


def found(instance, tags) -> int:
    return len(instance.get_runs(dg.RunsFilter(tags=tags)))


def facts() -> dict:
    facts = {}
    resources = {"connection": Connection()}
    job = dg.Definitions([day, cell], jobs=[dg.define_asset_job("days", [day], tags={"team": "x"})], resources=resources).resolve_job_def("days")
    with dg.DagsterInstance.ephemeral() as instance:
        first = dg.materialize([day], partition_key="2024-01-02", instance=instance, resources=resources, tags={"mine": "1"})
        facts["told"] = first.output_for_node("day")
        facts["tags"] = seen.tags(instance.get_run_by_id(first.run_id).tags)
        second = job.execute_in_process(partition_key="2024-01-03", instance=instance)
        facts["tags of a job"] = seen.tags(instance.get_run_by_id(second.run_id).tags)
        third = dg.materialize([cell], partition_key="2024-01-02|b", instance=instance)
        facts["tags of a cell"] = seen.tags(instance.get_run_by_id(third.run_id).tags)
        facts["found"] = [
            found(instance, {"dagster/partition": "2024-01-02"}),
            found(instance, {"dagster/partition": ["2024-01-02", "2024-01-03"]}),
            found(instance, {"dagster/partition/letter": "b"}),
            found(instance, {"dagster/partition": "2024-01-02|b", "dagster/partition/day": "2024-01-02"}),
            found(instance, {"dagster/partition_set": "days_partition_set"}),
        ]
        facts["hooked"] = list(HOOKED)
        again = seen.outcome(
            lambda: dg.materialize([day], partition_key="2024-01-02", instance=instance, resources=resources, tags={"dagster/partition": "2024-01-05"}).output_for_node("day")
        )
        facts["key against tag"] = again
    return seen.plain(facts)
