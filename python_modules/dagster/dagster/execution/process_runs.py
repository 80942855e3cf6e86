"""`execute_job` with an executor that has steps run in processes: a new process loads the job and supervises the run.

The calling process is never forked: it may have threads, connections, whatever the user's program did before. The new process
is a program of the room `workspace`, which knows how code is loaded; it is started by its name.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from dagster import serdes
from dagster.define.jobs import JobDefinition
from dagster.define.reconstructions import ReconstructableJob
from dagster.errors import DagsterInvariantViolationError
from dagster.events.types import DagsterEventType
from dagster.execution.job_results import JobExecutionResult
from dagster.execution.orders import ReconstructedRun
from dagster.execution.preparation import NewRun, plan_of_run, prepared
from dagster.execution.recorders import RunRecorder
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.lines import Lines, pair
from dagster.runs.processes import current_process
from dagster.runs.runs import DagsterRun

PROGRAM = "dagster.workspace.reconstructed_runs"
_PLANNED = (DagsterEventType.ASSET_MATERIALIZATION_PLANNED, DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED)


def execute_in_processes(
    place: ReconstructableJob, job: JobDefinition, made: NewRun, instance: DagsterInstance
) -> JobExecutionResult:
    """Execute a run in processes of its own, and wait for its end.

    Args:
        place: where the job is written.
        job: the same, loaded.
        made: the run, not stored.
        instance: what remembers it.

    Raises:
        DagsterInvariantViolationError: what the job is made with cannot be told to another process.
        KeyboardInterrupt: the caller was interrupted; the run was stopped.
    """
    order = _order(place, made, instance)
    run = replace(made.run, process=current_process())
    instance.add_run(run, made.events)
    pid, exit_code = _supervised(order)
    ended = instance.get_run_by_id(run.run_id)
    assert ended is not None, "a run in progress cannot be deleted"
    if not ended.is_finished:
        instance.settle_lost_run(run.run_id, run.attempt, pid, _in_words(exit_code))
        ended = instance.get_run_by_id(run.run_id) or ended
    return _result(job, ended, made.run_config, instance)


def _order(place: ReconstructableJob, made: NewRun, instance: DagsterInstance) -> ReconstructedRun:
    # What of the job is selected stands in the run.
    whole = replace(place, op_selection=None, asset_selection=None)
    order = RunOrder(
        run_id=made.run.run_id, attempt=0, instance=instance.get_ref(), run_config=made.run_config, captures_output=False
    )
    asked = ReconstructedRun(place=whole, order=order, search_path=list(sys.path))
    try:
        serdes.encode(asked)
    except (TypeError, NotImplementedError) as refused:
        raise DagsterInvariantViolationError(
            f"{place.describe()} or its run config cannot be told to another process: {refused}. Arguments of "
            "build_reconstructable_job must be what JSON can hold; or use in_process_executor."
        ) from refused
    return asked


def _supervised(order: ReconstructedRun) -> tuple[int, int]:
    """Starts the process that supervises the run and waits for its end; gives pid and exit code."""
    ours, theirs = pair()
    lines: Lines[Any] = Lines(ours, ReconstructedRun)
    with subprocess.Popen(
        [sys.executable, "-m", PROGRAM, str(theirs.fileno())], pass_fds=(theirs.fileno(),), env=dict(os.environ)
    ) as process:
        theirs.close()
        lines.send(order)
        try:
            process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)  # of Ctrl-C it knows already; it takes another one for the same
            process.wait()
            raise
        finally:
            lines.close()
    return process.pid, process.returncode


def _in_words(exit_code: int) -> str:
    return f"was ended by signal {-exit_code}" if exit_code < 0 else f"ended with exit code {exit_code}"


def _result(job: JobDefinition, run: DagsterRun, run_config: Mapping[str, Any], instance: DagsterInstance) -> JobExecutionResult:
    planned = plan_of_run(job, run, instance)
    running, resources = prepared(run, planned, run_config, instance, lambda _: RunRecorder(run, instance))
    events = (entry.dagster_event for entry in instance.all_logs(run.run_id))
    running.recorder.events = [event for event in events if event is not None and event.event_type not in _PLANNED]
    return JobExecutionResult(running, run, resources)
