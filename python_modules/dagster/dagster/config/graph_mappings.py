"""Graphs that take config of their own: the config of their ops is made from it, and checked in its turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.config.op_schemas import ConfigMapper, by_graph, ops_type
from dagster.config.validation import process_config

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field

_NOTHING: Mapping[str, Any] = {}


def with_mapped_ops(
    processed: Mapping[str, Any],
    given: Mapping[str, Any],
    ops: Mapping[str, DefinitionSchema | None],
    inputs: Mapping[str, Mapping[str, Field]],
    mappings: Mapping[str, ConfigMapper],
    outputs: Mapping[str, Mapping[str, Field]],
    owner: str,
    place: str = "",
) -> dict[str, Any]:
    """The `ops:` entry with the config of the ops inside of mapped graphs.

    Args:
        processed: the entry, checked.
        given: the entry as it was written.
        ops, inputs, mappings, outputs: as of `process_run_config`, of what lies below the entry.
        owner: whose config it is, for errors.
        place: of the graph around the entry.

    Raises:
        DagsterInvalidConfigError: a mapping made config that does not fit; paths begin at what it returned.
        DagsterConfigMappingFunctionError: a mapping raised.
    """
    if "" in mappings:
        mapped = mappings[""].mapped(processed.get("config"), given.get("config"), f"the graph of {owner}")
        inner_mappings = {place: each for place, each in mappings.items() if place}
        checked = process_config(ops_type(ops, inputs, inner_mappings, outputs), mapped, _preamble("", owner))
        return with_mapped_ops(checked, mapped, ops, inputs, inner_mappings, outputs, owner)
    made = dict(processed)
    inner_ops, *parts = (by_graph(each) for each in (ops, inputs, mappings, outputs))
    for name in dict.fromkeys(key.partition(".")[0] for key in ops):
        if name in ops:
            continue
        inner_inputs, inner_mappings, inner_outputs = (each.get(name, _NOTHING) for each in parts)
        inner = inner_ops[name], inner_inputs, inner_mappings, inner_outputs
        key = f"{place}.{name}" if place else name
        entry: dict[str, Any] = dict(processed.get(name) or {})
        written: dict[str, Any] = given.get(name) or {}
        if name in mappings:
            mapped = mappings[name].mapped(entry.get("config"), written.get("config"), f"graph '{name}' in {owner}, at \"{key}\"")
            inner_processed, inner_given = process_config(ops_type(*inner), mapped, _preamble(key, owner)), mapped
        else:
            inner_processed, inner_given = entry.get("ops", {}), written.get("ops", {})
        entry["ops"] = with_mapped_ops(inner_processed, inner_given, *inner, owner, key)
        made[name] = entry
    return made


def _preamble(place: str, owner: str) -> str:
    name = place.rpartition(".")[2]
    where, graph = (f' at "{place}"', f'graph "{name}"') if place else ("", "its graph")
    return (
        f"In {owner}{where}: the config mapping of {graph} has produced config that its ops do not take. Fix the function; the "
        "paths below begin at what it returned."
    )
