"""Where in a storage folder a value lies. Pure text; nothing here touches a disk.

    an asset            <key part>/<key part>…
    one partition       <key part>/…/<partition>            several dimensions: one folder per dimension
    an op's output      <run>/<step>/<output>[/<mapping key>]

A slash inside of a key part or partition makes a folder. No name leads out of the storage folder: `..`, `.`, a NUL
character, a name that the file system cannot hold and a name like those of our own unfinished files are refused; a slash
at the beginning is written as `%2F`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dagster.errors import DagsterUnstorableNameError

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext

UNFINISHED_SUFFIX = ".writing"
NAME_LIMIT_BYTES = 255

_PLAIN = re.compile(r"[A-Za-z0-9_\-][A-Za-z0-9_\-.]{0,199}").fullmatch
_SEPARATORS = re.compile(r"[/\\]" if os.name == "nt" else "/")
_REFUSED_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')


def segments_of(names: Iterable[str]) -> list[str]:
    """The path of a value below its storage folder, one file or folder name per element.

    Raises:
        DagsterUnstorableNameError: a name would lead out of the folder or cannot be a file.

    Example:
        >>> segments_of(["sales", "orders", "2024/01"])
        ['sales', 'orders', '2024', '01']
    """
    segments: list[str] = []
    for name in names:
        if _PLAIN(name):
            segments.append(name)
        else:
            segments.extend(_checked_segments(name))
    return segments


def _checked_segments(name: str) -> list[str]:
    inside = "%2F" + name.lstrip("/") if name.startswith("/") else name
    segments = [segment for segment in _SEPARATORS.split(inside) if segment]
    if not segments:
        raise DagsterUnstorableNameError(name, "it is empty")
    for segment in segments:
        why = _why_refused(segment)
        if why is not None:
            raise DagsterUnstorableNameError(name, why)
    return segments


def _why_refused(segment: str) -> str | None:
    if segment in (".", ".."):
        return f"the name {segment!r} would lead to another folder"
    if segment.startswith(".") and segment.endswith(UNFINISHED_SUFFIX):
        return f"hidden names that end with {UNFINISHED_SUFFIX!r} are those of files that are being written"
    if "\0" in segment:
        return "it has a NUL character"
    if len(segment.encode("utf-8", "surrogatepass")) > NAME_LIMIT_BYTES:
        return f"its name is longer than {NAME_LIMIT_BYTES} bytes"
    if os.name == "nt" and _REFUSED_ON_WINDOWS.search(segment):
        return "Windows does not allow this file name"
    return None


def partition_names(context: InputContext | OutputContext, partition_key: str) -> list[str]:
    """The folders and the file of a partition: one per dimension, in the order of the dimensions' names."""
    by_dimension = getattr(partition_key, "keys_by_dimension", None)
    if by_dimension is not None:
        return [by_dimension[dimension] for dimension in sorted(by_dimension)]
    definition = context.asset_partitions_def if context.has_known_partitions_def else None
    return partition_key.split("|") if hasattr(definition, "partition_dimension_names") else [partition_key]
