import pytest

from dagster.runs.leases import Lease, lease_of_run


@pytest.mark.parametrize(("now", "expected"), [(100.0, True), (109.9, True), (110.0, False), (90.0, True), (89.9, False)])
def test_a_lease_is_held_for_its_time(now: float, expected: bool) -> None:
    assert Lease(name="loop", holder="a", epoch=1, renewed=100.0, seconds=10.0).is_held(now) is expected


def test_a_lease_without_a_holder_is_not_held() -> None:
    assert not Lease(name="loop", holder="", epoch=1, renewed=100.0, seconds=10.0).is_held(100.0)


def test_the_lease_of_a_run_is_named_after_it() -> None:
    assert lease_of_run("r1") == "run/r1"
