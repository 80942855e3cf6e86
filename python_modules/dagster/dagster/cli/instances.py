"""`dagster instance`, and the instance as commands open it."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import contextmanager

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.refusals import Refused
from dagster.cli.tables import Column, print_table
from dagster.errors import DagsterError, DagsterHomeNotSetError
from dagster.instance.homes import HOME_VARIABLE
from dagster.instance.instance import DagsterInstance

_SET_IT = "mkdir -p ~/dagster_home && export DAGSTER_HOME=~/dagster_home"


@contextmanager
def instance_of_home() -> Generator[DagsterInstance, None, None]:
    """The instance of DAGSTER_HOME.

    Raises:
        Refused: there is none, or it cannot be opened; says what to do.
    """
    with refusals_of_home(), DagsterInstance.get() as instance:
        yield instance


@contextmanager
def refusals_of_home() -> Generator[None, None, None]:
    """Says what is wrong with the instance of DAGSTER_HOME as commands say it."""
    try:
        yield
    except DagsterHomeNotSetError as unset:
        raise Refused([f"DAGSTER_HOME is not set, so there is no history. Set it to a directory: {_SET_IT}"]) from unset
    except DagsterError as refused:
        raise Refused([" ".join(str(refused).split())]) from refused


@contextmanager
def instance_for_a_run() -> Generator[DagsterInstance, None, None]:
    """The instance of DAGSTER_HOME; without one a temporary instance.

    Raises:
        Refused: the instance cannot be opened.
    """
    if home_is_set():
        with instance_of_home() as instance:
            yield instance
    else:
        with DagsterInstance.local_temp() as temporary:
            yield temporary


def home_is_set() -> bool:
    """Whether there is a place where something is kept."""
    return bool(os.environ.get(HOME_VARIABLE))


def say_nothing_is_kept() -> None:
    """The hint after a run without DAGSTER_HOME."""
    click.secho(
        f"Values and history of this run are not kept: DAGSTER_HOME is not set. To keep them: {_SET_IT}", err=True, fg="yellow"
    )


@click.command(context_settings=SETTINGS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(as_json: bool) -> None:
    """Say where history and data are kept."""
    with instance_of_home() as instance:
        facts = {
            **instance.info_dict(),
            "data": instance.storage_directory(),
            "runs": instance.get_runs_count(),
            "assets": len(instance.all_asset_keys()),
        }
    if as_json:
        click.echo(json.dumps(facts, indent=2, default=str))
        return
    settings = facts.pop("settings", None)
    facts["settings"] = json.dumps(settings, default=str) if settings else "none (no dagster.yaml)"
    print_table([Column("what", whole=True), Column("value")], [[name, str(value)] for name, value in facts.items()])


@contextmanager
def instance_to_serve() -> Generator[DagsterInstance, None, None]:
    """The instance of DAGSTER_HOME; without one that of a temporary folder, which this process and what it starts use."""
    if home_is_set():
        with instance_of_home() as instance:
            yield instance
        return
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix=".tmp_dagster_home_", dir=os.getcwd())
    click.secho(
        f"DAGSTER_HOME is not set: history and data are kept in {folder} and removed at the end. To look at them meanwhile: "
        f"export DAGSTER_HOME={folder}",
        err=True,
        fg="yellow",
    )
    os.environ[HOME_VARIABLE] = folder
    try:
        with instance_of_home() as instance:
            yield instance
    finally:
        del os.environ[HOME_VARIABLE]
        shutil.rmtree(folder, ignore_errors=True)
