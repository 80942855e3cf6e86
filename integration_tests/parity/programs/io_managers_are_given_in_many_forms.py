"""An object, a factory function, a configurable class, per asset, by type of input."""

import json
import os

import seen

import dagster as dg

CALLS = []


class Folder(dg.ConfigurableIOManager):
    folder: str
    suffix: str = ".json"

    def path(self, context):
        return os.path.join(self.folder, *context.asset_key.path) + self.suffix

    def handle_output(self, context, obj):
        os.makedirs(os.path.dirname(self.path(context)), exist_ok=True)
        with open(self.path(context), "w") as file:
            json.dump(obj, file)

    def load_input(self, context):
        with open(self.path(context)) as file:
            return json.load(file)


class Recorder(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj):
        CALLS.append([self.name, "handled", context.step_key])

    def load_input(self, context):
        CALLS.append([self.name, "loaded", context.asset_key.to_user_string()])
        return self.name


@dg.io_manager
def made_by_function(init_context):
    return Recorder("function")


@dg.io_manager(config_schema={"name": dg.Field(str, default_value="fallback")})
def made_with_config(init_context):
    return Recorder(init_context.resource_config["name"])


class Factory(dg.ConfigurableIOManagerFactory):
    name: str

    def create_io_manager(self, context):
        return Recorder(f"factory {self.name}")


@dg.asset(key_prefix="deep", io_manager_key="folder")
def in_folder():
    return {"a": [1, 2]}


@dg.asset(io_manager_key="folder")
def again(in_folder):
    return in_folder


@dg.asset(io_manager_key="function")
def by_function():
    return 1


@dg.asset(io_manager_key="config")
def by_config(by_function):
    return by_function


@dg.asset(io_manager_def=Recorder("definition"))
def by_definition(by_config):
    return by_config


@dg.asset(ins={"by_definition": dg.AssetIn(input_manager_key="other")}, io_manager_key="factory")
def other_input(by_definition):
    CALLS.append(["asset", "got", by_definition])
    return by_definition


def facts() -> dict:
    folder = os.path.join(os.environ["DAGSTER_HOME"], "given")
    resources = {
        "folder": Folder(folder=folder),
        "function": made_by_function,
        "config": made_with_config,
        "other": Recorder("input"),
        "factory": Factory(name="f"),
    }

    @dg.asset(ins={"in_folder": dg.AssetIn(["deep", "in_folder"])}, io_manager_key="folder")
    def again(in_folder):
        return in_folder["a"]

    result = dg.materialize([in_folder, again, by_function, by_config, by_definition, other_input], resources=resources)
    return {
        "success": result.success,
        "calls": CALLS,
        "files": seen.files_below(folder),
        "again": result.output_for_node("again"),
        "missing field": seen.outcome(lambda: Folder()),
        "wrong field": seen.outcome(lambda: Folder(folder=3)),
        "frozen": seen.outcome(lambda: setattr(resources["folder"], "suffix", ".x")).get("returns", "refused"),
        "manager keys": [e.event_specific_data.manager_key for e in result.all_events if e.event_type_value == "HANDLED_OUTPUT"],
    }
