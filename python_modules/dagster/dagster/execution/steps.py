"""Executes one step: inputs, the user's function, outputs; each recorded as it happens."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import GeneratorType
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dagster.define.resource_values import resource_itself
from dagster.errors import (
    DagsterAssetCheckFailedError,
    DagsterError,
    DagsterExecutionInterruptedError,
    DagsterExecutionStepExecutionError,
    DagsterInvariantViolationError,
    DagsterMaxRetriesExceededError,
    DagsterStepOutputNotFoundError,
)
from dagster.events.asset_events import AssetCheckResult, AssetMaterialization, AssetObservation
from dagster.events.data import ErrorSource, UserFailureData
from dagster.events.expectations import ExpectationResult
from dagster.events.failures import Failure, RetryRequested, error_info
from dagster.events.results import DynamicOutput, MaterializeResult, ObserveResult, Output
from dagster.execution.contexts import OpExecutionContext, context_of, current_step
from dagster.execution.inputs import load_inputs
from dagster.execution.output_orders import in_order
from dagster.execution.outputs import give, give_nothing
from dagster.execution.retries import RetryIn, retry_after
from dagster.execution.returned_tuples import dynamic_outputs, only_one_of_several, said_results, wrapped_tuple
from dagster.execution.running import RunningRun, RunningStep
from dagster.planning.steps import Step

if TYPE_CHECKING:
    from dagster.execution.caching import StepCache
    from dagster.execution.timeouts import TimeLimit

_RESULTS = (Output, DynamicOutput, MaterializeResult, ObserveResult, AssetCheckResult)
_USER_EVENTS = (AssetMaterialization, AssetObservation, ExpectationResult)


class Given(msgspec.Struct, frozen=True):
    """What a step gave that ended well.

    Attributes:
        outputs: their names.
        mapping_keys: of the values of its dynamic outputs, by output, in the order in which they were given.
    """

    outputs: frozenset[str]
    mapping_keys: Mapping[str, Sequence[str]]


def execute_step(running: RunningRun, step: Step) -> Given | RetryIn:
    """Run one step to its end.

    Returns:
        What it gave; or when to try it again.

    Raises:
        Exception: what made it fail, after the failure was recorded; errors of user code are inside of a
            `DagsterUserCodeExecutionError`, `Failure` comes as it is.
    """
    recorder, make = running.recorder, running.make
    execution = RunningStep(step, running)
    started = time.perf_counter()
    tries = running.retries.get(step.key, 0)
    recorder.record(make.step_restarted(step, tries + 1) if tries else make.step_started(step))
    recorder.flush()
    if not step.specs and step.outputs and all(output.check is not None for output in step.outputs):
        from dagster.execution.check_contexts import AssetCheckExecutionContext

        wanted = step.computation.context_annotation
        execution.context_class = OpExecutionContext if wanted is OpExecutionContext else AssetCheckExecutionContext
    if execution.hooks:
        running.awaiting_hooks.append(execution)
    token = current_step.set(execution)
    try:
        _execute(execution)
    except BaseException as failed:  # interrupts and exits too: what broke a step off stands in its events
        return _retried(execution, failed)
    finally:
        current_step.reset(token)
    recorder.record(make.step_succeeded(step, time.perf_counter() - started))
    return Given(frozenset(execution.given), execution.mapping_keys)


def _execute(step: RunningStep) -> None:
    """Make the outputs, or take those that stand for them."""
    cache = _cache_of(step)
    if cache is not None and cache.reuses_assets():
        return
    values = load_inputs(step)
    if cache is not None and cache.reuses_outputs(values):
        return
    for given in _results(step, values):
        give(step, given)
    _refuse_missing_outputs(step)
    _refuse_failed_checks(step)
    if cache is not None:
        cache.keep()


def _cache_of(step: RunningStep) -> StepCache | None:
    policy = step.step.computation.cache_policy
    if policy is None:
        return None
    from dagster.execution.caching import StepCache

    return StepCache(step, policy)


def _results(step: RunningStep, values: dict[str, Any]) -> Iterator[Any]:
    """What the function gives, one by one, while it runs. What it raises comes out as an error of user code."""
    place = f'Error occurred while executing op "{step.step.key}":'
    try:
        yield from _called(step, _keywords(step, values))
    except (DagsterError, Failure, RetryRequested):
        raise
    except Exception as raised:
        raise DagsterExecutionStepExecutionError(
            place, user_exception=raised, step_key=step.step.key, op_name=step.step.computation.name
        ) from raised


def _called(step: RunningStep, keywords: dict[str, Any]) -> Iterator[Any]:
    """What the function gives; ended when it runs longer than it may."""
    computation = step.step.computation
    if computation.timeout_seconds is None:
        yield from _given_by(step, computation.function(*_positional(step), **keywords))
        return
    from dagster.execution.timeouts import TimeLimit

    limit = TimeLimit(step.step.key, computation.timeout_seconds, computation.name)
    with limit.watching():
        returned = computation.function(*_positional(step), **keywords)
    yield from _given_by(step, returned, limit)


def _positional(step: RunningStep) -> tuple[Any, ...]:
    return (context_of(step),) if step.step.computation.signature.has_context else ()


def _keywords(step: RunningStep, values: dict[str, Any]) -> dict[str, Any]:
    computation = step.step.computation
    for name in computation.resource_parameters:
        values[name] = resource_itself(step.resources, name)
    step.op_config = step.running.config.ops.get(step.step.place)
    if computation.config_annotation is not None:
        values["config"] = step.running.config.arguments.get(step.step.place)
    return values


def _given_by(step: RunningStep, returned: Any, limit: TimeLimit | None = None) -> Iterator[Any]:
    """What a function's return value stands for: a generator for what it yields, a coroutine for what it awaits."""
    if isinstance(returned, GeneratorType):  # any other iterator is a value
        given = cast("Iterator[Any]", returned)
        yield from given if limit is None else limit.each(given)
    elif hasattr(returned, "__await__") or hasattr(returned, "__anext__"):
        from dagster.execution.coroutines import results_of

        for each in results_of(returned, limit):
            yield from _given_by(step, each, limit) if hasattr(returned, "__await__") else (each,)
    else:
        yield from _wrapped(step, returned)


