"""Functions that look at an asset which something else writes, and say what they saw."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from dagster.define.functions import is_coroutine
from dagster.errors import DagsterInvalidObservationError
from dagster.events.asset_events import AssetObservation
from dagster.events.data_versions import DATA_VERSION_TAG, DataVersion, DataVersionsByPartition
from dagster.events.results import ObserveResult, Output
from dagster.keys import AssetKey


def observing(function: Callable[..., Any], key: AssetKey, *, is_partitioned: bool) -> Callable[..., Any]:
    """The function of a step that observes: it yields what `function` returns as observations of the asset."""
    if is_coroutine(function):

        async def awaited(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            for each in _said(await function(*args, **kwargs), key, is_partitioned):
                yield each

        return _in_the_name_of(function, awaited)

    def called(*args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from _said(function(*args, **kwargs), key, is_partitioned)

    return _in_the_name_of(function, called)


def _in_the_name_of(function: Callable[..., Any], inner: Callable[..., Any]) -> Callable[..., Any]:
    """Annotations, docstring and place in a file are those of the user's function."""
    inner.__wrapped__ = function  # pyright: ignore[reportFunctionMemberAccess]
    return inner


def _said(returned: Any, key: AssetKey, is_partitioned: bool) -> Iterator[Any]:
    if isinstance(returned, ObserveResult):
        tags = {**(returned.tags or {}), **_version_tags(returned.data_version)}
        yield AssetObservation(key, metadata=dict(returned.metadata or {}), tags=tags)
        yield from returned.check_results
    elif isinstance(returned, DataVersionsByPartition):
        if not is_partitioned:
            raise DagsterInvalidObservationError(
                f"{key} is not partitioned, so its observe function should return a DataVersion, not a DataVersionsByPartition"
            )
        for partition, version in returned.data_versions_by_partition.items():
            yield AssetObservation(key, partition=partition, tags=_version_tags(version))
    elif isinstance(returned, DataVersion):
        if is_partitioned:
            raise DagsterInvalidObservationError(
                f"{key} is partitioned. Returning a DataVersion is not supported for partitioned assets. Return "
                "DataVersionsByPartition instead."
            )
        yield AssetObservation(key, tags=_version_tags(returned))
    else:
        raise DagsterInvalidObservationError(
            f"Observe function for {key} must return a DataVersion or DataVersionsByPartition, but returned a value of type "
            f"{type(returned)}"
        )
    yield Output(None)


def _version_tags(version: DataVersion | None) -> dict[str, str]:
    return {} if version is None else {DATA_VERSION_TAG: version.value}
