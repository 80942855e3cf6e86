"""Run config with secrets that were written into it: kept beside the database until its run has begun, then removed.

What is stored of a run has secrets covered. A run that waits in the queue is launched by another process, later, and needs
them: they wait in a file of the instance's folder that nobody but its user can read (mode 0600, in a folder of mode 0700).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from dagster import serdes
from dagster.config.secrets import MASK
from dagster.errors import DagsterInvariantViolationError
from dagster.runs.runs import DagsterRun

_FOLDER = "run_secrets"


def has_secrets(stored: Mapping[str, Any]) -> bool:
    """Whether something is covered in the config of a run as it is stored."""
    return any(_is_covered(value) for value in stored.values())


def _is_covered(value: Any) -> bool:
    if isinstance(value, Mapping):
        return has_secrets(value)  # pyright: ignore[reportUnknownArgumentType] - config is a tree of plain values
    if isinstance(value, list):
        return any(_is_covered(each) for each in value)  # pyright: ignore[reportUnknownVariableType]
    return value == MASK


def keep_given_config(root: str, run_id: str, run_config: Mapping[str, Any]) -> None:
    """Keeps the config of a run as it was given, for this user alone."""
    folder = os.path.join(root, _FOLDER)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = _path(root, run_id)
    descriptor = os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(serdes.encode(dict(run_config)))
    os.replace(f"{path}.new", path)


def given_config(root: str, run: DagsterRun) -> dict[str, Any] | None:
    """The config of a run as it was given; None where what is stored is the same.

    Raises:
        DagsterInvariantViolationError: it had secrets, which are not kept any more, or are kept by another host.
    """
    if not has_secrets(run.run_config):
        return None
    try:
        with open(_path(root, run.run_id), "rb") as file:
            return serdes.decode(file.read(), dict[str, Any])
    except FileNotFoundError:
        raise DagsterInvariantViolationError(
            f'The run config of run "{run.run_id}" had secrets, which are not stored in the database, and they are not kept in '
            f'"{os.path.join(root, _FOLDER)}" either: it was begun before, or submitted on another host. Name environment '
            'variables in the config instead, {"env": "DB_PASSWORD"}, or launch it with its config.'
        ) from None


def forget_given_config(root: str, run_id: str) -> None:
    """Removes what was kept of a run."""
    with suppress(FileNotFoundError):
        os.unlink(_path(root, run_id))


def kept_run_ids(root: str) -> Iterable[str]:
    """The runs of which something is kept."""
    try:
        names = os.listdir(os.path.join(root, _FOLDER))
    except FileNotFoundError:
        return []
    return [name.removesuffix(".json") for name in names if name.endswith(".json")]


def _path(root: str, run_id: str) -> str:
    # An id is a UUID where we make it; one that a caller made must not name a file elsewhere.
    return os.path.join(root, _FOLDER, f"{os.path.basename(run_id)}.json")
