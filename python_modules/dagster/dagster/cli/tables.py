"""Tables on the console: drawn on a terminal that is wide enough, else aligned text, in which nothing is cut off or folded."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click
import msgspec

_FOLDED_AT_LEAST = 10
_GAP = 3


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        title: its heading.
        right: whether it is aligned to the right, as numbers are.
        whole: whether it is never folded on a terminal: what one copies.
        of_data: whether the heading is a user's own and stays as it is.
    """

    title: str
    right: bool = False
    whole: bool = False
    of_data: bool = False


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print rows on stdout; columns in which every row is empty are left out."""
    filled = [number for number in range(len(columns)) if any(row[number] for row in rows)]
    shown = [columns[number] for number in filled]
    cells = [[row[number] for number in filled] for row in rows]
    if sys.stdout.isatty() and _width_needed(shown, cells) <= shutil.get_terminal_size().columns:
        _print_drawn(shown, cells)
    else:
        _print_aligned(shown, cells)


def _width_needed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """What a drawn table needs so that whole columns are whole and the others can still be read."""
    widths = [max(len(line[number]) for line in ([column.title for column in columns], *rows)) for number in range(len(columns))]
    least = (width if column.whole else min(width, _FOLDED_AT_LEAST) for column, width in zip(columns, widths, strict=True))
    return sum(least) + _GAP * len(columns)


def _print_aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    titles = [column.title if column.of_data else column.title.upper() for column in columns]
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(len(line[number]) for line in [titles, *flat]) for number in range(len(columns))]
    for line in [titles, *flat]:
        cells = zip(line, widths, columns, strict=True)
        click.echo("  ".join(cell.rjust(width) if column.right else cell.ljust(width) for cell, width, column in cells).rstrip())


def _print_drawn(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column.title, justify="right" if column.right else "left", no_wrap=column.whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in row))
    Console().print(table)


_STYLES = {
    "SUCCESS": "green",
    "FAILURE": "red",
    "CANCELED": "yellow",
    "STARTED": "blue",
    "stored": "green",
    "done": "green",
    "observed": "green",
    "failed": "red",
    "skipped": "yellow",
    "not run": "yellow",
}
