"""What templates in component files see by name."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from dagster.components.refusals import DagsterComponentError

_DECLARED = frozenset(
    {
        "AutomationCondition",
        "DailyPartitionsDefinition",
        "DynamicPartitionsDefinition",
        "FreshnessPolicy",
        "HourlyPartitionsDefinition",
        "MonthlyPartitionsDefinition",
        "MultiPartitionsDefinition",
        "StaticPartitionsDefinition",
        "TimeWindowPartitionsDefinition",
        "WeeklyPartitionsDefinition",
    }
)


class EnvScope:
    """Environment variables: `env.HOME`, None where it is not set, or `env("HOME", "a default")`."""

    def __call__(self, name: str, *default: Any) -> Any:
        if name not in os.environ and not default:
            raise DagsterComponentError(
                f"The environment variable {name} is not set and no default is given. Write `env('{name}', 'default')`."
            )
        return os.environ.get(name, *default)

    def __getattr__(self, name: str) -> str | None:
        if name.startswith(("_", "jinja_")):
            raise AttributeError(name)
        return os.environ.get(name)

    def __getitem__(self, name: str) -> str | None:
        raise DagsterComponentError(f"Environment variables are read as `env.{name}` or `env('{name}')`.")


class DagsterScope:
    """The parts of `dagster` that declare without doing anything: conditions, partitions, freshness."""

    def __getattr__(self, name: str) -> Any:
        if name not in _DECLARED:
            raise AttributeError(f"dg has no {name}. It has {', '.join(sorted(_DECLARED))}")
        return getattr(import_module("dagster"), name)


class DatetimeScope:
    """`datetime.datetime` and `datetime.timedelta`."""

    def __getattr__(self, name: str) -> Any:
        if name not in ("datetime", "timedelta"):
            raise AttributeError(f"datetime has datetime and timedelta, and no {name}")
        return getattr(import_module("datetime"), name)


class ConditionScope:
    """`automation_condition.eager()` and its like."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(import_module("dagster").AutomationCondition, name)


def default_scope() -> dict[str, Any]:
    """What every template sees."""
    return {
        "env": EnvScope(),
        "dg": DagsterScope(),
        "datetime": DatetimeScope(),
        "automation_condition": ConditionScope(),
    }
