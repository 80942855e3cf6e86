import pytest

from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.specs.retries import Backoff, Jitter, RetryPolicy


def _pauses(policy: RetryPolicy, chance: float = 0.5) -> list[float]:
    return [policy.delay_seconds(attempt, chance) for attempt in (1, 2, 3)]


def test_without_a_delay_it_is_tried_again_at_once():
    assert [0, 0, 0] == _pauses(RetryPolicy(max_retries=3))


def test_a_backoff_makes_the_pause_grow():
    assert [10, 10, 10] == _pauses(RetryPolicy(delay=10))
    assert [10, 20, 30] == _pauses(RetryPolicy(delay=10, backoff=Backoff.LINEAR))
    assert [10, 30, 70] == _pauses(RetryPolicy(delay=10, backoff=Backoff.EXPONENTIAL))


def test_a_list_gives_each_pause_and_its_last_entry_all_others():
    assert [1, 5, 5] == _pauses(RetryPolicy(delay=[1, 5]))


def test_full_jitter_lies_between_nothing_and_the_whole_pause():
    policy = RetryPolicy(delay=10, backoff=Backoff.LINEAR, jitter=Jitter.FULL)
    assert [0, 0, 0] == _pauses(policy, chance=0)
    assert [10, 20, 30] == _pauses(policy, chance=1)


def test_plus_minus_jitter_is_one_delay_at_the_most():
    policy = RetryPolicy(delay=10, backoff=Backoff.LINEAR, jitter=Jitter.PLUS_MINUS)
    assert [0, 10, 20] == _pauses(policy, chance=0)
    assert [20, 30, 40] == _pauses(policy, chance=1)


def test_the_pause_is_drawn_anew_each_time():
    policy = RetryPolicy(delay=10, jitter=Jitter.FULL)
    assert 1 < len({policy.calculate_delay(1) for _ in range(20)})


@pytest.mark.parametrize("given", [{"backoff": Backoff.LINEAR}, {"jitter": Jitter.FULL}])
def test_backoff_and_jitter_need_a_delay(given: dict):
    with pytest.raises(DagsterInvalidDefinitionError, match="without also setting delay"):
        RetryPolicy(**given)


def test_a_list_of_delays_takes_no_backoff():
    with pytest.raises(DagsterInvalidDefinitionError, match="no backoff"):
        RetryPolicy(delay=[1, 2], backoff=Backoff.LINEAR)


def test_numbers_are_numbers():
    with pytest.raises(CheckError, match="max_retries"):
        RetryPolicy("3")  # pyright: ignore[reportArgumentType]
    with pytest.raises(CheckError, match="delay"):
        RetryPolicy(delay="3")  # pyright: ignore[reportArgumentType]


def test_equal_policies_are_equal():
    assert RetryPolicy(2, delay=[1, 2]) == RetryPolicy(2, delay=(1, 2))
    assert 1 == len({RetryPolicy(2), RetryPolicy(2)})


def test_one_exception_is_as_good_as_several():
    assert (OSError,) == RetryPolicy(retry_on=OSError).retry_on
    assert (OSError, ValueError) == RetryPolicy(retry_on=[OSError, ValueError]).retry_on  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "given", [{"retry_on": 3}, {"retry_on": (int,)}, {"retry_on": "OSError"}, {"delay": [1, -1]}, {"delay": ["1"]}]
)
def test_what_is_no_exception_and_no_pause_is_refused(given: dict):
    with pytest.raises(CheckError, match=next(iter(given))):
        RetryPolicy(**given)
