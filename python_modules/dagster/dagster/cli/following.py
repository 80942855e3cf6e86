"""Shows a run while it goes on: a line for each start, end and logged line, and on a terminal what is running now."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import click

from dagster.cli.progress import RunProgress, State, StepProgress
from dagster.cli.quantities import count, duration
from dagster.events.entries import EventLogEntry

_LEVELS = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
_LEVEL_COLORS = {10: "blue", 30: "yellow", 40: "red", 50: "red"}
_STATE_COLORS = {State.DONE: "green", State.FAILED: "red", State.SKIPPED: "yellow", State.RETRYING: "yellow"}


class Follower:
    """Writes what happens to stderr, line by line. Called with each entry of the run's log.

    Args:
        progress: what the entries are counted in.
        level: lines that were logged below this level are left out.
        write: takes each line.

    Attributes:
        counts_events: asks for the events of the framework, whatever level lines must have to be kept.
    """

    counts_events = True

    def __init__(self, progress: RunProgress, level: int, write: Callable[[str], None]) -> None:
        self._progress = progress
        self._level = level
        self._write_line = write
        self._width = 0

    def __call__(self, entry: EventLogEntry) -> None:
        """Show one entry."""
        if not self._width:
            self._width = max((len(step.name) for step in self._progress.steps.values()), default=0)
        changed = self._progress.take(entry)
        if changed is not None:
            self._write(entry.timestamp, changed.name, _state_told(changed))
        elif entry.dagster_event is None and entry.level >= self._level:
            self._write_logged(entry)

    def _write_logged(self, entry: EventLogEntry) -> None:
        step = self._progress.steps.get(entry.step_key or "")
        level = click.style(_LEVELS.get(entry.level, str(entry.level)), fg=_LEVEL_COLORS.get(entry.level))
        self._write(entry.timestamp, step.name if step else entry.step_key or "", f"{level} {entry.user_message}")
        if entry.error_info is not None:
            self._write_line(entry.error_info.to_string())

    def _write(self, timestamp: float, name: str, text: str) -> None:
        clock = click.style(time.strftime("%H:%M:%S", time.localtime(timestamp)), dim=True)
        self._write_line(f"{clock}  {name.ljust(self._width)}  {text}")


def _echo(line: str) -> None:
    click.echo(line, err=True)


def _print(line: str) -> None:
    """Through `sys.stderr` as it is now, which rich has replaced: click would write into the moving line."""
    print(line, file=sys.stderr)


def _state_told(step: StepProgress) -> str:
    if step.state is State.RUNNING:
        return click.style("started", dim=True)
    text = click.style(step.state.value, fg=_STATE_COLORS.get(step.state))
    took = f" in {duration(step.seconds)}" if step.seconds is not None else ""
    rows = [stored.rows for stored in step.stored if stored.rows is not None]
    return f"{text}{took}{f', {count(sum(rows))} rows' if rows else ''}"


@contextmanager
def following(progress: RunProgress, level: int) -> Generator[Follower, None, None]:
    """A follower; on a terminal with a moving line below that says what is running."""
    if not sys.stderr.isatty():
        yield Follower(progress, level, _echo)
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)
    live = Live(
        get_renderable=lambda: _now(progress),
        console=console,
        transient=True,
        refresh_per_second=8,
        redirect_stdout=sys.stdout.isatty(),
    )
    with _stopped_for_a_debugger(live), live:
        yield Follower(progress, level, _print)


@contextmanager
def _stopped_for_a_debugger(live: Any) -> Generator[None, None, None]:
    """A breakpoint in user code gets the terminal for itself."""
    hook = sys.breakpointhook

    def stop_and_break(*arguments: Any, **options: Any) -> Any:
        live.stop()
        sys.breakpointhook = hook
        if hook is sys.__breakpointhook__ and os.environ.get("PYTHONBREAKPOINT", "") in ("", "pdb.set_trace"):
            import pdb  # noqa: T100 - the user asks for it, and wants to stop in their own frame, not in this one

            return pdb.Pdb().set_trace(sys._getframe(1))  # pyright: ignore[reportPrivateUsage]
        return hook(*arguments, **options)

    sys.breakpointhook = stop_and_break
    try:
        yield
    finally:
        sys.breakpointhook = hook


def _now(progress: RunProgress) -> Any:
    """The moving line: what is running and for how long, and how much is done."""
    from rich.spinner import Spinner
    from rich.text import Text

    ended = progress.count(State.DONE, State.FAILED, State.SKIPPED)
    now = time.time()
    names = [f"{step.name} {now - (step.started or now):.1f} s" for step in progress.running[:3]]
    more = f" and {len(progress.running) - 3} more" if len(progress.running) > 3 else ""
    text = Text(f" {ended}/{len(progress.steps)}  {', '.join(names)}{more}", overflow="ellipsis", no_wrap=True)
    return Spinner("dots", text=text)
