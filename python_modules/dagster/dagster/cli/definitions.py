"""`dagster definitions`."""

from __future__ import annotations

import os

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.loading import attempt
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.refusals import Refused
from dagster.define.descriptions import ProjectDescription, describe
from dagster.workspace.complaints import Complaint, lines_of
from dagster.workspace.loading import CodeLocation


@click.command(context_settings=SETTINGS)
@click.option("-v", "--verbose", is_flag=True, help="Print the whole traceback of an error as well.")
@click.option("--log-level", hidden=True, expose_value=False, help="Taken for the API; nothing is logged here.")
@click.option("--log-format", hidden=True, expose_value=False, help="Taken for the API; nothing is logged here.")
@code_options
def validate(code: CodeOptions, verbose: bool) -> None:
    """Load a project and say what is wrong with it.

    Every location is loaded in this process and looked at as a whole: assets, their dependencies, resources, jobs. The last
    line says what is wrong, in which file and line. The exit code is 0 when nothing is, else 1.

    While it runs, DAGSTER_IS_DEFS_VALIDATION_CLI=1 is set in the environment.
    """
    os.environ["DAGSTER_IS_DEFS_VALIDATION_CLI"] = "1"
    complaints: list[Complaint] = []
    for target in code.targets():
        found = attempt(target, with_traceback=verbose)
        if isinstance(found, Complaint):
            complaints.append(found)
        else:
            described = describe(found.definitions)
            click.echo(f"{found.name}: {_counts(found, described)}. Valid.")
            for note in described.notes:
                click.echo(f"  {note}")
    if complaints:
        raise Refused(lines_of(complaints))


def _counts(location: CodeLocation, described: ProjectDescription) -> str:
    definitions = location.definitions
    counted = {
        "asset": len(location.project.graph.executable_asset_keys),
        "check": len(described.checks),
        "job": len(definitions.jobs),
        "schedule": len(described.schedules),
        "sensor": len(described.sensors),
        "resource": len(definitions.resources),
    }
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counted.items() if count) or "nothing"
