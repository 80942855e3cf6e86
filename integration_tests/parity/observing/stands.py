"""Asks where assets stand and why: the reference by its GraphQL schema, executed in this process; ours by the instance."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

_QUESTION = """
query ($keys: [AssetKeyInput!]!, $partition: String) {
  assetNodes(assetKeys: $keys, loadMaterializations: false) {
    assetKey { path }
    staleStatus(partition: $partition)
    staleCauses(partition: $partition) {
      key { path } partitionKey category reason dependency { path } dependencyPartitionKey
    }
  }
}
"""


def of(file: str, instance, keys: str, partitions=(None,), **environment: str) -> dict:
    """Where assets of a program stand, per asset, or per partition and asset.

    Args:
        file: of the program: its function `defs` gives the definitions, which may follow the environment.
        instance: what was written.
        keys: of the assets, separated by spaces.
        partitions: to ask about; None for assets without partitions.
        environment: the variables that the definitions follow.
    """
    paths = [key.split("/") for key in keys.split()]
    with _environment({**environment, "PYTHONPATH": str(Path(__file__).parent)}):
        try:
            from dagster_graphql.test.utils import (  # pyright: ignore[reportMissingImports]
                define_out_of_process_context,
                execute_dagster_graphql,
            )
        except ImportError:
            found = _of_ours(file, instance, paths, partitions)
        else:
            with define_out_of_process_context(file, "defs", instance) as context:
                found = {}
                for each in partitions:
                    asked = {"keys": [{"path": path} for path in paths], "partition": each}
                    answer = execute_dagster_graphql(context, _QUESTION, variables=asked)
                    assert not answer.errors, answer.errors
                    found[each] = {"/".join(node["assetKey"]["path"]): _told(node) for node in answer.data["assetNodes"]}
    return found[None] if list(found) == [None] else {str(each): answers for each, answers in found.items()}


def _told(node) -> dict:
    return {
        "status": node["staleStatus"],
        "causes": [
            {
                "key": cause["key"]["path"],
                "partition": cause["partitionKey"],
                "category": cause["category"],
                "reason": cause["reason"],
                "dependency": cause["dependency"] and cause["dependency"]["path"],
                "dependency partition": cause["dependencyPartitionKey"],
            }
            for cause in node["staleCauses"]
        ],
    }


def _of_ours(file: str, instance, paths: list[list[str]], partitions) -> dict:
    spec = importlib.util.spec_from_file_location("as_it_is_now", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    staleness = instance.staleness(module.defs().resolve_asset_graph())
    return {each: {"/".join(path): _standing(staleness, dg.AssetKey(path), each) for path in paths} for each in partitions}


def _standing(staleness, key, partition) -> dict:
    return {
        "status": staleness.status(key, partition).value,
        "causes": [
            {
                "key": list(cause.key.path),
                "partition": cause.partition_key,
                "category": cause.category.value,
                "reason": cause.reason,
                "dependency": cause.dependency and list(cause.dependency.path),
                "dependency partition": cause.dependency_partition_key,
            }
            for cause in staleness.causes(key, partition)
        ],
    }


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
