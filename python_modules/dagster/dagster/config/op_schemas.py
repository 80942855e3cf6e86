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
    inner_ops, inner_inputs, inner_mappings = by_graph(ops), by_graph(inputs), by_graph(mappings)
    alike: dict[int, Field] = {}
    for name in dict.fromkeys(key.partition(".")[0] for key in ops):
        if name in ops and not inputs.get(name):
            # One field for all ops of one schema: a job may hold an op a thousand times.
            schema = ops[name]
            entries[name] = alike.get(id(schema)) or alike.setdefault(id(schema), Field(Shape({"config": field_of(schema)})))
            continue
        parts: dict[str, Any] = {}
        if name in ops:
            parts["config"] = field_of(ops[name])
        elif name in mappings:
            parts["config"] = mappings[name].schema.as_field()
        else:
            parts["ops"] = Field(ops_type(inner_ops[name], inner_inputs.get(name, _NOTHING), inner_mappings.get(name, _NOTHING)))
        if inputs.get(name):
            parts["inputs"] = Field(Shape(inputs[name]))
        entries[name] = Field(Shape(parts))
    return Shape(entries)


_T = TypeVar("_T")


def by_graph(by_place: Mapping[str, _T]) -> dict[str, dict[str, _T]]:
    """What lies inside of each of the outermost graphs, by its place there. One pass, however many graphs there are."""
    found: dict[str, dict[str, _T]] = {}
    for place, each in by_place.items():
        graph, _, inner = place.partition(".")
        if inner:
            found.setdefault(graph, {})[inner] = each
    return found


def field_of(schema: DefinitionSchema | None) -> Field:
    """The schema of a `config:` entry; anything where nothing is declared."""

    from dagster.config.fields import to_field

    return schema.as_field() if schema is not None else to_field(None)
