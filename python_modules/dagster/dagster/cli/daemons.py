"""`dagster-daemon`."""

from __future__ import annotations

import time
from collections.abc import Sequence

import click

from dagster.cli.commands import SETTINGS, LazyGroup
from dagster.cli.instances import instance_of_home
from dagster.cli.quantities import duration
from dagster.cli.refusals import Refused
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


daemon = LazyGroup(
    "dagster-daemon",
    {"liveness-check": ("dagster.cli.daemons", "liveness_check", "Say whether a daemon is alive.")},
    "The daemon, which launches runs and asks schedules and sensors.",
)


def main() -> None:
    """The command `dagster-daemon`."""
    daemon(prog_name="dagster-daemon")
