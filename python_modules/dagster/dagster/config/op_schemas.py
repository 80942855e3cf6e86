"""The schema of the config of ops, nested as the graphs around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

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
    outputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
) -> Shape:
    """The schema of the `ops:` entry; arguments as of `process_run_config`."""
    from dagster.config.fields import Field, Permissive, Shape

    if "" in mappings:  # the outermost graph takes config of its own: `ops: {config: ...}`
        return Shape({"config": mappings[""].schema.as_field()})
    entries: dict[str, Any] = {}
    inner_ops, inner_inputs, inner_mappings, inner_outputs = (by_graph(each) for each in (ops, inputs, mappings, outputs))
    alike: dict[int, Field] = {}
    for name in dict.fromkeys(key.partition(".")[0] for key in ops):
        if name in ops and not inputs.get(name) and not outputs.get(name):
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
            inner = (each.get(name, _NOTHING) for each in (inner_inputs, inner_mappings, inner_outputs))
            parts["ops"] = Field(ops_type(inner_ops[name], *inner))
        if inputs.get(name):
            parts["inputs"] = Field(Shape(inputs[name]))
        if outputs.get(name):
            parts["outputs"] = Field(Shape(outputs[name]))
        elif inner_outputs.get(name):
            # Those of a graph are those of its ops, which take the config; it may be repeated where the reference asks for it.
            parts["outputs"] = Field(Permissive(), is_required=False)
        entries[name] = Field(Shape(parts))
    return Shape(entries)


def by_graph(by_place: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What lies inside of each of the outermost graphs, by its place there. One pass, however many graphs there are."""
    found: dict[str, dict[str, Any]] = {}
    for place, each in by_place.items():
        graph, _, inner = place.partition(".")
        if inner:
            found.setdefault(graph, {})[inner] = each
    return found


def field_of(schema: DefinitionSchema | None) -> Field:
    """The schema of a `config:` entry; anything where nothing is declared."""

    from dagster.config.fields import to_field

    return schema.as_field() if schema is not None else to_field(None)
