"""Between the partitions of two assets of a graph: which depend on which."""

from __future__ import annotations

from typing import Any

from dagster.keys import AssetKey
from dagster.lineage.graph import AssetGraph
from dagster.partitions.inferred_mappings import inferred_mapping


def mapping_between(graph: AssetGraph, *, child: AssetKey, parent: AssetKey) -> Any:
    """The mapping of a dependency: the one declared, or the usual one between these partitions."""
    spec = graph.specs[graph.position(child)]
    declared = next((dep.partition_mapping for dep in spec.deps if dep.asset_key == parent), None)
    return inferred_mapping(declared, spec.partitions_def, graph.specs[graph.position(parent)].partitions_def)
