import pytest

from dagster import AssetCheckExecutionContext, AssetCheckResult, asset_check
from dagster.errors import DagsterInvariantViolationError


def test_the_function_of_a_check_may_say_what_it_gets() -> None:
    @asset_check(asset="orders")
    def not_empty(context: AssetCheckExecutionContext) -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    assert not_empty.op.computation.context_annotation is AssetCheckExecutionContext


def test_there_is_none_outside_of_a_step() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="no step is running"):
        AssetCheckExecutionContext.get()
