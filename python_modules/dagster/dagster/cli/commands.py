"""The tree of commands. Names and help stand in tables, so that `--help` imports no command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from dagster.garbage import made_for_good
from dagster.version import __version__

# Name -> module, object in it, help.
Table = Mapping[str, tuple[str, str, str]]

_ASSET: Table = {
    "check": ("dagster.cli.checks", "check", "Execute checks of assets, here and now."),
    "list": ("dagster.cli.assets", "list_assets", "List the assets of a project."),
    "materialize": ("dagster.cli.materialize", "materialize", "Make a selection of assets, here and now."),
    "move": ("dagster.cli.moving", "move", "Give what is known of an asset to another key, after it was renamed."),
    "partitions": ("dagster.cli.statuses", "partitions", "Show where the partitions of an asset stand, range by range."),
    "status": ("dagster.cli.statuses", "status", "Show where assets stand, and their partitions in a line each."),
    "wipe": ("dagster.cli.wiping", "wipe", "Forget what is known of assets, or of some of their partitions."),
    "why": ("dagster.cli.staleness", "why", "Say whether an asset is fresh, stale or missing, and why."),
    "show": ("dagster.cli.values", "show", "Show what is stored of an asset: its value and its latest materialization."),
}
_DEFINITIONS: Table = {
    "validate": ("dagster.cli.definitions", "validate", "Load a project and say what is wrong with it."),
}
_INSTANCE: Table = {
    "concurrency": ("dagster.cli.commands", "concurrency", "Pools: limits, and who has their places."),
    "info": ("dagster.cli.instances", "info", "Say where history and data are kept."),
    "migrate": ("dagster.cli.upkeep", "migrate", "Bring what an older version stored up to date."),
    "prune": ("dagster.cli.upkeep", "prune", "Remove old history, as dagster.yaml says."),
    "reindex": ("dagster.cli.upkeep", "reindex", "Compare what is known with the log, and make it right."),
}
_CONCURRENCY: Table = {
    "delete": ("dagster.cli.concurrency", "delete_limit", "Forget the limit of a pool."),
    "free": ("dagster.cli.concurrency", "free", "Take away the places of a run."),
    "get": ("dagster.cli.concurrency", "get", "Show how many places of a pool are taken."),
    "set": ("dagster.cli.concurrency", "set_limit", "Set how many steps may go on at once in a pool."),
}
_JOB: Table = {
    "execute": ("dagster.cli.execute", "execute_job", "Execute a job, here and now."),
    "launch": ("dagster.cli.launching", "launch_job", "Start a run of a job, which goes on when the command has ended."),
    "list": ("dagster.cli.jobs", "list_jobs", "List the jobs of a project."),
    "print": ("dagster.cli.jobs", "print_job", "Print the steps of a job."),
    "scaffold_config": ("dagster.cli.jobs", "scaffold_config", "Print run config for a job, to be edited."),
}
_PROJECT: Table = {
    "scaffold": ("dagster.cli.projects", "scaffold", "Make a new project."),
}
_RUN: Table = {
    "delete": ("dagster.cli.wiping", "delete_run", "Delete a run and its events."),
    "list": ("dagster.cli.runs", "list_runs", "List runs, newest first."),
    "logs": ("dagster.cli.watching", "logs", "Print what the processes of a run wrote to stdout and stderr."),
    "reexecute": ("dagster.cli.reexecuting", "reexecute", "Execute a run again, all of it or what is missing."),
    "terminate": ("dagster.cli.watching", "terminate", "Stop a run."),
    "watch": ("dagster.cli.watching", "watch", "Show what happens in a run until it ends."),
    "wipe": ("dagster.cli.wiping", "wipe_runs", "Delete all runs and all events."),
}
_SCHEDULE: Table = {
    "list": ("dagster.cli.schedules", "list_schedules", "List schedules, and when each is due next."),
    "logs": ("dagster.cli.schedules", "logs", "Show the last ticks of a schedule."),
    "preview": ("dagster.cli.schedules", "preview", "Show the next times of a schedule, and what it would start."),
    "start": ("dagster.cli.schedules", "start", "Start a schedule."),
    "stop": ("dagster.cli.schedules", "stop", "Stop a schedule."),
}
_SENSOR: Table = {
    "cursor": ("dagster.cli.sensors", "cursor", "Set the cursor of a sensor."),
    "list": ("dagster.cli.sensors", "list_sensors", "List sensors."),
    "logs": ("dagster.cli.sensors", "logs", "Show the last ticks of a sensor."),
    "preview": ("dagster.cli.sensors", "preview", "Ask a sensor, and show what it would start."),
    "start": ("dagster.cli.sensors", "start", "Start a sensor."),
    "stop": ("dagster.cli.sensors", "stop", "Stop a sensor."),
}
_ROOT: Table = {
    "asset": ("dagster.cli.commands", "asset", "Assets: list, status, why, partitions, materialize, check, show, move, wipe."),
    "dev": ("dagster.cli.developing", "dev", "Serve a project until Ctrl-C: schedules and sensors act, runs are launched."),
    "definitions": ("dagster.cli.commands", "definitions", "Definitions: validate."),
    "instance": (
        "dagster.cli.commands",
        "instance",
        "The instance: concurrency, info, migrate, prune, reindex.",
    ),
    "job": ("dagster.cli.commands", "job", "Jobs: execute, launch, list, print, scaffold_config."),
    "project": ("dagster.cli.commands", "project", "Projects: scaffold."),
    "run": ("dagster.cli.commands", "run", "Runs: list, watch, logs, reexecute, terminate, delete, wipe."),
    "schedule": ("dagster.cli.commands", "schedule", "Schedules: list, logs, preview, start, stop."),
    "sensor": ("dagster.cli.commands", "sensor", "Sensors: cursor, list, logs, preview, start, stop."),
}
SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called.

    Args:
        name: of the group.
        table: its commands.
        help: what it is about.
    """

    def __init__(self, name: str, table: Table, help: str) -> None:
        super().__init__(name, help=help, context_settings=SETTINGS)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, sorted."""
        return sorted(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported."""
        if cmd_name not in self._table:
            return None
        from importlib import import_module

        module, attribute, _ = self._table[cmd_name]
        with made_for_good():
            return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `--help`, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._table[name][2]) for name in self.list_commands(ctx)])


asset = LazyGroup("asset", _ASSET, "Assets of a project.")
concurrency = LazyGroup("concurrency", _CONCURRENCY, "Pools, which limit how many steps or runs go on at once.")
definitions = LazyGroup("definitions", _DEFINITIONS, "Definitions of a project.")
instance = LazyGroup("instance", _INSTANCE, "The instance of DAGSTER_HOME, which keeps history and data.")
job = LazyGroup("job", _JOB, "Jobs of a project.")
project = LazyGroup("project", _PROJECT, "New projects.")
run = LazyGroup("run", _RUN, "Runs of the instance of DAGSTER_HOME.")
schedule = LazyGroup("schedule", _SCHEDULE, "Schedules of a project, as the instance of DAGSTER_HOME has them.")
sensor = LazyGroup("sensor", _SENSOR, "Sensors of a project, as the instance of DAGSTER_HOME has them.")
dagster = click.version_option(__version__, "--version", "-v", prog_name="dagster")(
    LazyGroup("dagster", _ROOT, "Data assets: what there is, make it, look at what ran.")
)
