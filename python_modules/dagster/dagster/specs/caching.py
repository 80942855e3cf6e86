"""When the last output of a step may stand for what it would make now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dagster.errors import DagsterInvalidDefinitionError
from dagster.values import Frozen

REFRESH_TAG = "dagster/refresh"
"""The tag of a run that makes everything anew; "true" or "false"."""

_WHAT = ("code", "config", "inputs")


class CachePolicy(Frozen):
    """A step is not executed where nothing has changed since its output was made: the stored output stands for it.

    Args:
        compare: what has to be the same, of "code" (the code version; without one a hash of the function's source), "config" (of
            the step) and "inputs" (data versions of the assets that it depends on; of an op the values that it takes).
        expires_after: how long an output may stand; without end where it is left out.

    Example:
        >>> @asset(cache_policy=CachePolicy())
        ... def orders():
        ...     return [1, 2, 3]
        >>> with DagsterInstance.ephemeral() as instance:
        ...     first, second = (materialize([orders], instance=instance) for _ in range(2))
        ...     len(first.asset_materializations_for_node("orders")), len(second.asset_materializations_for_node("orders"))
        (1, 0)
    """

    __slots__ = ("compare", "expires_after")

    compare: tuple[str, ...]
    expires_after: timedelta | None

    def __init__(self, compare: Iterable[str] = _WHAT, expires_after: timedelta | None = None) -> None:
        wanted = [compare] if isinstance(compare, str) else list(compare)
        unknown = [each for each in wanted if each not in _WHAT]
        if unknown or not wanted:
            listed = ", ".join(map(repr, _WHAT))
            found = ", ".join(map(repr, unknown)) or "nothing"
            raise DagsterInvalidDefinitionError(f"A cache policy compares some of {listed}. Found {found}.")
        if expires_after is not None and not (isinstance(expires_after, timedelta) and expires_after > timedelta(0)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DagsterInvalidDefinitionError(
                f"expires_after of a cache policy is a timedelta above 0, such as timedelta(hours=1). Found {expires_after!r}."
            )
        self._set(compare=tuple(each for each in _WHAT if each in wanted), expires_after=expires_after)

    @classmethod
    def inputs(cls, expires_after: timedelta | None = None) -> CachePolicy:
        """Compares inputs alone: an edited function, or other config, does not make it anew."""
        return cls(compare=["inputs"], expires_after=expires_after)

    def is_expired(self, made_at: float, now: float) -> bool:
        """Whether an output is too old; both in seconds since the epoch."""
        return self.expires_after is not None and now - made_at >= self.expires_after.total_seconds()


def checked_cache_policy(given: object, of_what: str) -> CachePolicy | None:
    """The policy, None where nothing is said.

    Raises:
        DagsterInvalidDefinitionError: it is something else.
    """
    if given is None or isinstance(given, CachePolicy):
        return given
    raise DagsterInvalidDefinitionError(f"cache_policy of {of_what} is {given!r}. Give it a CachePolicy, such as CachePolicy().")


def refreshes(run_tags: Mapping[str, str]) -> bool:
    """Whether a run makes everything anew, as its tags say."""
    return run_tags.get(REFRESH_TAG, "").lower() == "true"
