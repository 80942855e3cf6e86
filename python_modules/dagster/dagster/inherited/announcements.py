"""Warnings that a library gives of its own parts, at the line of who calls it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from dagster.api_warnings import BetaWarning, ConfigArgumentWarning, PreviewWarning, SupersessionWarning
from dagster.errors import CheckError
from dagster.lifecycle_marks import BetaInfo, DeprecatedInfo, Info, PreviewInfo, SupersededInfo

T = TypeVar("T")

_OURS = (BetaWarning, PreviewWarning, SupersessionWarning, DeprecationWarning, ConfigArgumentWarning)


def deprecation_warning(
    subject: str, breaking_version: str, additional_warn_text: str | None = None, stacklevel: int = 3
) -> None:
    """Says that something goes with a version."""
    _warn(DeprecatedInfo(breaking_version), subject, additional_warn_text, stacklevel)


def beta_warning(subject: str, additional_warn_text: str | None = None, stacklevel: int = 3) -> None:
    """Says that something may still change."""
    _warn(BetaInfo(), subject, additional_warn_text, stacklevel)


def preview_warning(subject: str, additional_warn_text: str | None = None, stacklevel: int = 3) -> None:
    """Says that something may still go."""
    _warn(PreviewInfo(), subject, additional_warn_text, stacklevel)


def supersession_warning(subject: str, additional_warn_text: str | None = None, stacklevel: int = 3) -> None:
    """Says that there is something better."""
    _warn(SupersededInfo(), subject, additional_warn_text, stacklevel)


def config_argument_warning(param_name: str, function_name: str) -> None:
    """Says that an argument is named like config and is not the config of its function."""
    text = (
        f"Argument {param_name!r} of {function_name!r} is annotated with a Config class, and config is given to `config` alone."
    )
    warnings.warn(text, ConfigArgumentWarning, stacklevel=3)


def normalize_renamed_param(
    new_val: Any, new_arg: str, old_val: Any, old_arg: str, coerce_old_to_new: Callable[[Any], Any] | None = None
) -> Any:
    """The value of an argument that had another name before, whichever of the two was given.

    Raises:
        CheckError: both were given.
    """
    if old_val is None:
        return new_val
    if new_val is not None:
        raise CheckError(f'Do not use deprecated "{old_arg}" now that you are using "{new_arg}".')
    return coerce_old_to_new(old_val) if coerce_old_to_new else old_val


@contextmanager
def disable_dagster_warnings() -> Generator[None]:
    """Within it, warnings of the framework are not shown; those of others are."""
    with warnings.catch_warnings():
        for kind in _OURS:
            warnings.simplefilter("ignore", kind)
        yield


def suppress_dagster_warnings(decorated: T) -> T:
    """The function or class, within whose call warnings of the framework are not shown."""
    if isinstance(decorated, type):
        decorated.__init__ = _quiet(decorated.__init__)
        return decorated
    return _quiet(decorated)


def _quiet(function: Any) -> Any:
    @wraps(function)
    def called_quietly(*args: Any, **kwargs: Any) -> Any:
        with disable_dagster_warnings():
            return function(*args, **kwargs)

    return called_quietly


def _warn(info: Info, subject: str, additional: str | None, stacklevel: int) -> None:
    warning = info.warning(subject)
    text = f"{warning} {additional}" if additional else str(warning)
    # One more, for this function.
    warnings.warn(text, type(warning), stacklevel=stacklevel + 1)
