"""`dagster run list`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.quantities import duration, local_time, utc_text
from dagster.cli.tables import Column, print_table
from dagster.runs.runs import RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import PARTITION_NAME_TAG

_COLUMNS = (
    Column("run", whole=True),
    Column("job"),
    Column("status", whole=True),
    Column("started", whole=True),
    Column("duration", right=True, whole=True),
    Column("assets"),
    Column("tags"),
)
_ASSETS_AT_MOST = 4


@click.command("list", context_settings=SETTINGS)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many runs at the most.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in DagsterRunStatus], case_sensitive=False),
    help="Only runs of this status. Several: --status FAILURE --status CANCELED.",
)
@click.option("--job", metavar="NAME", help="Only runs of this job.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_runs(limit: int, statuses: tuple[str, ...], job: str | None, as_json: bool) -> None:
    """List runs, newest first."""
    wanted = RunsFilter(statuses=[DagsterRunStatus(each) for each in statuses], job_name=job)
    with instance_of_home() as instance:
        records = instance.get_run_records(wanted, limit=limit)
        total = instance.get_runs_count(wanted) if len(records) == limit else len(records)
    if as_json:
        import json

        click.echo(json.dumps([_described(record) for record in records], indent=2))
    elif records:
        print_table(_COLUMNS, [_row(record) for record in records])
        if total > len(records):
            click.echo(f"{len(records)} of {total} runs. More: --limit {total}", err=True)
    else:
        click.echo(
            "No runs of this kind." if statuses or job else "No runs yet. Make one: dagster asset materialize --select '*'",
            err=True,
        )


def _row(record: RunRecord) -> list[str]:
    run = record.dagster_run
    return [
        run.run_id,
        run.job_name,
        run.status.value,
        local_time(_started(record)),
        duration(_seconds(record)),
        _assets(record),
        ", ".join(_tags(record)),
    ]


def _started(record: RunRecord) -> float:
    return record.start_time if record.start_time is not None else record.create_timestamp.timestamp()


def _seconds(record: RunRecord) -> float | None:
    """How long it took, or has been running."""
    if record.start_time is None:
        return None
    if record.end_time is not None:
        return record.end_time - record.start_time
    return None if record.dagster_run.is_finished else time.time() - record.start_time


def _asset_names(record: RunRecord) -> list[str]:
    run = record.dagster_run
    return sorted(key.to_user_string() for key in run.planned_assets or run.asset_selection or ())


def _assets(record: RunRecord) -> str:
    names = _asset_names(record)
    more = f" and {len(names) - _ASSETS_AT_MOST} more" if len(names) > _ASSETS_AT_MOST else ""
    return ", ".join(names[:_ASSETS_AT_MOST]) + more


def _tags(record: RunRecord) -> Iterator[str]:
    """The user's own tags, and the partition; what the system notes for itself is in the JSON."""
    tags = record.dagster_run.tags
    if PARTITION_NAME_TAG in tags:
        yield f"partition={tags[PARTITION_NAME_TAG]}"
    for name, value in sorted(tags.items()):
        if not name.startswith(("dagster/", ".dagster/")):
            yield f"{name}={value}"


def _described(record: RunRecord) -> Mapping[str, Any]:
    run = record.dagster_run
    return {
        "run_id": run.run_id,
        "job": run.job_name,
        "status": run.status.value,
        "created": utc_text(record.create_timestamp.timestamp()),
        "started": utc_text(record.start_time),
        "ended": utc_text(record.end_time),
        "seconds": _seconds(record),
        "assets": _asset_names(record),
        "tags": run.tags,
    }
