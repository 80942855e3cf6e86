"""Instances for the time of a test."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster.instance.instance import DagsterInstance

_HOME = "DAGSTER_HOME"


@contextmanager
def instance_for_test(
    overrides: Mapping[str, Any] | None = None,
    set_dagster_home: bool = True,
    temp_dir: str | None = None,
) -> Generator[DagsterInstance]:
    """A persistent instance in a temporary folder, gone when the block ends.

    Args:
        overrides: settings, as they would stand in `dagster.yaml`.
        set_dagster_home: whether DAGSTER_HOME names its folder meanwhile, so that `DagsterInstance.get()` finds it.
        temp_dir: the folder; kept when given.

    Example:
        >>> with instance_for_test() as instance:
        ...     materialize([orders], instance=instance).success
        True
    """
    with DagsterInstance.local_temp(temp_dir, overrides) as instance:
        before = os.environ.get(_HOME)
        if set_dagster_home:
            os.environ[_HOME] = instance.root_directory
        try:
            yield instance
        finally:
            if set_dagster_home:
                _restore(before)


def _restore(before: str | None) -> None:
    if before is None:
        os.environ.pop(_HOME, None)
    else:
        os.environ[_HOME] = before
