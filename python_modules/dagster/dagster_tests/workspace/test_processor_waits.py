"""What a busy machine keeps those at work from their work is no time in which they hang."""

import os

from dagster.workspace.processor_waits import FairClock, waited_seconds

ASKING, ONE, OTHER = 1, 2, 3


def test_time_passes_that_nobody_waited_for_a_processor() -> None:
    clock = FairClock(lambda _: 0.0)
    clock.look(10.0, 5.0, ASKING, [ONE])
    clock.look(12.0, 5.0, ASKING, [ONE])
    assert clock.seconds == 2.0


def test_what_all_at_work_have_waited_for_a_processor_is_left_out() -> None:
    waited = {ASKING: 5.0, ONE: 7.0, OTHER: 1.0}
    clock = FairClock(waited.__getitem__)
    clock.look(10.0, 5.0, ASKING, [ONE, OTHER])
    waited.update({ASKING: 5.25, ONE: 8.5, OTHER: 1.5})
    clock.look(12.0, 5.0, ASKING, [ONE, OTHER])
    assert clock.seconds == 2.0 - 0.25 - 0.5


def test_what_one_has_waited_before_it_got_to_work_is_not_left_out() -> None:
    waited = {ASKING: 0.0, ONE: 7.0}
    clock = FairClock(waited.__getitem__)
    clock.look(10.0, 5.0, ASKING, [])
    clock.begin(ONE)
    waited[ONE] = 7.5
    clock.look(11.0, 5.0, ASKING, [ONE])
    assert clock.seconds == 0.5


def test_a_look_that_comes_late_counts_as_one_in_time() -> None:
    clock = FairClock(lambda _: 0.0)
    clock.look(10.0, 0.25, ASKING, [ONE])
    clock.look(12.0, 0.25, ASKING, [ONE])
    assert clock.seconds == 0.25


def test_it_is_never_set_back() -> None:
    waited = {ASKING: 0.0, ONE: 0.0}
    clock = FairClock(waited.__getitem__)
    clock.look(10.0, 5.0, ASKING, [ONE])
    waited.update({ASKING: 0.9, ONE: 0.9})
    clock.look(11.0, 5.0, ASKING, [ONE])
    assert clock.seconds == 0.0


def test_a_process_has_waited_some_time_and_one_that_is_gone_none() -> None:
    assert waited_seconds(os.getpid()) >= 0.0
    assert waited_seconds(2**22 + 1) == 0.0  # more than the kernel gives
