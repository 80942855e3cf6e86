"""The page that shows what was measured last: a section for each title, replaced by the next run under that title."""

from __future__ import annotations

import subprocess
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.measuring import REPOSITORY

HEAD = """# Performance

What was measured, side by side with the reference (`dagster==1.13.27`) in one run. Written by `python -m benchmarks --page`,
which replaces the section of its title, and this head. Processor time is that of all processes involved, those
that have ended included; memory that processes share counts once. A verdict is about the medians. Where the machine was busy the
line below the table says so: ratios and processor time are then still worth something, wall time is not.
"""
TITLE = "Side by side"


def write_section(path: Path, title: str, origin: str, table: str) -> None:
    """Put a table into a page, under a title, with when it was made, and of which commit by which command."""
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    moment = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    path.write_text(with_section(page, title, f"{moment}, {origin}\n\n{table}\n"), encoding="utf-8")


def with_section(page: str, title: str, body: str) -> str:
    """The page with its head, and this body under this title, in the place of what was there; new titles come last. Pure."""
    _, *sections = page.split("\n## ")
    bodies = {section.partition("\n")[0]: section.partition("\n")[2].strip() for section in sections}
    bodies[title] = body.strip()
    return "\n".join([HEAD, *(f"## {name}\n\n{text}\n" for name, text in bodies.items())])


def commit() -> str:
    """The commit that is measured, and whether something was changed since."""
    found = _git("rev-parse", "--short=12", "HEAD") or "unknown"
    return f"{found} with changes" if _git("status", "--porcelain", "--untracked-files=no") else found


def _git(*arguments: str) -> str:
    asked = subprocess.run(["git", *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return asked.stdout.strip()
