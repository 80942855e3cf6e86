"""What user code raises to end its step in a way of its own, and errors as values."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dagster.metadata.values import MetadataValue


_ABOUT_USER_CODE = frozenset(
    {
        "DagsterExecutionHandleOutputError",
        "DagsterExecutionLoadInputError",
        "DagsterExecutionStepExecutionError",
        "DagsterMaxRetriesExceededError",
        "DagsterTypeCheckError",
    }
)
"""Errors that say where something was raised, and have it as their cause."""


class FailedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step that failed for good, as steps that run after it are told.

    Attributes:
        step_key: the step.
        error: what it raised; None for one that did not run, because of another one that failed.
        is_allowed: whether it may fail without failing its run.

    Example:
        >>> FailedStep(step_key="load").reason
        'it did not run'
    """

    step_key: str
    error: SerializableErrorInfo | None = None
    is_allowed: bool = False

    @property
    def reason(self) -> str:
        """Class and text of what user code raised: `ValueError: no rows`."""
        if self.error is None:
            return "it did not run"
        is_about_user_code = self.error.cause is not None and self.error.cls_name in _ABOUT_USER_CODE
        return (self.error.cause if is_about_user_code and self.error.cause is not None else self.error).message.strip()


class Failure(Exception):
    """Raised by user code: the step fails, with a description and metadata to show.

    Args:
        description: what went wrong, for people.
        metadata: shown with the failure; raw values are wrapped in their `MetadataValue`.
        allow_retries: False ends the step although its retry policy has tries left. None: as the policy says.

    Example:
        >>> raise Failure("the table is empty", metadata={"rows": 0}, allow_retries=False)
        Traceback (most recent call last):
            ...
        dagster.events.failures.Failure: the table is empty
    """

    def __init__(
        self,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        allow_retries: bool | None = None,
    ) -> None:
        from dagster.metadata.coercion import normalize_metadata

        super().__init__(description)
        self.description = description
        self.metadata: Mapping[str, MetadataValue] = normalize_metadata(metadata or {})
        self.allow_retries = True if allow_retries is None else allow_retries


class RetryRequested(Exception):
    """Raised by user code: the step runs again.

    Args:
        max_retries: how often at the most.
        seconds_to_wait: pause before the next try, in seconds.

    Example:
        >>> @asset
        ... def page(context) -> int:
        ...     if context.retry_number < 2:
        ...         raise RetryRequested(max_retries=2)
        ...     return context.retry_number
        >>> materialize_to_memory([page]).output_for_node("page")
        2
    """

    def __init__(self, max_retries: int | None = 1, seconds_to_wait: float | None = None) -> None:
        super().__init__(max_retries, seconds_to_wait)
        self.max_retries = 1 if max_retries is None else max_retries
        self.seconds_to_wait = seconds_to_wait

    def __str__(self) -> str:
        pause = f", each after {self.seconds_to_wait} seconds" if self.seconds_to_wait else ""
        return f"up to {self.max_retries} more tries{pause}"


class SerializableErrorInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """An error as a value.

    Attributes:
        message: class and text of the error, as Python prints its last line.
        stack: one entry per frame, the outermost first, as `traceback.format_tb` gives them.
        cls_name: name of the error's class.
        cause: the error it was raised from.
        context: the error that was being handled when it was raised.
    """

    message: str
    stack: list[str]
    cls_name: str | None = None
    cause: SerializableErrorInfo | None = None
    context: SerializableErrorInfo | None = None

    def to_string(self) -> str:
        """The whole error as Python would print it, causes after the error that they led to."""
        stack = f"\n\nStack Trace:\n{''.join(self.stack)}" if self.stack else ""
        cause = f"\nThe above exception was caused by the following exception:\n{self.cause.to_string()}" if self.cause else ""
        context = (
            f"\nThe above exception occurred during handling of the following exception:\n{self.context.to_string()}"
            if self.context
            else ""
        )
        return f"{self.message}{stack}{cause}{context}"

    @property
    def user_cause(self) -> SerializableErrorInfo:
        """The innermost cause, which is what user code raised."""
        return self.cause.user_cause if self.cause else self


_CAUSES_AT_MOST = 50


def error_info(error: BaseException) -> SerializableErrorInfo:
    """The error as a value, with its causes; of a long chain of them the nearest ones, of a circle each one once."""
    return _error_info(error, ())


def _error_info(error: BaseException, led_from: tuple[BaseException, ...]) -> SerializableErrorInfo:
    chain = (*led_from, error)

    def told(led_to: BaseException | None) -> SerializableErrorInfo | None:
        is_new = led_to is not None and len(chain) < _CAUSES_AT_MOST and all(led_to is not each for each in chain)
        return _error_info(led_to, chain) if led_to is not None and is_new else None

    has_context = error.__context__ is not error.__cause__ and not error.__suppress_context__
    return SerializableErrorInfo(
        message="".join(traceback.format_exception_only(type(error), error)),
        stack=_formatted_frames(error),
        cls_name=type(error).__name__,
        cause=told(error.__cause__),
        context=told(error.__context__) if has_context else None,
    )


def error_info_from_current() -> SerializableErrorInfo:
    """The error that is being handled, as a value."""
    error = sys.exc_info()[1]
    assert error is not None, "asked for the current error outside of an except block"
    return error_info(error)


def _formatted_frames(error: BaseException) -> list[str]:
    formatted: Sequence[str] = traceback.format_tb(error.__traceback__)
    return list(formatted)
