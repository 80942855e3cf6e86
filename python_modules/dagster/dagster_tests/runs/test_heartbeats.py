import pytest

from dagster.events.failures import SerializableErrorInfo
from dagster.runs.heartbeats import Heartbeat, is_healthy

ERROR = SerializableErrorInfo("no", [], "ValueError")


def beat(timestamp: float, **fields: object) -> Heartbeat:
    return Heartbeat(loop="queue", holder="a", timestamp=timestamp, **fields)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("heartbeats", "expected"),
    [
        ([], False),
        ([beat(70.0)], True),
        ([beat(69.0)], False),
        ([beat(90.0, errors=(ERROR,))], False),
        ([beat(90.0, errors=(ERROR,)), beat(90.0)], True),
        ([beat(90.0, errors=(ERROR,), is_leader=True), beat(90.0)], False),
        ([beat(60.0, errors=(ERROR,), is_leader=True), beat(90.0)], True),
    ],
)
def test_a_loop_is_alive_if_the_one_that_acts_is(heartbeats: list[Heartbeat], expected: bool) -> None:
    assert is_healthy(heartbeats, 100.0, 30.0) is expected
