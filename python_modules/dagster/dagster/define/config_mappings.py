"""Config mappings: a graph takes simple config, from which a function makes that of the ops inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from dagster.arguments import check_callable
from dagster.config.definition_schemas import DefinitionSchema, definition_schema
from dagster.config.run_config import RunConfig, to_run_config_dict
from dagster.errors import DagsterConfigMappingFunctionError, user_code


class ConfigMapping(msgspec.Struct, frozen=True):
    """The config that a graph or job takes, and the function that makes that of its ops from it.

    Args:
        config_fn: takes the config, and returns that of the ops: `{"op": {"config": ...}}`; for a job a whole run config.
        config_schema: of the config that it takes.
        receive_processed_config_values: False hands it the config as it was given, without defaults and values of the
            environment.

    Example:
        >>> mapping = ConfigMapping(lambda config: {"load": {"config": {"limit": config["n"]}}}, config_schema={"n": int})
        >>> mapping.resolve_from_unvalidated_config({"n": 3})
        {'load': {'config': {'limit': 3}}}
    """

    config_fn: Callable[[Any], Any]
    config_schema: Any = None
    receive_processed_config_values: bool | None = None

    def __post_init__(self) -> None:
        check_callable("config_fn", self.config_fn)

    @property
    def schema(self) -> DefinitionSchema:
        """The schema of the config that it takes."""
        return definition_schema(self.config_schema)

    def mapped(self, config: Any, given: Any, place: str) -> Any:
        """The config of the ops inside.

        Args:
            config: what the mapping takes, checked and with defaults.
            given: the same as it was written.
            place: which graph of which job, for the error.

        Raises:
            DagsterConfigMappingFunctionError: the function raised.
        """
        as_given: Any = {} if given is None else given
        taken: Any = as_given if self.receive_processed_config_values is False else self.schema.resolve(config)
        with user_code(
            f"The config mapping function on {place} has thrown an unexpected error during its execution",
            DagsterConfigMappingFunctionError,
        ):
            made: Any = self.config_fn(taken)
        is_config = made is None or isinstance(made, (Mapping, RunConfig))
        # What else it returned is refused where it is checked.
        return to_run_config_dict(cast("Any", made)) if is_config else cast("Any", made)

    def mapped_from_given(self, given: Any, place: str) -> Any:
        """The same for config that is checked here first.

        Raises:
            DagsterInvalidConfigError: the config does not fit the schema.
            DagsterConfigMappingFunctionError: the function raised.
        """
        from dagster.config.validation import process_config

        processed = process_config(self.schema.config_type, given, f"Error in config for {place}")
        return self.mapped(processed, given, place)

    def resolve_from_unvalidated_config(self, config: Any) -> Any:
        """The config of the ops inside, for config that is checked here.

        Raises:
            DagsterInvalidConfigError: the config does not fit the schema.
        """
        from dagster.config.validation import process_field

        processed = process_field(self.schema.as_field(), {"config": config}, "Error in config mapping")
        return self.config_fn(self.schema.resolve(processed))

    def resolve_from_validated_config(self, config: Any) -> Any:
        """The config of the ops inside, for config that was checked before."""
        return self.config_fn(config)


def config_mapping(
    config_fn: Callable[..., Any] | None = None,
    *,
    config_schema: Any = None,
    receive_processed_config_values: bool | None = None,
) -> Any:
    """Make a config mapping out of the function that makes the ops' config.

    Args:
        config_fn: takes the config; a parameter annotated with a `Config` class says the schema.
        config_schema: of the config that it takes.
        receive_processed_config_values: as of `ConfigMapping`.

    Example:
        >>> @config_mapping(config_schema={"n": int})
        ... def simple(config):
        ...     return {"load": {"config": {"limit": config["n"]}}}
        >>> simple.resolve_from_unvalidated_config({"n": 3})
        {'load': {'config': {'limit': 3}}}
    """

    def decorate(function: Callable[..., Any]) -> ConfigMapping:
        return _mapping_by(function, config_schema, receive_processed_config_values)

    return decorate if config_fn is None else decorate(config_fn)


def _mapping_by(function: Callable[..., Any], config_schema: Any, receives_processed: bool | None) -> ConfigMapping:
    from dagster.config.definition_schemas import typed_by_annotation

    typed = typed_by_annotation(function) if config_schema is None else None
    if typed is None:
        return ConfigMapping(function, config_schema, receives_processed)
    field, convert = typed
    return ConfigMapping(lambda config: function(convert(config)), DefinitionSchema(field), receives_processed)
