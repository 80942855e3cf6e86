"""The one door through which config is checked and made ready for code."""

from __future__ import annotations

from typing import Any

from dagster.config.evaluations import ROOT, EvaluationError
from dagster.config.fields import Field
from dagster.config.plain_values import plain_config
from dagster.config.structures import finish_default
from dagster.config.types import ConfigType
from dagster.errors import DagsterInvalidConfigError


def process_config(config_type: ConfigType, value: Any, preamble: str) -> Any:
    """`value` with defaults filled in and variables of the environment looked up.

    Args:
        config_type: the schema.
        value: config as it was given; `EnvVar`s and `Config` objects may stand in it.
        preamble: the first line of the error, which says whose config it is.

    Raises:
        DagsterInvalidConfigError: something does not fit, or cannot be had; `errors` has one entry per place.
    """
    return process_plain_config(config_type, plain_config(value), preamble)


def process_plain_config(config_type: ConfigType, plain: Any, preamble: str) -> Any:
    """Like `process_config`, for config in which no objects stand any more."""
    errors: list[EvaluationError] = []
    config_type.check(plain, ROOT, errors)
    finished = None if errors else config_type.finish(plain, ROOT, errors)
    if errors:
        raise DagsterInvalidConfigError(preamble, errors, plain)
    return finished


def check_config(config_type: ConfigType, value: Any, preamble: str) -> None:
    """Nothing for config that fits; variables of the environment are looked up later.

    Raises:
        DagsterInvalidConfigError: something does not fit.
    """
    errors: list[EvaluationError] = []
    plain = plain_config(value)
    config_type.check(plain, ROOT, errors)
    if errors:
        raise DagsterInvalidConfigError(preamble, errors, plain)


def process_field(field: Field, value: Any, preamble: str) -> Any:
    """Like `process_config` for the `{"config": ...}` entry of one definition; None when it may be and is left out.

    Args:
        field: the schema of the entry.
        value: the entry as it was given, e.g. `{"config": {"x": 1}}`; None or empty when it was left out.
        preamble: the first line of the error.

    Raises:
        DagsterInvalidConfigError: something does not fit.
    """
    from dagster.config.fields import Shape

    return process_config(Shape({"config": field}), value or {}, preamble).get("config")


def default_config(field: Field, preamble: str) -> Any:
    """What code gets when nothing was given for a field that may be left out; None when it says nothing about that.

    Raises:
        DagsterInvalidConfigError: the field is required, or its default needs a variable that is not set.
    """
    if not field.default_provided:
        return process_field(field, None, preamble) if field.is_required else None
    errors: list[EvaluationError] = []
    finished = finish_default(field, ROOT.field("config"), errors)
    if errors:
        raise DagsterInvalidConfigError(preamble, errors, None)
    return finished
