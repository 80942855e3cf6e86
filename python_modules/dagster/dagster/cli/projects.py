"""`dagster project`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.refusals import Refused
from dagster.cli.templates import project_files

# What may be left out of a new project. There is no file for "setup": it is taken for the API.
_PARTS = {"readme.md": "README.md", "setup": "setup.", "tests": "_tests/"}


@click.command(context_settings=SETTINGS)
@click.option("--name", required=True, help="Name of the project, and of the folder that is made for it.")
@click.option(
    "--excludes",
    multiple=True,
    type=click.Choice(list(_PARTS), case_sensitive=False),
    help="What to leave out. May be given several times.",
)
@click.option("--ignore-package-conflict", is_flag=True, help="Take the name although a module that Python finds has it.")
def scaffold(name: str, excludes: Sequence[str], ignore_package_conflict: bool) -> None:
    """Make a folder with a new project: assets, their definitions, tests and pyproject.toml.

    The project is valid and its tests pass as it is. Nothing that is there already is overwritten.
    """
    package = _package_of(name)
    if not ignore_package_conflict:
        _refuse_a_taken_name(package)
    folder = Path(name).absolute()
    try:
        folder.mkdir()
    except FileExistsError:
        raise Refused([f"{folder} is there already. Choose another name, or remove it first."]) from None
    except OSError as failed:
        raise Refused([f"{folder} cannot be made: {failed.strerror or failed}."]) from failed
    left_out = [_PARTS[part] for part in excludes]
    for path, text in project_files(name, package).items():
        if not any(part in path for part in left_out):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    click.echo(f"Made {folder}. Next:\n\n  cd {name}\n  dagster definitions validate\n  dagster asset materialize --select '*'")


def _package_of(name: str) -> str:
    """The Python package of a project: `my-sales` is imported as `my_sales`."""
    import keyword
    import re

    package = name.replace("-", "_").replace(".", "_")
    # The name of a distribution, and an identifier: both go into files.
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", package) is None or package.endswith("_") or keyword.iskeyword(package):
        advice = "Use letters, digits, `_` and `-`, with a letter first and a letter or digit last, and no keyword of Python."
        raise Refused([f'A project cannot be named "{name}". {advice}'])
    return package


def _refuse_a_taken_name(package: str) -> None:
    """The project would hide that module, or be hidden by it."""
    from importlib.machinery import PathFinder

    here = {"", os.getcwd()}
    taken = package in sys.stdlib_module_names or package in sys.builtin_module_names
    if taken or PathFinder.find_spec(package, [path for path in sys.path if path not in here]) is not None:
        advice = "Choose another name, or add `--ignore-package-conflict`."
        raise Refused([f'A module "{package}" is installed already, and importing one of the two would give the other. {advice}'])
