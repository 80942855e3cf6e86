"""`dagster dev` over the examples and `project`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.developing import Developing, developing

EXAMPLES = Path(__file__).parents[2] / "examples"
PROJECT = Path(__file__).parent / "project"
_LOCATIONS = """
  - python_file:
      relative_path: project/census.py
      location_name: project
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
    projects, home = folder / "examples", folder / "home"
    without = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(EXAMPLES, projects, ignore=without)
    shutil.copytree(PROJECT, projects / "project", ignore=without)
    home.mkdir()
    (home / "dagster.yaml").write_text(_INSTANCE)
    with (projects / "workspace.yaml").open("a") as workspace:
        workspace.write(_LOCATIONS)
    automation = projects / "nyc_taxis" / "nyc_taxis" / "automation.py"
    automation.write_text(automation.read_text().replace("Status.RUNNING", "Status.STOPPED"))
    with developing(projects, home, "-w", "workspace.yaml") as dev:
        dev.wait_until_loaded()
        yield dev
