"""What a run leaves on the screen: what was stored where, and why what failed failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dagster.cli.progress import RunProgress, State, StepProgress
from dagster.cli.quantities import count, duration, size
from dagster.cli.tables import Column, print_table
from dagster.events.failures import SerializableErrorInfo
from dagster.events.frames import shown
from dagster.keys import AssetKey
from dagster.workspace.complaints import Complaint, complaint_about_stored, lines_of
from dagster.workspace.targets import CodeTarget

_COLUMNS = (
    Column("asset", whole=True),
    Column("partition"),
    Column("status", whole=True),
    Column("rows", right=True),
    Column("size", right=True, whole=True),
    Column("time", right=True, whole=True),
    Column("stored at"),
    Column("checks"),
)


def print_summary(progress: RunProgress, *, is_kept: bool) -> None:
    """The table of a run: one row per asset, or per partition of one.

    Args:
        progress: the run at its end.
        is_kept: whether what was stored is still there afterwards.
    """
    checks = progress.checks
    rows = [row for step in progress.in_order for row in _rows(step, is_kept, checks)]
    shown_keys = {row[0] for row in rows}
    for key, found in checks.items():
        if key.to_user_string() not in shown_keys:
            rows.append([key.to_user_string(), "", "checked", "", "", "", "", _told(found)])
    print_table(_COLUMNS, rows)


def print_steps(progress: RunProgress, *, is_kept: bool) -> None:
    """The table of a run of ops: one row per step.

    Args:
        progress: the run at its end.
        is_kept: whether values are still there afterwards; a table of steps does not name them.
    """
    tried = any(step.tries > 1 for step in progress.steps.values())
    rows = [
        [
            step.key,
            "cached" if step.is_cached else step.state.value,
            duration(step.seconds),
            str(step.tries) if tried and step.tries else "",
        ]
        for step in progress.in_order
    ]
    print_table(_STEP_COLUMNS, rows)


_STEP_COLUMNS = (
    Column("step", whole=True),
    Column("status", whole=True),
    Column("time", right=True, whole=True),
    Column("tries", right=True),
)


_STATUS_WITHOUT_DATA = {True: "cached", False: "nothing stored"}


def _rows(step: StepProgress, is_kept: bool, checks: Mapping[AssetKey, Mapping[str, bool]]) -> Iterator[list[str]]:
    took = duration(step.seconds)
    written = {stored.key for stored in step.stored}
    for stored in step.stored:
        path = shown(stored.path) if stored.path and is_kept else ""
        name, partition = stored.key.to_user_string(), stored.partition or ""
        told = _told(checks.get(stored.key, {}))
        yield [name, partition, stored.status, count(stored.rows), size(stored.size_bytes), took, path, told]
    for key in step.asset_keys:
        if key not in written:
            status = _STATUS_WITHOUT_DATA[step.is_cached] if step.state is State.DONE else step.state.value
            yield [key.to_user_string(), "", status, "", "", took, "", _told(checks.get(key, {}))]


def _told(found: Mapping[str, bool]) -> str:
    """`failed: unique; 2 passed`."""
    failed = ", ".join(name for name, passed in found.items() if not passed)
    passed = sum(found.values())
    return "; ".join([*([f"failed: {failed}"] if failed else []), *([f"{passed} passed"] if passed else [])])


def failure_lines(progress: RunProgress, target: CodeTarget) -> list[str]:
    """Why the run of the code of `target` failed, in the words of the user's exceptions; the last line is one sentence."""
    complaints = [complaint_about_stored(step.error, _called(step), target) for step in progress.failed if step.error is not None]
    if not complaints and progress.error is not None:
        complaints = [complaint_about_stored(progress.error, "the run", target)]
    if not complaints:
        complaints = [Complaint(sentence="The run failed.")]
    return lines_of(complaints, "assets failed")


def _called(step: StepProgress) -> str:
    return f'{"asset" if step.asset_keys else "step"} "{step.name}"'


def was_interrupted(error: SerializableErrorInfo | None) -> bool:
    """Whether a run ended because somebody asked for it at the keyboard."""
    return error is not None and error.cls_name in ("KeyboardInterrupt", "DagsterExecutionInterruptedError")
