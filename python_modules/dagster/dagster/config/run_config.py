"""Run config as an object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from dagster.config.plain_values import plain_config
from dagster.errors import ParameterCheckError


class RunConfig:
    """The config of one run, with typed config for each op, asset and resource.

    Args:
        ops: by name of the op or asset: a `Config` object, or `{"config": {...}}`.
        resources: by resource key, likewise; also a `ConfigurableResource`.
        loggers: by logger key.
        execution: config of the executor.
        inputs: values of the parameters of a job's function, by name.

    Raises:
        ParameterCheckError: one of them is not a dict.

    Example:
        >>> RunConfig(ops={"orders": {"config": {"limit": 10}}}).to_config_dict()["ops"]
        {'orders': {'config': {'limit': 10}}}
    """

    __slots__ = ("execution", "inputs", "loggers", "ops", "resources")

    def __init__(
        self,
        ops: Mapping[str, Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        loggers: Mapping[str, Any] | None = None,
        execution: Mapping[str, Any] | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> None:
        self.ops = _checked_dict("ops", ops)
        self.resources = _checked_dict("resources", resources)
        self.loggers = _checked_dict("loggers", loggers)
        self.execution = _checked_dict("execution", execution)
        self.inputs = _checked_dict("inputs", inputs)

    def to_config_dict(self) -> dict[str, Any]:
        """The config as plain dicts, as it is written in YAML."""
        return {
            "loggers": plain_config(self.loggers),
            "resources": _entries(self.resources),
            "ops": _entries(self.ops),
            "execution": plain_config(self.execution),
            **({"inputs": plain_config(self.inputs)} if self.inputs else {}),
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunConfig) and self._parts == other._parts

    __hash__ = None  # pyright: ignore[reportAssignmentType] - a value that holds dicts

    def __repr__(self) -> str:
        return (
            f"RunConfig(ops={self.ops!r}, resources={self.resources!r}, loggers={self.loggers!r}, execution={self.execution!r}"
            f"{f', inputs={self.inputs!r}' if self.inputs else ''})"
        )

    @property
    def _parts(self) -> tuple[Any, ...]:
        return (self.ops, self.resources, self.loggers, self.execution, self.inputs)


def _checked_dict(param: str, given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ParameterCheckError(param, given, "a dict")
    return dict(cast("Mapping[str, Any]", given))


def _entries(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {"config": plain_config(entry)} if _is_typed(entry) else plain_config(entry) for key, entry in given.items()}


def _is_typed(entry: object) -> bool:
    return hasattr(type(entry), "to_config_value")


def to_run_config_dict(run_config: object) -> dict[str, Any]:
    """A new dict of run config from a `RunConfig`, a dict or None.

    Raises:
        ParameterCheckError: it is none of these.
    """
    if run_config is None:
        return {}
    if isinstance(run_config, RunConfig):
        return {part: config for part, config in run_config.to_config_dict().items() if config}
    if isinstance(run_config, Mapping):
        return plain_config(cast("Mapping[str, Any]", run_config))
    raise ParameterCheckError("run_config", run_config, "a dict or a RunConfig")


def merged(*configs: Mapping[str, Any]) -> dict[str, Any]:
    """Dicts laid over each other, inner dicts too; where two say something else about one place the later one holds.

    Example:
        >>> merged({"ops": {"a": {"config": 1}}}, {"ops": {"b": {"config": 2}}})
        {'ops': {'a': {'config': 1}, 'b': {'config': 2}}}
    """
    together: dict[str, Any] = {}
    for config in configs:
        for key, value in config.items():
            before = together.get(key)
            if isinstance(before, Mapping) and isinstance(value, Mapping):
                value = merged(cast("Mapping[str, Any]", before), cast("Mapping[str, Any]", value))
            together[key] = value
    return together
