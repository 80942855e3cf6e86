"""`dagster-daemon`."""

from __future__ import annotations

import time
from collections.abc import Sequence

import click

from dagster.cli.commands import SETTINGS, LazyGroup
from dagster.cli.environments import take_environment
from dagster.cli.instances import instance_of_home
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.quantities import duration
from dagster.cli.refusals import Refused
from dagster.cli.serving import control_plane, log_level, logs_folder, run_until_stopped, tell_on_stderr
from dagster.daemon.loops import TOLERATED_SECONDS
from dagster.runs.heartbeats import Heartbeat, is_healthy


@click.command("liveness-check", context_settings=SETTINGS)
@click.option(
    "--heartbeat-tolerance",
    type=click.IntRange(min=1),
    default=int(TOLERATED_SECONDS),
    show_default=True,
    help="How old the last sign of life of a loop may be, in seconds.",
)
def liveness_check(heartbeat_tolerance: int) -> None:
    """Say whether a daemon is alive: exit code 0 if all of its loops are, else 1."""
    with instance_of_home() as instance:
        heartbeats = instance.get_daemon_heartbeats()
    if not heartbeats:
        raise Refused(["Daemon not live: none has ever run on this instance. Start one with `dagster-daemon run`."])
    now = time.time()
    loops = sorted({beat.loop for beat in heartbeats})
    dead = [loop for loop in loops if not is_healthy(_of(loop, heartbeats), now, heartbeat_tolerance)]
    if dead:
        raise Refused([f"Daemon(s) not live: {', '.join(_told(loop, heartbeats, now) for loop in dead)}."])
    click.echo("Daemon live")


def _of(loop: str, heartbeats: Sequence[Heartbeat]) -> list[Heartbeat]:
    return [beat for beat in heartbeats if beat.loop == loop]


def _told(loop: str, heartbeats: Sequence[Heartbeat], now: float) -> str:
    latest = max(_of(loop, heartbeats), key=lambda beat: beat.timestamp)
    error = f", {latest.errors[0].message.strip().splitlines()[-1]}" if latest.errors else ""
    return f"{loop} (last seen {duration(now - latest.timestamp)} ago{error})"


@click.command(context_settings=SETTINGS)
@log_level
@code_options
def run(code: CodeOptions, log_level: str) -> None:
    """Launch runs, and ask schedules and sensors, until this process is ended. Runs in progress go on then.

    Any number of daemons may run on one instance; one of them acts.
    """
    tell_on_stderr(log_level)
    with instance_of_home() as instance, control_plane(code, instance) as plane:
        click.echo(f"Instance {instance.root_directory}, output of the locations in {logs_folder(instance)}", err=True)
        run_until_stopped(plane)


daemon = LazyGroup(
    "dagster-daemon",
    {
        "run": ("dagster.cli.daemons", "run", "Launch runs, and ask schedules and sensors, until it is ended."),
        "liveness-check": ("dagster.cli.daemons", "liveness_check", "Say whether a daemon is alive."),
    },
    "The daemon, which launches runs and asks schedules and sensors.",
)


def main() -> None:
    """The command `dagster-daemon`."""
    take_environment()
    daemon(prog_name="dagster-daemon")
