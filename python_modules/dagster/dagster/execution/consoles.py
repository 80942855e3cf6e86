"""The lines that a run prints on the console, in the format that log readers expect."""

from __future__ import annotations

import os
import sys
import time

from dagster.events.entries import EventLogEntry

_LEVEL_NAMES = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
_COLORS = {10: "\033[34m", 20: "\033[34m", 30: "\033[33m", 40: "\033[31m", 50: "\033[31m"}
_RESET = "\033[0m"


def print_entry(entry: EventLogEntry) -> None:
    """One line on stderr, followed by the error that the entry carries; nothing while logging is switched off."""
    console = sys.stderr
    if console is None or _is_switched_off(entry.level):  # pyright: ignore[reportUnnecessaryComparison] - None without a console
        return
    try:
        console.write(line_of(entry, colored=console.isatty()))
    except (OSError, ValueError):  # a console that is gone or closed must not end a run
        return


def _is_switched_off(level: int) -> bool:
    """`logging.disable` counts; asked without importing logging, which nobody can have switched off unless it is imported."""
    logging = sys.modules.get("logging")
    return logging is not None and level <= logging.root.manager.disable


def line_of(entry: EventLogEntry, *, colored: bool) -> str:
    """The entry as `time - dagster - LEVEL - job - run - pid - step - EVENT - message`."""
    stamp = time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(entry.timestamp))
    body = text_of(entry)
    if colored:
        color = _COLORS.get(entry.level, "")
        head = f"\033[32m{stamp}{_RESET} - dagster - {color}{_LEVEL_NAMES.get(entry.level, entry.level)}{_RESET} - {body}\n"
    else:
        head = f"{stamp} - dagster - {_LEVEL_NAMES.get(entry.level, entry.level)} - {body}\n"
    return head + _error_below(entry)


def text_of(entry: EventLogEntry) -> str:
    """The entry as `job - run - pid - step - EVENT - message`."""
    event = entry.dagster_event
    pid = event.pid if event is not None else os.getpid()
    name = event.event_type.name if event is not None else None
    parts = [entry.job_name, entry.run_id, str(pid) if event is not None else None, entry.step_key, name, entry.message]
    return " - ".join(part for part in parts if part)


def _error_below(entry: EventLogEntry) -> str:
    error = entry.error_info or getattr(entry.dagster_event and entry.dagster_event.event_specific_data, "error", None)
    if error is None:
        return ""
    from dagster.events.frames import told_in_short

    return f"{told_in_short(error)}\n"
