"""The schema of a whole run's config, and what each part of the run gets from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.config.op_schemas import ConfigMapper, field_of, ops_type

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field, Shape
    from dagster.config.types import ConfigType

_NOTHING: Mapping[str, Any] = {}


class ProcessedRunConfig(msgspec.Struct, frozen=True):
    """Config of a run that fits, with defaults and values of the environment.

    Attributes:
        ops: what each op's function gets, by its name; `outer.inner` for an op inside of a graph. Without those that declare
            no config and are given none.
        arguments: what its parameter `config` gets: an object where the parameter is annotated with a `Config` class.
        inputs: config of inputs that no step feeds or that an input manager loads, by op and input.
        outputs: config of outputs whose IO managers take some, by op and output.
        resources: by resource key; to be handed to `open_resources`.
        loggers: of those that are named, by key.
        execution: config of the executor.
    """

    ops: Mapping[str, Any] = _NOTHING
    arguments: Mapping[str, Any] = _NOTHING
    inputs: Mapping[str, Mapping[str, Any]] = _NOTHING
    outputs: Mapping[str, Mapping[str, Any]] = _NOTHING
    resources: Mapping[str, Any] = _NOTHING
    loggers: Mapping[str, Any] = _NOTHING
    execution: Any = None


EMPTY = ProcessedRunConfig()


class RunConfigSchema(msgspec.Struct, frozen=True, eq=False):
    """What the run config of a job may say; from `job.run_config_schema`.

    Attributes:
        config_type: of the whole, by `ops`, `resources`, `loggers` and `execution`; of a job with a config mapping, of what
            that takes.
        config_mapping: makes the whole run config from what a run is given; None without.

    Example:
        >>> sorted(nightly.run_config_schema.config_type.fields)
        ['execution', 'loggers', 'ops', 'resources']
    """

    config_type: ConfigType
    config_mapping: Any = None

    @property
    def run_config_schema_type(self) -> ConfigType:
        """The type of the whole, under another name of the API."""
        return self.config_type


def process_run_config(
    run_config: Any,
    *,
    owner: str,
    ops: Mapping[str, DefinitionSchema | None],
    resources: Mapping[str, DefinitionSchema | None],
    loggers: Mapping[str, DefinitionSchema | None] = _NOTHING,
    execution: Field | None = None,
    inputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
    mappings: Mapping[str, ConfigMapper] = _NOTHING,
    outputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
) -> ProcessedRunConfig:
    """Check the config of a run as a whole, and make each part's own.

    Nothing is imported and nothing is done when no config is given and none is declared.

    Args:
        run_config: a dict, a `RunConfig` or None.
        owner: whose config it is, for the error: `job nightly`.
        ops: the schema of each op or asset of the run, None where nothing is declared; `outer.inner` inside of a graph.
        resources: likewise, of each resource that the run needs.
        loggers: likewise, of each logger.
        execution: the schema of the executor; without: anything.
        inputs: the schemas of inputs that no step feeds, by op or graph, `""` for the outermost one, and input.
        mappings: of graphs that take config of their own in place of the config of their ops, by `outer.inner`.
        outputs: of outputs whose IO managers take config, by op and output.

    Raises:
        DagsterInvalidConfigError: something does not fit; paths begin with `root:ops:orders:config`.
        DagsterConfigMappingFunctionError: the function of a configured definition raised.
    """
    # Loggers do not count: they may be left out, whatever they take.
    declared = inputs or outputs or mappings or any(ops.values()) or any(resources.values()) or execution is not None
    if not run_config and not declared:
        return EMPTY
    from dagster.config.run_config import to_run_config_dict
    from dagster.config.validation import process_plain_config

    given = to_run_config_dict(run_config)
    schema = run_config_type(ops, resources, loggers, execution, inputs, mappings, outputs)
    processed = process_plain_config(schema, given, f"Error in config for {owner}")
    if mappings:
        from dagster.config.graph_mappings import with_mapped_ops

        processed = {
            **processed,
            "ops": with_mapped_ops(processed.get("ops", {}), given.get("ops", {}), ops, inputs, mappings, outputs, owner),
        }
    entries = {name: _entry_at(processed.get("ops", {}), name) for name in ops}
    op_configs = {
        name: _resolved(ops[name], entry.get("config")) for name, entry in entries.items() if _has_config(ops[name], entry)
    }
    return ProcessedRunConfig(
        ops=op_configs,
        arguments={name: _argument(name, ops[name], config, owner) for name, config in op_configs.items()},
        inputs=_entries_of(processed, inputs, "inputs"),
        outputs=_entries_of(processed, outputs, "outputs"),
        resources={key: entry["config"] for key, entry in processed.get("resources", {}).items() if "config" in entry},
        loggers={key: _resolved(loggers[key], entry.get("config")) for key, entry in processed.get("loggers", {}).items()},
        execution=_entry_at(processed, "execution").get("config"),
    )


def _entries_of(processed: Mapping[str, Any], places: Iterable[str], part: str) -> dict[str, Mapping[str, Any]]:
    """The `inputs:` or `outputs:` of each place that has some."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in places:
        entry = _entry_at(processed.get("ops", {}), name) if name else processed
        if entry.get(part):
            found[name] = entry[part]
    return found


