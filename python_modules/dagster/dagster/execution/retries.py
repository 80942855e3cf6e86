"""Whether a step that failed is tried again: decided from what it raised, its policy and the tries so far."""

from __future__ import annotations

import msgspec

from dagster.errors import DagsterMaxRetriesExceededError, DagsterUserCodeExecutionError
from dagster.events.failures import Failure, RetryRequested
from dagster.specs.retries import RetryPolicy


class RetryIn(msgspec.Struct, frozen=True):
    """The step is tried again.

    Attributes:
        request: why, with the error that led to it as its cause.
        seconds: the pause before it; None where nobody asked for one.
    """

    request: RetryRequested
    seconds: float | None


def retry_after(failed: BaseException, policy: RetryPolicy | None, tries: int) -> RetryIn | DagsterMaxRetriesExceededError | None:
    """What becomes of a step that raised.

    Args:
        failed: what it raised.
        policy: of the step, or of its job.
        tries: how often it was tried before this time.

    Returns:
        A retry, the error of a step that used up its retries, or None for a step that nobody wants to try again.
    """
    raised = failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed
    if isinstance(raised, RetryRequested):
        if tries < raised.max_retries:
            return RetryIn(raised, raised.seconds_to_wait)
        return _exceeded(raised.max_retries, raised)
    if policy is None or not _is_covered(failed, raised, policy):
        return None
    if tries >= policy.max_retries:
        return _exceeded(policy.max_retries, raised)
    seconds = policy.calculate_delay(tries + 1)
    request = RetryRequested(policy.max_retries, seconds)
    request.__cause__ = raised
    return RetryIn(request, seconds)


def _is_covered(failed: BaseException, raised: BaseException, policy: RetryPolicy) -> bool:
    """Errors of user code are; what we refuse ourselves would be refused again."""
    if isinstance(raised, Failure):
        return raised.allow_retries and _is_wanted(raised, policy)
    return isinstance(failed, DagsterUserCodeExecutionError) and _is_wanted(raised, policy)


def _is_wanted(raised: BaseException, policy: RetryPolicy) -> bool:
    return not policy.retry_on or isinstance(raised, policy.retry_on)


def _exceeded(max_retries: int, raised: BaseException) -> DagsterMaxRetriesExceededError:
    cause = raised.__cause__ if isinstance(raised, RetryRequested) else raised
    error = DagsterMaxRetriesExceededError(max_retries, cause or raised)
    error.__cause__ = cause
    return error