def _wrapped(step: RunningStep, returned: Any) -> Iterable[Any]:
    if isinstance(returned, _USER_EVENTS):
        raise DagsterInvariantViolationError(
            f'Error in op "{step.step.key}": an {type(returned).__name__} is no value. Yield it before the value, or record it '
            "with context.log_event."
        )
    computation = step.step.computation
    if step.must_say_all is not None:
        return said_results(computation, returned)
    outputs = [output for output in computation.outputs if output.check is None]
    if len(outputs) == 1 and outputs[0].is_dynamic:
        return dynamic_outputs(computation, outputs[0], returned)
    members = _members(returned)
    if members and (len(outputs) != 1 or any(isinstance(each, AssetCheckResult) for each in members)):
        return wrapped_tuple(computation, outputs, members)
    if isinstance(returned, AssetCheckResult):
        return (returned,)
    if not outputs and len(computation.outputs) == 1:
        return (Output(returned, computation.outputs[0].name),)  # of a check, which says nothing by it
    if len(outputs) == 1:
        return (cast("Any", returned),) if isinstance(returned, _RESULTS) else (Output(returned, outputs[0].name),)
    if returned is None and all(output.is_required and not output.is_stored for output in outputs):
        return ()
    raise only_one_of_several(computation, returned)


def _members(returned: Any) -> tuple[Any, ...]:
    return cast("tuple[Any, ...]", returned) if isinstance(returned, tuple) else ()


def _refuse_missing_outputs(step: RunningStep) -> None:
    """Outputs that hold no value count as given once the function ends; others that are required must have been given."""
    if step.must_say_all is not None:
        _refuse_unsaid_outputs(step, step.must_say_all)
    # What was not looked at was not seen.
    must_say = bool(step.given and step.step.specs) and step.step.definition.is_observable
    for declared in in_order(step.step):
        if declared.name in step.given or not declared.is_required or declared.is_dynamic:
            continue
        if declared.check is None and not declared.is_stored and not must_say:
            give_nothing(step, declared)
            continue
        what = f'"{declared.name}"'
        raise DagsterStepOutputNotFoundError(
            f'Core compute for op "{step.step.key}" did not return an output for non-optional output {what}',
            step_key=step.step.key,
            output_name=declared.name,
        )


def _refuse_failed_checks(step: RunningStep) -> None:
    names: dict[str, list[str]] = {}
    for key in step.failed_checks:
        names.setdefault(key.asset_key.to_user_string(), []).append(key.name)
    if names:
        raise DagsterAssetCheckFailedError(names, [said for said in step.failed_checks.values() if said])


def _refuse_unsaid_outputs(step: RunningStep, why: str) -> None:
    """Of a function that has to give each output as a result of its own."""
    owed = [each for each in in_order(step.step) if each.name not in step.given and each.is_required and not each.is_dynamic]
    if owed:
        names = ", ".join(repr(each.name) for each in owed)
        raise DagsterInvariantViolationError(
            f"op '{step.step.key}' did not yield or return expected outputs {{{names}}}.{f' {why}' if why else ''}"
        )


def _retried(step: RunningStep, failed: BaseException) -> RetryIn:
    """Record that the step failed, for good or until its next try.

    Raises:
        BaseException: it failed for good.
    """
    running, key = step.running, step.step.key
    tries = running.retries.get(key, 0)
    is_found_wrong = isinstance(failed, DagsterAssetCheckFailedError)
    verdict = None if is_found_wrong else retry_after(failed, step.retry_policy, tries)
    if isinstance(verdict, RetryIn) and running.tries_again:
        running.retries[key] = tries + 1
        running.recorder.record(running.make.step_up_for_retry(step.step, error_info(verdict.request), verdict.seconds))
        running.recorder.flush()
        return verdict
    step.failed = failed if verdict is None or isinstance(verdict, RetryIn) else verdict
    _record_failure(step, step.failed)
    raise step.failed


def _record_failure(step: RunningStep, failed: BaseException) -> None:
    recorder, make = step.running.recorder, step.running.make
    said = None
    raised = failed.raised if isinstance(failed, DagsterMaxRetriesExceededError) else failed
    if isinstance(raised, Failure):
        said = UserFailureData(
            label="intentional-failure",
            description=raised.description,
            metadata=dict(raised.metadata),
        )
    recorder.record(make.step_failed(step.step, error_info(failed), said, _source(failed)))
    recorder.flush()


def _source(failed: BaseException) -> ErrorSource:
    if isinstance(failed, (KeyboardInterrupt, DagsterExecutionInterruptedError)):
        return ErrorSource.INTERRUPT
    if isinstance(failed, DagsterError):
        return ErrorSource.USER_CODE_ERROR if failed.is_user_code_error else ErrorSource.FRAMEWORK_ERROR
    return ErrorSource.FRAMEWORK_ERROR if isinstance(failed, Failure) else ErrorSource.UNEXPECTED_ERROR
