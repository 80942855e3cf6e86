"""A user's `UPathIOManager`: extension, base path, metadata, paths of partitions."""

import os

import seen
from upath import UPath

import dagster as dg

BASE = os.path.join(os.environ["DAGSTER_HOME"], "texts")
CALLS = []


class TextFiles(dg.UPathIOManager):
    extension = ".txt"

    def dump_to_path(self, context, obj, path):
        CALLS.append(["dump", context.asset_key.to_user_string(), type(path).__name__.endswith("Path")])
        with path.open("w") as file:
            file.write(obj)

    def load_from_path(self, context, path):
        CALLS.append(["load", context.asset_key.to_user_string(), os.path.relpath(str(path), BASE)])
        with path.open() as file:
            return file.read()

    def get_metadata(self, context, obj):
        return {"letters": dg.MetadataValue.int(len(obj))}


class NoExtension(TextFiles):
    extension = None


@dg.asset(key_prefix=["notes"], io_manager_key="texts")
def draft():
    return "one"


@dg.asset(ins={"draft": dg.AssetIn(["notes", "draft"])}, io_manager_key="texts")
def final(draft):
    return draft + " two"


@dg.asset(io_manager_key="bare")
def bare(final):
    return final.upper()


@dg.asset(io_manager_key="texts")
def returns_none():
    return None


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["a", "b/c"]), io_manager_key="texts")
def parted(context):
    return context.partition_key


def facts() -> dict:
    resources = {"texts": TextFiles(base_path=UPath(BASE)), "bare": NoExtension(base_path=UPath(BASE) / "bare")}
    result = dg.materialize([draft, final, bare], resources=resources)
    for key in ("a", "b/c"):
        dg.materialize([parted], resources=resources, partition_key=key)
    quiet = dg.materialize([returns_none], resources=resources, raise_on_error=False)
    return {
        "calls": CALLS,
        "files": seen.files_below(BASE),
        "materializations": seen.materializations(result),
        "bare": result.output_for_node("bare"),
        "none": [quiet.success, seen.step_events(quiet)],
        "in memory": in_memory(),
        "protocol": [
            resources["texts"].fs.protocol[0]
            if isinstance(resources["texts"].fs.protocol, tuple)
            else resources["texts"].fs.protocol
        ],
    }


def in_memory() -> dict:
    path = UPath("memory://parity/texts")
    result = dg.materialize([draft, final], resources={"texts": TextFiles(base_path=path)})
    return {
        "value": result.output_for_node("final"),
        "files": sorted(str(p.path) for p in path.rglob("*.txt")),
    }
