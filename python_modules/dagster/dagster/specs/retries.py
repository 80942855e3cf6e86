"""How often and when a failed step is tried again."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import msgspec

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError


class Backoff(Enum):
    """How the delay grows from one retry to the next."""

    LINEAR = "LINEAR"
    """The first retry waits one delay, the second two, the third three."""
    EXPONENTIAL = "EXPONENTIAL"
    """The first retry waits one delay, the second three, the third seven: 2^n - 1."""


class Jitter(Enum):
    """How chance changes the delay, so that many steps do not try again at one moment."""

    FULL = "FULL"
    """Anything from nothing to the whole delay."""
    PLUS_MINUS = "PLUS_MINUS"
    """Up to one delay of the policy less or more."""


_KINDS: dict[str, tuple[type, ...]] = {"max_retries": (int,), "delay": (int, float), "backoff": (Backoff,), "jitter": (Jitter,)}


class RetryPolicy(msgspec.Struct, frozen=True):
    """How often and when a failed step is tried again.

    Attributes:
        max_retries: how often, after the first attempt.
        delay: seconds before a retry; none by default.
        backoff: how the delay grows; not at all by default.
        jitter: how chance changes it; not at all by default.

    Raises:
        DagsterInvalidDefinitionError: backoff or jitter of no delay.

    Example:
        >>> RetryPolicy(max_retries=3, delay=2, backoff=Backoff.EXPONENTIAL).calculate_delay(3)
        14
    """

    max_retries: int = 1
    delay: int | float | None = None
    backoff: Backoff | None = None
    jitter: Jitter | None = None

    def __post_init__(self) -> None:
        for name, kinds in _KINDS.items():
            value = getattr(self, name)
            if not isinstance(value, kinds) and not (value is None and name != "max_retries"):
                raise ParameterCheckError(name, value, " or ".join(f"a {kind.__name__}" for kind in kinds))
        if self.delay is None and (self.backoff or self.jitter):
            changes = "backoff" if self.backoff else "jitter"
            raise DagsterInvalidDefinitionError(f"The {changes} of a RetryPolicy changes its delay. Give a delay as well.")

    def calculate_delay(self, attempt_num: int, random: Callable[[], float] | None = None) -> int | float:
        """Seconds before a retry.

        Args:
            attempt_num: 1 before the first retry.
            random: gives a number from 0 up to, not including, 1; the `random` module's by default.
        """
        delay = self.delay or 0
        if self.backoff is Backoff.LINEAR:
            grown = attempt_num * delay
        elif self.backoff is Backoff.EXPONENTIAL:
            grown = (2**attempt_num - 1) * delay
        else:
            grown = delay
        if self.jitter is None:
            return grown
        if random is None:
            from random import random
        chance = random()
        return grown * chance if self.jitter is Jitter.FULL else grown + (2 * chance - 1) * delay
