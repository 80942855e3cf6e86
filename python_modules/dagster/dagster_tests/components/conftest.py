from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dagster_tests.components.projects import Project, project_of

MakeProject = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[MakeProject]:
    """Makes the project of a test of files by path."""
    with ExitStack() as stack:
        yield lambda files, root=tmp_path: stack.enter_context(project_of(root, files))
