"""Exceptions of this process as values of the protocol."""

from __future__ import annotations

from traceback import StackSummary, TracebackException
from types import TracebackType

from dagster_pipes.protocol import PipesException


def exception_of(error: BaseException, trace: TracebackType | None) -> PipesException:
    """What broke off, with its causes; each of them once."""
    return _told(TracebackException(type(error), error, trace))


def _told(told: TracebackException) -> PipesException:
    stack: StackSummary = told.stack
    return {
        "message": "".join(told.format_exception_only()),
        "stack": stack.format(),
        "name": _class_name(told),
        "cause": _told(told.__cause__) if told.__cause__ else None,
        "context": _told(told.__context__) if told.__context__ else None,
    }


def _class_name(told: TracebackException) -> str:
    # From Python 3.13 on the class is given by its dotted name only.
    dotted: str | None = getattr(told, "exc_type_str", None)
    return dotted.rpartition(".")[2] if dotted is not None else told.exc_type.__name__
