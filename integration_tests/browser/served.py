"""`dagster dev` over the examples and `project`, or over a part of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.developing import Developing, developing

EXAMPLES = Path(__file__).parents[2] / "examples"
PROJECT = Path(__file__).parent / "project"
_PROJECT = """
  - python_file:
      relative_path: project/census.py
      location_name: project
"""
_SLICES = """
  - python_file:
      relative_path: project/slices.py
      location_name: slices
  - python_file:
      relative_path: project/power.py
      location_name: power
"""
# One run at a time with this tag: the next one waits in the queue, where it can be looked at.
LANE = {"lane": "one at a time"}
_INSTANCE = """
concurrency:
  runs:
    tag_concurrency_limits:
      - key: lane
        limit: 1
"""

# Files of definitions that people have before all others: an empty one, and one that does not load.
CODE = {
    "first": """import dagster as dg

defs = dg.Definitions()
""",
    "broken": """import dagster as dg

from warehouse import tables


@dg.asset
def orders():
    return tables("orders")
""",
}


@contextmanager
def serving_code(folder: Path, code: str) -> Iterator[Developing]:
    """`dagster dev` over a single file with that code, and an empty instance.

    Args:
        folder: for both; made here.
        code: of the file.
    """
    home = folder / "home"
    home.mkdir(parents=True)
    (folder / "definitions.py").write_text(code)
    with developing(folder, home, "-f", "definitions.py") as dev:
        dev.wait_until_loaded()
        yield dev


@contextmanager
def serving(folder: Path) -> Iterator[Developing]:
    """A copy of all of it, loaded and served until the block ends. Nothing in it starts by itself.

    Args:
        folder: for the copy and the instance.
    """
    projects = folder / "examples"
    without = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(EXAMPLES, projects, ignore=without)
    shutil.copytree(PROJECT, projects / "project", ignore=without)
    automation = projects / "nyc_taxis" / "nyc_taxis" / "automation.py"
    automation.write_text(automation.read_text().replace("Status.RUNNING", "Status.STOPPED"))
    home = folder / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text(_INSTANCE)
    with _loaded(projects, home, (projects / "workspace.yaml").read_text() + _PROJECT + _SLICES) as dev:
        yield dev


@contextmanager
def serving_slices(folder: Path) -> Iterator[Developing]:
    """A copy of the project's assets in slices alone, which is loaded in no time. Else as `serving`."""
    shutil.copytree(PROJECT, folder / "slices" / "project", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    with _loaded(folder / "slices", folder / "home", f"load_from:{_SLICES}") as dev:
        yield dev


@contextmanager
def _loaded(projects: Path, home: Path, workspace: str) -> Iterator[Developing]:
    home.mkdir(exist_ok=True)
    (projects / "workspace.yaml").write_text(workspace)
    with developing(projects, home, "-w", "workspace.yaml") as dev:
        dev.wait_until_loaded()
        yield dev
