"""What an IO manager's contexts know in handle_output and load_input."""

import seen

import dagster as dg

SEEN = {}


def of_output(context: dg.OutputContext) -> dict:
    return {
        "type": type(context).__name__,
        "asset key": context.asset_key.to_user_string(),
        "has asset key": context.has_asset_key,
        "step": context.step_key,
        "name": context.name,
        "job": context.job_name,
        "op": context.op_def.name,
        "definition metadata": seen.plain(context.definition_metadata),
        "output metadata": seen.plain(context.output_metadata),
        "type name": context.dagster_type.display_name,
        "identifier": list(context.get_identifier())[1:],
        "identifier starts with the run": context.get_identifier()[0] == context.run_id,
        "asset identifier": list(context.get_asset_identifier()),
        "has partition": context.has_partition_key,
        "has partitions": context.has_asset_partitions,
        "partition": seen.outcome(lambda: context.partition_key),
        "asset partition": seen.outcome(lambda: context.asset_partition_key),
        "mapping key": context.mapping_key,
        "version": context.version,
        "config": context.config,
        "resources": sorted(context.resources._asdict()),
        "spec group": context.asset_spec.group_name,
        "spec tags": seen.tags(context.asset_spec.tags),
    }


def of_input(context: dg.InputContext) -> dict:
    up = context.upstream_output
    return {
        "type": type(context).__name__,
        "asset key": context.asset_key.to_user_string(),
        "has asset key": context.has_asset_key,
        "has input name": context.has_input_name,
        "name": context.name,
        "job": context.job_name,
        "op": context.op_def.name,
        "definition metadata": seen.plain(context.definition_metadata),
        "type name": context.dagster_type.display_name,
        "python type": context.dagster_type.typing_type.__name__ if context.dagster_type.typing_type else None,
        "identifier": list(context.get_asset_identifier()),
        "has partition": context.has_partition_key,
        "has partitions": context.has_asset_partitions,
        "upstream step": up.step_key,
        "upstream name": up.name,
        "upstream key": up.asset_key.to_user_string(),
        "upstream metadata": seen.plain(up.definition_metadata),
        "upstream run is this run": up.run_id == context.step_context.run_id,
        "config": context.config,
    }


class Watching(dg.IOManager):
    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        SEEN[f"output {context.step_key}"] = of_output(context)
        context.add_output_metadata({"from manager": len(self.values)})
        context.log.info("kept")
        self.values[tuple(context.asset_key.path)] = obj

    def load_input(self, context):
        SEEN[f"input {context.name}"] = of_input(context)
        context.add_input_metadata({"read": True})
        return self.values[tuple(context.asset_key.path)]


@dg.asset(key_prefix="x", metadata={"table": "t1"}, group_name="g", tags={"k": "v"}, io_manager_key="watching")
def source() -> int:
    return 1


@dg.asset(ins={"given": dg.AssetIn(["x", "source"], metadata={"columns": ["a"]})}, io_manager_key="watching")
def target(given: int):
    return dg.Output(given + 1, metadata={"rows": 2})


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([source, target], resources={"watching": Watching()}, instance=instance)
        loaded = [e for e in result.all_events if e.event_type_value == "LOADED_INPUT"]
        handled = [e for e in result.all_events if e.event_type_value == "HANDLED_OUTPUT"]
        return {
            "seen": SEEN,
            "materializations": seen.materializations(result),
            "loaded": [seen.metadata(e.event_specific_data.metadata) for e in loaded],
            "handled": [seen.metadata(e.event_specific_data.metadata) for e in handled],
            "managers": [[e.event_specific_data.manager_key for e in es] for es in (loaded, handled)],
            "logged": [e.user_message for e in instance.all_logs(result.run_id) if not e.dagster_event],
            "events": seen.events(result),
        }
