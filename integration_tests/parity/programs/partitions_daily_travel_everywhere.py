"""A day as partition key: window, path, loading the same day upstream."""

import os

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition(start_date="2024-02-27", end_date="2024-03-03")


BASE = os.path.join(os.environ["DAGSTER_HOME"], "visits")
RESOURCES = {"io_manager": dg.FilesystemIOManager(base_dir=BASE)}


@dg.asset(partitions_def=DAYS)
def visits(context: dg.AssetExecutionContext):
    window = context.partition_time_window
    return [context.partition_key, window.start.isoformat(), window.end.isoformat()]


@dg.asset(partitions_def=DAYS, key_prefix="marts", metadata={"partition_expr": "day"})
def report(context: dg.AssetExecutionContext, visits):
    return {"visits": visits, "own": context.partition_key}


class Watching(dg.IOManager):
    def __init__(self):
        self.seen = []
        self.values = {}

    def handle_output(self, context, obj):
        window = context.asset_partitions_time_window
        self.seen.append(
            [
                "output",
                context.asset_partition_key,
                list(context.asset_partition_keys),
                window.start.isoformat(),
                list(context.get_identifier())[-1],
                list(context.get_asset_identifier()),
            ]
        )
        self.values[context.asset_key, context.partition_key] = obj

    def load_input(self, context):
        self.seen.append(
            [
                "input",
                context.asset_partition_key,
                list(context.asset_partition_keys),
                context.has_asset_partitions,
                context.upstream_output.has_asset_partitions,
                list(context.get_asset_identifier()),
            ]
        )
        return self.values[context.asset_key, context.asset_partition_key]


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([visits, report], partition_key="2024-02-29", instance=instance, resources=RESOURCES)
        watching = Watching()
        dg.materialize([visits, report], partition_key="2024-03-01", instance=instance, resources={"io_manager": watching})
        return {
            "keys": DAYS.get_partition_keys(),
            "first and last": [DAYS.get_first_partition_key(), DAYS.get_last_partition_key()],
            "report": result.output_for_node("marts__report"),
            "materializations": seen.materializations(result),
            "tags": seen.tags(instance.get_run_by_id(result.run_id).tags),
            "files": seen.files_below(BASE),
            "manager": watching.seen,
            "after the end": seen.outcome(lambda: dg.materialize([visits], partition_key="2024-03-03", instance=instance)),
            "not a day": seen.outcome(lambda: dg.materialize([visits], partition_key="yesterday", instance=instance)),
            "planned": [
                [e.asset_key.to_user_string(), e.event_specific_data.partition]
                for e in result.get_asset_materialization_planned_events()
            ],
            "events": seen.step_events(result),
        }
