"""The schema is the public one, as far as it goes, and each of its fields has a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    validate_schema,
)

from dagster_graphql.building import ASKED, CHOICE, PLAIN
from dagster_graphql.domains import snake_case
from dagster_graphql.schema import SCHEMA_FILE, domains, schema, schema_text

RECORDED = Path(__file__).parents[3] / "integration_tests/parity/graphql/reference_schema.graphql"

OURS_ALONE = {
    # What is wrong with a location's code while the code of before is served, and why its processes are not forked.
    "WorkspaceLocationEntry.error",
    "WorkspaceLocationEntry.slowStartReasons",
    # What changes, as it changes.
    "Subscription.workspaceFeed",
    "Subscription.workspaceFeed(after:)",
    "WorkspaceChanges",
    *(f"WorkspaceChanges.{name}" for name in ("sequence", "isReset", "assets", "runs", "runIds", "instigators", "locations")),
    *(f"WorkspaceChanges.{name}" for name in ("assetNodes", "downstreamAssetNodes")),
    # Partitions by their places, and where they stand as rectangles.
    "AssetNode.partitionAxes",
    "AssetNode.partitionAxes(names:)",
    "AssetNode.partitionGrid",
    *(f"AssetNode.partitionGrid({name}:)" for name in ("columns", "rows", "fixed")),
    "PartitionAxis",
    *(f"PartitionAxis.{name}" for name in ("name", "type", "dynamicPartitionsDefinitionName", "numPartitions", "cycle")),
    *(f"PartitionAxis.{name}" for name in ("keys", "keys(start:)", "keys(end:)", "keysAt", "keysAt(places:)")),
    *(f"PartitionAxis.{name}" for name in ("placesOf", "placesOf(keys:)")),
    "PartitionGrid",
    *(f"PartitionGrid.{name}" for name in ("materialized", "failed", "materializing")),
    "PartitionKeyOfDimension",
    "PartitionKeyOfDimension.dimension",
    "PartitionKeyOfDimension.key",
    # Why a run failed, in a row of a list; runs of an asset.
    "Run.failure",
    "RunFailure",
    "RunFailure.stepKey",
    "RunFailure.error",
    "RunsFilter.assetKey",
    # Run config to begin with, which has what must be given.
    "RunConfigSchema.scaffoldedYaml",
}
"""Types, fields, arguments and values that the public schema does not have."""


def described(given: GraphQLSchema) -> dict[str, str]:
    """Everything that has a name in a schema, with what it is: kind, type, possible types."""
    return {name: what for each in given.type_map.values() for name, what in _described(given, each)}


def _described(given: GraphQLSchema, each: Any) -> Iterator[tuple[str, str]]:
    if each.name.startswith("__"):
        return
    yield each.name, type(each).__name__
    if isinstance(each, GraphQLEnumType):
        yield from ((f"{each.name}.{value}", "value") for value in each.values)
    elif isinstance(each, GraphQLUnionType):
        yield from ((f"{each.name}.{member.name}", "member") for member in each.types)
    elif isinstance(each, GraphQLInputObjectType):
        yield from ((f"{each.name}.{name}", f"{field.type} = {field.default_value}") for name, field in each.fields.items())
    elif isinstance(each, (GraphQLObjectType, GraphQLInterfaceType)):
        for interface in each.interfaces:
            yield f"{each.name} implements {interface.name}", "interface"
        for name, field in each.fields.items():
            yield f"{each.name}.{name}", str(field.type)
            yield from (
                (f"{each.name}.{name}({argument}:)", f"{what.type} = {what.default_value}")
                for argument, what in field.args.items()
            )


def test_the_schema_is_valid() -> None:
    assert validate_schema(schema()) == []


def test_what_is_there_is_as_in_the_public_schema() -> None:
    ours, public = described(schema()), described(build_schema(RECORDED.read_text()))
    assert {name: what for name, what in ours.items() if public.get(name) != what and name not in OURS_ALONE} == {}


def test_what_is_ours_alone_is_there_and_not_in_the_public_schema() -> None:
    ours, public = described(schema()), described(build_schema(RECORDED.read_text()))
    assert OURS_ALONE - ours.keys() == set()
    assert OURS_ALONE & public.keys() == set()


def test_a_field_that_is_there_takes_all_arguments_of_the_public_one() -> None:
    ours, public = described(schema()), described(build_schema(RECORDED.read_text()))
    of_fields_here = {name for name in public if name.endswith(":)") and name.partition("(")[0] in ours}
    assert of_fields_here - ours.keys() == set()


def test_enums_unions_and_inputs_are_whole() -> None:
    ours, public = described(schema()), described(build_schema(RECORDED.read_text()))
    whole = ("GraphQLEnumType", "GraphQLUnionType", "GraphQLInputObjectType")
    members = {name for name in public if "." in name and ours.get(name.partition(".")[0]) in whole}
    assert members - ours.keys() == set()


def test_the_committed_schema_is_the_one_that_is_built() -> None:
    assert SCHEMA_FILE.read_text() == schema_text(), "write it anew: python -m dagster_graphql.schema"


def test_each_field_has_a_value() -> None:
    assert list(_fields_without_value()) == []


def _fields_without_value() -> Iterator[str]:
    classes: dict[str, tuple[type, ...]] = {}
    plain: dict[str, set[str]] = {}
    for domain in domains():
        for name, fields in domain.types.items():
            classes[name] = (*classes.get(name, ()), *fields.classes)
            plain.setdefault(name, set()).update(fields.plain)
    never = {name for domain in domains() for name in domain.never}
    for each in schema().type_map.values():
        if not isinstance(each, GraphQLObjectType) or each.name.startswith("__") or each.name in never:
            continue
        for name, field in each.fields.items():
            if each.name == "Subscription":
                has_value = field.subscribe is not None
            elif ASKED in field.extensions or name in plain.get(each.name, ()):
                has_value = True
            else:
                known = classes.get(each.name, ())
                has_value = PLAIN in field.extensions and bool(known) and all(hasattr(of, snake_case(name)) for of in known)
            if not has_value:
                yield f"{each.name}.{name}"


def test_each_union_and_interface_that_is_answered_tells_its_types() -> None:
    abstract = [each for each in schema().type_map.values() if isinstance(each, (GraphQLUnionType, GraphQLInterfaceType))]
    assert [each.name for each in abstract if CHOICE not in each.extensions] == []
