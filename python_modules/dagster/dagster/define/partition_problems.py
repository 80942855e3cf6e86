"""Whether the partitions of a project fit together: those that a mapping stands between, those of checks and their assets."""

from __future__ import annotations

from collections.abc import Iterator

from dagster.define.automations import place_of_definition
from dagster.define.problems import Problem
from dagster.define.projects import Project
from dagster.errors import DagsterError, DagsterInvalidDefinitionError, user_code
from dagster.lineage.partition_mappings import mapping_between
from dagster.partitions.definitions import PartitionsDefinition
from dagster.specs.assets import AssetDep, AssetSpec
from dagster.specs.checks import AssetCheckSpec


def mapping_problems(project: Project) -> list[Problem]:
    """The dependencies on partitions whose mapping, declared or usual, does not fit between the two assets."""
    places = {key: each.computation.place for each in project.definitions if each.computation for key in each.keys}
    return [Problem(refused, places.get(spec.key, "")) for spec in project.graph.specs for refused in _refused(project, spec)]


def check_partition_problems(project: Project) -> list[Problem]:
    """The checks that have other partitions than their asset. A check without looks at the asset as a whole."""
    definitions = [*project.definitions, *project.checks]
    return [
        Problem(_other_partitions(spec, project.graph.get(spec.asset_key).partitions_def), place_of_definition(each))
        for each in definitions
        for spec in each.check_specs
        if spec.partitions_def is not None
        and project.graph.has(spec.asset_key)
        and project.graph.get(spec.asset_key).partitions_def != spec.partitions_def
    ]


def _other_partitions(spec: AssetCheckSpec, of_asset: PartitionsDefinition | None) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(
        f'Check "{spec.name}" of asset "{spec.asset_key.to_user_string()}" has other partitions than the asset. '
        f"The check: {spec.partitions_def}. The asset: {of_asset or 'none'}. Give the check those of the asset, or none."
    )


def _refused(project: Project, spec: AssetSpec) -> Iterator[DagsterError]:
    for dep in spec.deps:
        if project.graph.has(dep.asset_key) and (refused := _problem_of(project, spec, dep)) is not None:
            yield refused


def _problem_of(project: Project, spec: AssetSpec, dep: AssetDep) -> DagsterError | None:
    upstream = project.graph.get(dep.asset_key).partitions_def
    if upstream is None:
        return None
    mapping = mapping_between(project.graph, child=spec.key, parent=dep.asset_key)
    between = f'Invalid partition mapping from "{spec.key.to_user_string()}" to "{dep.asset_key.to_user_string()}"'
    try:
        with user_code(between):
            mapping.validate_partition_mapping(upstream, spec.partitions_def)
    except DagsterError as refused:
        error = DagsterInvalidDefinitionError(f"{between}. {refused}")
        error.__cause__ = refused
        return error
    return None
