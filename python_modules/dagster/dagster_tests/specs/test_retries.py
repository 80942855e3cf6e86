from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError
from dagster.specs.retries import Backoff, Jitter, RetryPolicy

CHANCES = st.floats(min_value=0, max_value=1, exclude_max=True)


@pytest.mark.parametrize(
    ("backoff", "delays"), [(None, [2, 2, 2, 2]), (Backoff.LINEAR, [2, 4, 6, 8]), (Backoff.EXPONENTIAL, [2, 6, 14, 30])]
)
def test_a_delay_grows_with_the_retries(backoff: Backoff | None, delays: list[int]) -> None:
    assert delays == [RetryPolicy(delay=2, backoff=backoff).calculate_delay(attempt) for attempt in (1, 2, 3, 4)]


def test_without_a_delay_the_retry_comes_at_once() -> None:
    assert (0, 1) == (RetryPolicy().calculate_delay(1), RetryPolicy().max_retries)


@given(chance=CHANCES, attempt=st.integers(1, 6), backoff=st.sampled_from([None, *Backoff]))
def test_chance_keeps_within_its_bounds(chance: float, attempt: int, backoff: Backoff | None) -> None:
    plain = RetryPolicy(delay=2, backoff=backoff).calculate_delay(attempt)
    full = RetryPolicy(delay=2, backoff=backoff, jitter=Jitter.FULL).calculate_delay(attempt, lambda: chance)
    around = RetryPolicy(delay=2, backoff=backoff, jitter=Jitter.PLUS_MINUS).calculate_delay(attempt, lambda: chance)
    assert 0 <= full <= plain
    assert plain - 2 <= around <= plain + 2


def test_chance_is_drawn_when_none_is_given() -> None:
    policy = RetryPolicy(delay=1, jitter=Jitter.FULL)
    assert len({policy.calculate_delay(1) for _ in range(20)}) > 1


@pytest.mark.parametrize("changes", [{"backoff": Backoff.LINEAR}, {"jitter": Jitter.FULL}])
def test_what_changes_a_delay_needs_one(changes: dict[str, Any]) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Give a delay"):
        RetryPolicy(**changes)


@pytest.mark.parametrize(
    "wrong", [{"max_retries": "1"}, {"max_retries": None}, {"delay": "1"}, {"delay": 1, "backoff": "LINEAR"}]
)
def test_arguments_of_a_wrong_type_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ParameterCheckError):
        RetryPolicy(**wrong)
