"""How a step that failed is tried again, and after which pause."""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import Enum
from typing import Any, cast

import msgspec

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError


class Backoff(Enum):
    """How the pause grows from try to try. LINEAR: n times the delay; EXPONENTIAL: (2**n - 1) times.

    Example:
        >>> RetryPolicy(max_retries=3, delay=10, backoff=Backoff.EXPONENTIAL).calculate_delay(3)
        70
    """

    LINEAR = "LINEAR"
    EXPONENTIAL = "EXPONENTIAL"


class Jitter(Enum):
    """How chance changes the pause. FULL: between nothing and the whole pause; PLUS_MINUS: up to one delay more or less.

    Example:
        >>> 0 <= RetryPolicy(delay=10, jitter=Jitter.FULL).calculate_delay(1) <= 10
        True
    """

    FULL = "FULL"
    PLUS_MINUS = "PLUS_MINUS"


class RetryPolicy(msgspec.Struct, frozen=True):
    """How often and after which pause a step that failed is tried again.

    Args:
        max_retries: tries after the first one.
        delay: the pause before a try, in seconds; a list gives the pause before each one, its last entry before all others.
        backoff: how the pause grows.
        jitter: how chance changes the pause, so that steps which failed together do not come back together.
        retry_on: a class of exceptions, or several, after which it is tried again; without: all.

    Raises:
        DagsterInvalidDefinitionError: backoff or jitter without a delay.
        CheckError: an argument of a wrong type.

    Example:
        >>> RetryPolicy(max_retries=3, delay=0.2, backoff=Backoff.EXPONENTIAL).calculate_delay(2)
        0.6000000000000001
    """

    max_retries: int = 1
    delay: float | Sequence[float] | None = None
    backoff: Backoff | None = None
    jitter: Jitter | None = None
    retry_on: type[BaseException] | tuple[type[BaseException], ...] = ()

    def __post_init__(self) -> None:
        max_retries: Any = self.max_retries
        if not isinstance(max_retries, int):
            raise ParameterCheckError("max_retries", max_retries, "a int")
        if self.delay is None:
            for name in ("backoff", "jitter"):
                if getattr(self, name) is not None:
                    raise DagsterInvalidDefinitionError(f"Can not set {name} on RetryPolicy without also setting delay")
        elif isinstance(self.delay, (list, tuple)):
            self._take_list(self.delay)
        elif not isinstance(self.delay, (int, float)):
            raise ParameterCheckError("delay", self.delay, "a number of seconds or a list of them")
        if self.retry_on != ():
            self._take_exceptions(self.retry_on)

    def _take_exceptions(self, given: Any) -> None:
        classes: tuple[Any, ...] = tuple(cast("Sequence[Any]", given)) if isinstance(given, (list, tuple)) else (given,)
        if not all(isinstance(each, type) and issubclass(each, BaseException) for each in classes):
            raise ParameterCheckError("retry_on", classes, "a class of exceptions or several of them, as (OSError, TimeoutError)")
        msgspec.structs.force_setattr(self, "retry_on", classes)

    def _take_list(self, delays: Sequence[Any]) -> None:
        if not delays or self.backoff is not None:
            raise DagsterInvalidDefinitionError(
                f"RetryPolicy takes at least one delay in a list, and then no backoff: the list says how they grow. Got {self!r}."
            )
        if not all(isinstance(each, (int, float)) and each >= 0 for each in delays):
            raise ParameterCheckError("delay", delays, "a list of seconds, none below 0")
        msgspec.structs.force_setattr(self, "delay", tuple(delays))

    def calculate_delay(self, attempt_num: int) -> float:
        """The pause before the try after the failed one of this number, from 1, in seconds; with chance where there is jitter."""
        return self.delay_seconds(attempt_num, 0.5 if self.jitter is None else random.random())

    def delay_seconds(self, attempt_num: int, chance: float) -> float:
        """Same, for a given `chance` from 0 to 1."""
        if self.delay is None:
            return 0
        if isinstance(self.delay, (int, float)):
            unit, pause = self.delay, _grown(self.delay, self.backoff, attempt_num)
        else:
            unit = pause = self.delay[min(max(attempt_num, 1), len(self.delay)) - 1]
        if self.jitter is Jitter.FULL:
            return chance * pause
        if self.jitter is Jitter.PLUS_MINUS:
            return pause + (2 * chance - 1) * unit
        return pause


def _grown(delay: float, backoff: Backoff | None, attempt_num: int) -> float:
    if backoff is Backoff.EXPONENTIAL:
        return (2**attempt_num - 1) * delay
    return delay * attempt_num if backoff is Backoff.LINEAR else delay
