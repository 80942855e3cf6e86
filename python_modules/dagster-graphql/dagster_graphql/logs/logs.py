"""What the processes of runs print, as the instance keeps it: two files per process, readable while they grow."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.execution.captures import STDERR, STDOUT, output_path
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

MOST_BYTES = 1 << 20
"""How much of each file is answered at a time."""

LOOK_SECONDS = 0.2


class CapturedLogs(msgspec.Struct, frozen=True, kw_only=True):
    """What a process has printed since a cursor; None of a stream that has no file."""

    log_key: list[str]
    stdout: str | None = None
    stderr: str | None = None
    cursor: str | None = None


class CapturedLogsMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Where the files are, and where to get them."""

    stdout_location: str | None = None
    stderr_location: str | None = None
    stdout_download_url: str | None = None
    stderr_download_url: str | None = None


DOMAIN.type("CapturedLogs", CapturedLogs)
DOMAIN.type("CapturedLogsMetadata", CapturedLogsMetadata)


def path_of(context: RequestContext, log_key: Sequence[str]) -> str | None:
    """The files of a process without their endings; None for a key that names none.

    A key is the id of a run, `compute_logs`, and the key that the run's log tells.
    """
    if len(log_key) != 3 or log_key[1] != "compute_logs" or "\0" in log_key[2] or context.loaders.runs.load(log_key[0]) is None:
        return None
    return output_path(context.instance.storage_directory(), log_key[0], log_key[2])


def logs_of_process(
    context: RequestContext, log_key: Sequence[str], cursor: str | None = None, limit: int | None = None
) -> CapturedLogs:
    """What a process has printed since a cursor."""
    path = path_of(context, log_key)
    if path is None:
        return CapturedLogs(log_key=list(log_key))
    out_at, err_at = _places(cursor)
    most = min(limit or MOST_BYTES, MOST_BYTES)
    stdout, out_at = _read(f"{path}{STDOUT}", out_at, most)
    stderr, err_at = _read(f"{path}{STDERR}", err_at, most)
    return CapturedLogs(log_key=list(log_key), stdout=stdout, stderr=stderr, cursor=f"{out_at}:{err_at}")


def _places(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 0, 0
    out_at, _, err_at = cursor.partition(":")
    if not (out_at.isdecimal() and err_at.isdecimal()):
        raise DagsterInvariantViolationError(f'"{cursor}" is no cursor of captured logs. Give the one of the page before.')
    return int(out_at), int(err_at)


def _read(path: str, place: int, most: int) -> tuple[str | None, int]:
    """A piece of a file, and the place where it ends; never half of a character."""
    try:
        with open(path, "rb") as file:
            file.seek(place)
            data = file.read(most)
    except FileNotFoundError:
        return None, place
    for cut in range(min(4, len(data) + 1)):
        try:
            text = data[: len(data) - cut].decode()
        except UnicodeDecodeError:
            continue
        if text or not data:
            return text, place + len(data) - cut
    return data.decode(errors="replace"), place + len(data)


@DOMAIN.query("capturedLogs")
def captured_logs(
    context: RequestContext, *, log_key: Sequence[str], cursor: str | None = None, limit: int | None = None
) -> CapturedLogs:
    """What a process has printed since a cursor."""
    return logs_of_process(context, log_key, cursor, limit)


@DOMAIN.query("capturedLogsMetadata")
def captured_logs_metadata(context: RequestContext, *, log_key: Sequence[str]) -> CapturedLogsMetadata:
    """Where the files of a process are, and where to get them."""
    path = path_of(context, log_key)
    if path is None:
        return CapturedLogsMetadata()
    run_id, _, file_key = log_key
    found: dict[str, str] = {}
    for stream, ending in (("stdout", STDOUT), ("stderr", STDERR)):
        if os.path.exists(f"{path}{ending}"):
            found[f"{stream}_location"] = f"{path}{ending}"
            found[f"{stream}_download_url"] = f"/logs/{run_id}/compute_logs/{file_key}{ending}"
    return CapturedLogsMetadata(**found)


@DOMAIN.subscription("capturedLogs")
async def follow_logs(context: RequestContext, *, log_key: Sequence[str], cursor: str | None = None) -> AsyncIterator[object]:
    """What a process prints, as it prints it, until its run has ended and all of it is told."""
    is_first = True
    while True:
        record = await asyncio.to_thread(context.instance.get_run_record_by_id, log_key[0] if log_key else "")
        piece = await asyncio.to_thread(logs_of_process, context, log_key, cursor)
        if is_first or piece.stdout or piece.stderr:
            is_first = False
            cursor = piece.cursor
            yield piece
        elif record is None or record.dagster_run.is_finished:
            return
        else:
            await asyncio.sleep(LOOK_SECONDS)
