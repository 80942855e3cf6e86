import pytest

from dagster.runs.leases import Lease, LeaseWatch, lease_of_run


@pytest.mark.parametrize(("now", "expected"), [(100.0, True), (109.9, True), (110.0, False), (90.0, True), (89.9, False)])
def test_a_lease_is_held_for_its_time(now: float, expected: bool) -> None:
    assert Lease(name="loop", holder="a", epoch=1, renewed=100.0, seconds=10.0).is_held(now) is expected


def test_a_lease_without_a_holder_is_not_held() -> None:
    assert not Lease(name="loop", holder="", epoch=1, renewed=100.0, seconds=10.0).is_held(100.0)


def test_the_lease_of_a_run_is_named_after_it() -> None:
    assert lease_of_run("r1") == "run/r1"


def lease(renewed: float, epoch: int = 1) -> Lease:
    return Lease(name="run/r1", holder="a", epoch=epoch, renewed=renewed, seconds=10.0)


def seen(watch: LeaseWatch, found: Lease, *moments: float) -> list[bool]:
    """At each moment whether the lease counts as lost."""
    return [bool(watch.look([found], moment)) for moment in moments]


def test_a_lease_is_lost_when_it_was_not_renewed_for_its_time() -> None:
    expected = [False] * 10 + [True]
    assert seen(LeaseWatch(), lease(0.0), *range(100, 111)) == expected


def test_a_lease_that_is_renewed_or_taken_anew_is_not_lost() -> None:
    watch = LeaseWatch()
    seen(watch, lease(0.0), *range(100, 110))
    assert seen(watch, lease(0.5), 110) == [False]
    seen(watch, lease(0.5), *range(111, 120))
    assert seen(watch, lease(0.5, epoch=2), 121) == [False]


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_a_pause_or_a_jump_of_the_clock_takes_nobody_their_time(jump: float) -> None:
    watch = LeaseWatch()
    seen(watch, lease(0.0), *range(100, 105))
    assert seen(watch, lease(0.0), 105 + jump) == [False]


def test_what_is_looked_at_for_the_first_time_has_all_of_its_time() -> None:
    assert seen(LeaseWatch(), lease(-9e9), 100.0) == [False]


def test_one_look_after_an_outage_loses_no_lease_however_short_it_is() -> None:
    watch, short = LeaseWatch(), Lease(name="run/a", holder="h", epoch=1, renewed=0.0, seconds=1.0)
    looks = [watch.look([short], moment) for moment in (100.0, 160.0, 161.0, 162.0, 163.0)]
    assert looks == [set(), set(), set(), set(), {"run/a"}]
