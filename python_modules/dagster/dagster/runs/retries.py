"""Whether a run that failed is tried again, and the run that tries. Pure."""

from __future__ import annotations

from enum import Enum

import msgspec
from msgspec.structs import replace

from dagster.events.data import RunFailureReason
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import (
    ASSET_RESUME_RETRY_TAG,
    AUTO_RETRY_RUN_ID_TAG,
    MAX_RETRIES_TAG,
    PARENT_RUN_ID_TAG,
    RESUME_RETRY_TAG,
    RETRY_NUMBER_TAG,
    RETRY_ON_ASSET_OR_OP_FAILURE_TAG,
    RETRY_STRATEGY_TAG,
    ROOT_RUN_ID_TAG,
    RUN_FAILURE_REASON_TAG,
    RUN_KEY_TAG,
    WILL_RETRY_TAG,
)


class ReexecutionStrategy(Enum):
    """What of a run is executed again.

    ALL_STEPS: everything. FROM_FAILURE: the steps that did not end well, and what depends on them. FROM_ASSET_FAILURE: the
    assets that it was to make and did not.
    """

    ALL_STEPS = "ALL_STEPS"
    FROM_FAILURE = "FROM_FAILURE"
    FROM_ASSET_FAILURE = "FROM_ASSET_FAILURE"


class RetryRules(msgspec.Struct, frozen=True, kw_only=True):
    """Which runs are tried again where their tags do not say it.

    Attributes:
        enabled: whether any are.
        most: how often.
        on_step_failure: whether also a run of which a step failed, not only one that broke off.
    """

    enabled: bool = False
    most: int = 0
    on_step_failure: bool = True


# What the run before was told about itself: it is not true of the one that tries again.
_OF_ONE_RUN = (
    RETRY_NUMBER_TAG,
    WILL_RETRY_TAG,
    AUTO_RETRY_RUN_ID_TAG,
    RESUME_RETRY_TAG,
    ASSET_RESUME_RETRY_TAG,
    RUN_FAILURE_REASON_TAG,
    RUN_KEY_TAG,
)


def is_retried(run: DagsterRun, tried: int, rules: RetryRules) -> bool:
    """Whether a run that ended is tried again.

    Args:
        run: the run, with its status and the tag of the reason for which it failed.
        tried: how many other runs there are in its chain of re-executions.
        rules: what holds where its tags say nothing.
    """
    if not rules.enabled or run.status is not DagsterRunStatus.FAILURE:
        return False
    if run.tags.get(WILL_RETRY_TAG) == "false" or tried >= _most(run, rules.most):
        return False
    of_step = run.tags.get(RUN_FAILURE_REASON_TAG) == RunFailureReason.STEP_FAILURE.value
    return not of_step or _truth(run.tags.get(RETRY_ON_ASSET_OR_OP_FAILURE_TAG), rules.on_step_failure)


def strategy_of(run: DagsterRun) -> ReexecutionStrategy:
    """Which steps are executed again: from the failed ones on, unless its tag says otherwise."""
    try:
        return ReexecutionStrategy(run.tags.get(RETRY_STRATEGY_TAG, ReexecutionStrategy.FROM_FAILURE.value))
    except ValueError:
        return ReexecutionStrategy.FROM_FAILURE


def tags_of_repetition(run: DagsterRun) -> dict[str, str]:
    """The tags of a run that executes another one again: that one's, but for those about it alone, and where it comes from."""
    kept = {key: value for key, value in run.tags.items() if key not in _OF_ONE_RUN}
    root_run_id = run.get_root_run_id() or run.root_run_id or run.run_id
    return kept | {PARENT_RUN_ID_TAG: run.run_id, ROOT_RUN_ID_TAG: root_run_id}


def retry_of(run: DagsterRun, tried: int, run_id: str) -> DagsterRun:
    """The run that tries again.

    Args:
        run: that failed.
        tried: how many other runs there are in its chain of re-executions.
        run_id: of the new one.
    """
    tags = tags_of_repetition(run) | {RETRY_NUMBER_TAG: str(tried + 1)}
    resumes = strategy_of(run) is not ReexecutionStrategy.ALL_STEPS
    if resumes:
        tags[RESUME_RETRY_TAG] = "true"
    return replace(
        run,
        run_id=run_id,
        status=DagsterRunStatus.NOT_STARTED,
        tags=tags,
        root_run_id=tags[ROOT_RUN_ID_TAG],
        # Which steps are missing follows from the plan and the log: it is found out by the process that has the code.
        step_keys_to_execute=None if resumes else run.step_keys_to_execute,
        parent_run_id=run.run_id,
        planned_assets=None,
        attempt=0,
        process=None,
    )


def _most(run: DagsterRun, otherwise: int) -> int:
    told = run.tags.get(MAX_RETRIES_TAG)
    if told is None:
        return otherwise
    try:
        return int(told)
    except ValueError:
        return 0


def _truth(told: str | None, otherwise: bool) -> bool:
    return {"true": True, "false": False}.get((told or "").lower(), otherwise)
