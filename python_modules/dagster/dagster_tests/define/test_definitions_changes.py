from typing import Any

import pytest

from dagster import AssetKey, AssetSpec, Definitions, SourceAsset, asset, define_asset_job, map_asset_specs, with_resources
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
)


@asset
def a(): ...


@asset
def b(a: Any): ...


@asset(required_resource_keys={"db"})
def needing(context: Any) -> Any:
    return context.resources.db


def _groups(defs: Definitions) -> dict[str, str | None]:
    return {spec.key.to_user_string(): spec.group_name for spec in defs.resolve_all_asset_specs()}


def _in_group(spec: AssetSpec) -> AssetSpec:
    return spec.replace_attributes(group_name="g")


def test_the_same_object_in_two_projects_counts_once():
    merged = Definitions.merge(Definitions(assets=[a, b]), Definitions(assets=[a]))
    assert 2 == len(merged.assets)


def test_resources_of_one_name_are_the_same():
    same = Definitions.merge(Definitions(resources={"x": 1}), Definitions(resources={"x": 1}))
    assert {"x": 1} == same.resources
    with pytest.raises(DagsterInvariantViolationError, match="objects 0 and 2 have different resources with same key 'x'"):
        Definitions.merge(Definitions(resources={"x": 1}), Definitions(), Definitions(resources={"x": 2}))


def test_only_projects_are_merged():
    with pytest.raises(CheckError, match="Got 5"):
        Definitions.merge(Definitions(), 5)  # pyright: ignore[reportArgumentType]


def test_a_function_is_mapped_over_the_specs_of_a_selection():
    defs = Definitions(assets=[a, b])
    assert {"a": "default", "b": "g"} == _groups(defs.map_resolved_asset_specs(func=_in_group, selection="key:b"))
    assert {"a": "g", "b": "g"} == _groups(defs.map_asset_specs(func=_in_group))


def test_source_assets_have_no_spec_to_map_over():
    defs = Definitions(assets=[a, SourceAsset("s")])
    with pytest.raises(DagsterInvariantViolationError, match="SourceAsset"):
        defs.map_asset_specs(func=_in_group)
    assert {"a": "g", "s": "default"} == _groups(defs.permissive_map_resolved_asset_specs(_in_group, None))


def test_metadata_of_every_definition_is_updated():
    defs = Definitions(assets=[a, AssetSpec("e")], jobs=[define_asset_job("j", metadata={"old": 1})])
    updated = defs.with_definition_metadata_update(lambda metadata: {**metadata, "new": 2})
    assert [{"new": 2}, {"new": 2}] == [spec.metadata for spec in updated.resolve_all_asset_specs()]
    assert {"old": 1, "new": 2} == dict(updated.jobs[0].metadata)


def test_specs_are_mapped_outside_of_a_project():
    mapped = map_asset_specs(_in_group, [a, AssetSpec("e")])
    assert ["g", "g"] == [mapped[0].get_asset_spec().group_name, mapped[1].group_name]


def test_definitions_bring_the_resources_that_they_need():
    bound = with_resources([needing, a], {"db": 3})
    assert [{"db"}, set()] == [set(each.resource_defs) for each in bound]
    with pytest.raises(DagsterInvalidDefinitionError, match="'db' required by"):
        with_resources([needing], {})
    with pytest.raises(DagsterInvalidInvocationError, match="conflicting resource definitions"):
        with_resources(bound[:1], {"db": 4})


def test_a_subset_depends_on_what_it_leaves_out():
    from dagster import multi_asset

    @multi_asset(specs=[AssetSpec("p"), AssetSpec("q", deps=["p"])], can_subset=True)
    def parts(): ...

    subset = parts.subset_for({AssetKey("q")}, None)
    assert {"p": AssetKey("p")} == subset.keys_by_input_name
    assert subset.is_subset
