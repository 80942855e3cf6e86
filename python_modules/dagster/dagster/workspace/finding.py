"""Which code a command is about: what it was told, else what the project's files say."""

from __future__ import annotations

import os
from collections.abc import Sequence

from dagster.errors import DagsterCodeLocationError
from dagster.workspace.pyprojects import targets_of_pyproject
from dagster.workspace.targets import CodeTarget, Source
from dagster.workspace.workspace_files import FILE as WORKSPACE_FILE
from dagster.workspace.workspace_files import targets_of_workspace_file


def named_targets(
    source: Source, names: Sequence[str], *, attribute: str | None = None, working_directory: str | None = None
) -> list[CodeTarget]:
    """The code that the command line names."""
    return [CodeTarget(source=source, name=name, attribute=attribute, working_directory=working_directory) for name in names]


def targets_of_directory(directory: str) -> list[CodeTarget]:
    """The code of the project in a directory: of its `pyproject.toml`, else of its `workspace.yaml`.

    Raises:
        DagsterCodeLocationError: neither says where code is, or one says it badly.
    """
    targets = targets_of_pyproject(directory)
    workspace = os.path.join(directory, WORKSPACE_FILE)
    if not targets and os.path.isfile(workspace):
        targets = targets_of_workspace_file(workspace)
    if not targets:
        raise DagsterCodeLocationError(
            "No code is named. Name a file with -f or a module with -m, or go to a directory with a `workspace.yaml` or "
            "a `pyproject.toml` that has [tool.dagster]."
        )
    return targets
