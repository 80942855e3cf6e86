from collections.abc import Callable

import pytest

from dagster.errors import DagsterStorageAwayError
from dagster.storage.patience import Patience, impatient, patiently


class Away(Exception):
    """It may come back."""


def passing(failure: Exception) -> str | None:
    return "It is away." if isinstance(failure, Away) else None


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def failing(*failures: Exception) -> Callable[[], str]:
    left = list(failures)

    def attempt() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return attempt


def test_what_passes_is_waited_for_longer_and_longer() -> None:
    clock = Clock()
    given = patiently(failing(*[Away()] * 6), passing, Patience(60, 0.1, 1), clock=lambda: clock.now, sleep=clock.sleep)
    assert given == "done"
    assert clock.pauses == pytest.approx([0.1, 0.2, 0.4, 0.8, 1, 1])


def test_patience_ends() -> None:
    clock = Clock()
    with pytest.raises(DagsterStorageAwayError):
        patiently(failing(*[Away()] * 99), passing, Patience(5, 1, 1), clock=lambda: clock.now, sleep=clock.sleep)
    assert clock.now == 5


def test_another_failure_is_not_waited_for() -> None:
    clock = Clock()
    with pytest.raises(KeyError):
        patiently(failing(Away(), KeyError("x")), passing, Patience(5), clock=lambda: clock.now, sleep=clock.sleep)
    assert len(clock.pauses) == 1


def test_one_line_tells_of_the_wait_and_one_of_its_end(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    patiently(failing(Away(), Away()), passing, Patience(5, 1, 1), clock=lambda: clock.now, sleep=clock.sleep)
    assert [record.getMessage() for record in caplog.records] == [
        "It is away. Waiting for it, up to 5 seconds.",
        "The database answers again, after 2.0 seconds.",
    ]


def test_who_is_impatient_does_not_wait_at_all() -> None:
    clock = Clock()
    with impatient(), pytest.raises(DagsterStorageAwayError):
        patiently(failing(Away()), passing, Patience(60), clock=lambda: clock.now, sleep=clock.sleep)
    assert clock.pauses == []
    assert patiently(failing(Away()), passing, Patience(60), clock=lambda: clock.now, sleep=clock.sleep) == "done"
