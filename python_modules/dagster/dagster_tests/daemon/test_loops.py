import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from dagster import serdes
from dagster.daemon.holdings import Holdings, is_gone, new_holder
from dagster.daemon.loops import Daemon
from dagster.instance.instance import DagsterInstance
from dagster.runs.heartbeats import is_healthy
from dagster.runs.leases import Lease
from dagster.runs.processes import current_process
from dagster_tests.daemon.launchers import gone_process, instance_in_memory


class Counting:
    """A loop that counts its turns."""

    name = "COUNTING"
    seconds = 0.01

    def __init__(self) -> None:
        self.wake = threading.Event()
        self.turns: list[Lease] = []
        self.stood_by = 0
        self.raises: Exception | None = None
        self.enough = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        self.turns.append(lease)
        if len(self.turns) >= 2:
            self.enough.set()
        if self.raises is not None:
            raise self.raises

    def stand_by(self) -> None:
        self.stood_by += 1


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    return instance_in_memory(str(tmp_path))


def test_of_several_daemons_one_acts_and_another_when_its_lease_has_ended(instance: DagsterInstance) -> None:
    clock, loops = Clock(), [Counting(), Counting()]
    first, second = (
        Daemon(instance, [loop], holder=name, lease_seconds=10.0, clock=clock) for loop, name in zip(loops, "ab", strict=True)
    )
    assert (first.turn(loops[0]), second.turn(loops[1])) == (True, False)
    clock.now += 9.0
    assert (first.turn(loops[0]), second.turn(loops[1])) == (True, False)
    clock.now += 11.0
    assert (second.turn(loops[1]), first.turn(loops[0])) == (True, False)
    assert [[lease.epoch for lease in loop.turns] for loop in loops] == [[1, 1], [2]]
    assert [loop.stood_by for loop in loops] == [1, 2]


def test_a_lease_is_asked_for_again_only_in_the_last_part_of_its_time(instance: DagsterInstance) -> None:
    holdings = Holdings(instance.storage.leases, "a", seconds=30.0)
    lease = holdings.held("QUEUE", 1000.0)
    assert lease is not None
    assert holdings.held("QUEUE", 1005.0) is lease
    later = holdings.held("QUEUE", 1015.0)
    assert later == replace(lease, renewed=1015.0)


def test_the_lease_of_a_daemon_of_this_host_that_is_gone_is_free_at_once(instance: DagsterInstance) -> None:
    gone = serdes.encode(gone_process()).decode()
    assert (is_gone(gone), is_gone(new_holder()), is_gone("a"), is_gone("")) == (True, False, False, False)
    elsewhere = serdes.encode(replace(current_process(), host="elsewhere", start_ticks=1)).decode()
    assert not is_gone(elsewhere)
    instance.storage.leases.take("QUEUE", gone, 30.0, 1000.0)
    lease = Holdings(instance.storage.leases, new_holder()).held("QUEUE", 1001.0)
    assert lease is not None
    assert lease.epoch == 2


def test_what_a_loop_raises_is_told_and_it_goes_on(instance: DagsterInstance, caplog: pytest.LogCaptureFixture) -> None:
    clock, loop = Clock(), Counting()
    daemon = Daemon(instance, [loop], holder="a", clock=clock)
    loop.raises = ValueError("broken")
    daemon.turn(loop)
    [beat] = instance.get_daemon_heartbeats()
    assert (beat.loop, beat.is_leader, [error.cls_name for error in beat.errors]) == ("COUNTING", True, ["ValueError"])
    assert not is_healthy([beat], clock.now, 60.0)
    assert "broken" in caplog.text
    loop.raises = None
    daemon.turn(loop)
    [beat] = instance.get_daemon_heartbeats()
    assert (beat.errors, len(loop.turns)) == ((), 2)


def test_a_heartbeat_is_stored_now_and_then(instance: DagsterInstance) -> None:
    clock, loop = Clock(), Counting()
    daemon = Daemon(instance, [loop], holder="a", clock=clock)
    stored: list[float] = []
    for _ in range(40):
        daemon.turn(loop)
        stored.append(instance.get_daemon_heartbeats()[0].timestamp)
        clock.now += 1.0
    assert sorted(set(stored)) == [1000.0, 1015.0, 1030.0]


def test_a_daemon_turns_its_loops_until_it_is_stopped_and_gives_back_its_leases(instance: DagsterInstance) -> None:
    loops, stop = [Counting()], threading.Event()
    daemon = Daemon(instance, loops)
    thread = threading.Thread(target=daemon.run, args=(stop,))
    thread.start()
    assert loops[0].enough.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert instance.storage.leases.take("COUNTING", "another", 10.0, loops[0].turns[-1].renewed) is not None
