"""The schema of the config of ops, nested as the graphs around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field, Shape

_NOTHING: Mapping[str, Any] = {}


class ConfigMapper(Protocol):
    """What makes the config of a graph's ops from config of its own."""

    @property
    def schema(self) -> DefinitionSchema: ...

    def mapped(self, config: Any, given: Any, place: str) -> Any: ...


def ops_type(
    ops: Mapping[str, DefinitionSchema | None],
    inputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
    mappings: Mapping[str, ConfigMapper] = _NOTHING,
) -> Shape:
    """The schema of the `ops:` entry; arguments as of `process_run_config`."""
    from dagster.config.fields import Field, Shape

    entries: dict[str, Any] = {}
    for name in dict.fromkeys(key.partition(".")[0] for key in ops):
        parts: dict[str, Any] = {}
        if name in ops:
            parts["config"] = field_of(ops[name])
        elif name in mappings:
            parts["config"] = mappings[name].schema.as_field()
        else:
            parts["ops"] = Field(ops_type(below(ops, name), below(inputs, name), below(mappings, name)))
        if inputs.get(name):
            parts["inputs"] = Field(Shape(inputs[name]))
        entries[name] = Field(Shape(parts))
    return Shape(entries)


_T = TypeVar("_T")


def below(by_place: Mapping[str, _T], graph: str) -> dict[str, _T]:
    """What lies inside of a graph, by its place there."""
    return {place[len(graph) + 1 :]: each for place, each in by_place.items() if place.startswith(f"{graph}.")}


def field_of(schema: DefinitionSchema | None) -> Field:
    """The schema of a `config:` entry; anything where nothing is declared."""

    from dagster.config.fields import to_field

    return schema.as_field() if schema is not None else to_field(None)
