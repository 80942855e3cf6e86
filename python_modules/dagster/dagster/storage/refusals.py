"""What storage refuses, in the same words for every kind of storage."""

from __future__ import annotations

from dagster.errors import (
    DagsterInstanceError,
    DagsterInvariantViolationError,
    DagsterRunAlreadyExists,
    DagsterRunFencedError,
    DagsterRunNotFoundError,
)

RUN_ORDERS = ("id", "run_id", "status", "create_timestamp", "update_timestamp", "start_time", "end_time")
"""By what runs can be ordered."""


def run_exists(run_id: str) -> DagsterRunAlreadyExists:
    """A second run with the same id."""
    return DagsterRunAlreadyExists(f"There is a run with the id {run_id} already. Leave the id out to get a new one.")


def no_run(run_id: str) -> DagsterRunNotFoundError:
    """A run that is not stored."""
    sentence = f"Run {run_id} was not found in instance. List the runs with `dagster run list`."
    return DagsterRunNotFoundError(sentence, invalid_run_id=run_id)


def fenced(run_id: str, attempt: int, holder: int) -> DagsterRunFencedError:
    """A write of an attempt that lost its run."""
    return DagsterRunFencedError(
        f"Attempt {attempt} at run {run_id} has ended: attempt {holder} holds the run. "
        f"Nothing of attempt {attempt} is stored any more."
    )


def newer_schema(place: str, found: int, known: int) -> DagsterInstanceError:
    """A database that a newer version wrote; `place` begins a sentence."""
    return DagsterInstanceError(
        f"{place} was written by a newer version of this program: its schema is number {found}, known here is {known}. "
        "Update this installation, or set DAGSTER_HOME to another folder."
    )


def older_schema(place: str, found: int, known: int) -> DagsterInstanceError:
    """A database that an older version wrote and that others may still use; `place` begins a sentence."""
    return DagsterInstanceError(
        f"{place} was written by an older version of this program: its schema is number {found}, needed here is {known}. "
        "Stop what still uses it, make a copy of it and call `dagster instance migrate`."
    )


def check_run_order(order_by: str) -> None:
    """Raises DagsterInvariantViolationError for an order that does not exist."""
    if order_by not in RUN_ORDERS:
        raise DagsterInvariantViolationError(f'Runs cannot be ordered by "{order_by}". Choose one of: {", ".join(RUN_ORDERS)}.')