def _has_config(schema: DefinitionSchema | None, entry: Mapping[str, Any]) -> bool:
    return "config" in entry or (schema is not None and schema.is_configured)


def _resolved(schema: DefinitionSchema | None, config: Any) -> Any:
    return schema.resolve(config) if schema is not None else config


def _argument(name: str, schema: DefinitionSchema | None, config: Any, owner: str) -> Any:
    if schema is None or schema.config_class is None:
        return config
    from dagster.config.evaluations import ROOT

    path = ROOT
    for part in name.split("."):
        path = path.field("ops").field(part)
    return schema.argument(config, owner, path.field("config"))


def _entry_at(ops: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    outer, _, inner = name.partition(".")
    entry = ops.get(outer, {})
    return _entry_at(entry.get("ops", {}), inner) if inner else entry


def run_config_type(
    ops: Mapping[str, DefinitionSchema | None],
    resources: Mapping[str, DefinitionSchema | None],
    loggers: Mapping[str, DefinitionSchema | None] = _NOTHING,
    execution: Field | None = None,
    inputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
    mappings: Mapping[str, ConfigMapper] = _NOTHING,
    outputs: Mapping[str, Mapping[str, Field]] = _NOTHING,
) -> Shape:
    """The schema of a run's config; arguments as of `process_run_config`. For the check, and for an editor of run config."""
    from dagster.config.fields import Field, Shape

    fields: dict[str, Any] = {
        "ops": Field(ops_type(ops, inputs, mappings, outputs)),
        "resources": Field(entries_type(resources)),
        "loggers": Field(_all_optional(entries_type(loggers))),
        "execution": _execution_field(execution),
    }
    if inputs.get(""):
        fields["inputs"] = Field(Shape(inputs[""]))
    return Shape(fields)


def _execution_field(execution: Field | None) -> Field:
    """The schema of `execution:`; anything, or nothing, for who does not ask the executor."""
    from dagster.config.fields import Field, Shape, to_field

    if execution is None:
        return Field(Shape({"config": to_field(None)}), is_required=False)
    return Field(Shape({"config": execution}))


def entries_type(definitions: Mapping[str, DefinitionSchema | None]) -> Shape:
    """The schema of a dict of `config:` entries by key, such as `resources:`."""
    from dagster.config.fields import Field, Shape

    return Shape({key: Field(Shape({"config": field_of(schema)})) for key, schema in definitions.items()})


def _all_optional(entries: Shape) -> Shape:
    from dagster.config.fields import Field, Shape

    return Shape({name: Field(field.config_type, is_required=False) for name, field in entries.fields.items()})
