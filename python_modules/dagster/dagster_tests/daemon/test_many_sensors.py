"""Many sensors of which some do what they should not: each of the others is asked each second, and nothing piles up."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from dagster import DagsterInstance
from dagster.runs.ticks import TickFilter, TickStatus
from dagster_tests.daemon.planes import below, started
from dagster_tests.workspace.locations import until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

QUIET, BAD = 20, ("hangs", "exits", "takes")
CODE = f"""
    import os
    from dagster import DefaultSensorStatus, Definitions, SkipReason, sensor

    ON = {{"default_status": DefaultSensorStatus.RUNNING, "minimum_interval_seconds": 1}}
    kept = []

    def counts(number):
        @sensor(name=f"counts_{{number}}", **ON)
        def function(context):
            context.update_cursor(str(int(context.cursor or 0) + 1))
            return SkipReason("nothing")
        return function

    @sensor(**ON)
    def hangs(context):
        while True:
            pass

    @sensor(**ON)
    def exits(context):
        os._exit(7)

    @sensor(**ON)
    def takes(context):
        kept.append(bytearray(1500 << 20))
        raise ValueError("it was given 1.5 GB")

    defs = Definitions(sensors=[*map(counts, range({QUIET})), hangs, exits, takes])
"""


class Watched:
    """A control plane over these sensors, and the instance that it works on."""

    def __init__(self, instance: DagsterInstance, pid: int) -> None:
        self.instance = instance
        self.pid = pid

    def asked(self) -> list[int]:
        """How often each of the quiet sensors was asked."""
        states = self.instance.storage.instigators.states().values()
        return [int(state.cursor or 0) for state in states if state.name.startswith("counts")]

    def failed(self) -> list[int]:
        """How often each of the bad ones has failed, as far as the last ticks tell."""
        return [
            sum(
                record.tick.status is TickStatus.FAILURE
                for record in self.instance.get_ticks(TickFilter(selector=f"defs.py:{name}"))
            )
            for name in BAD
        ]

    def descriptors(self) -> int:
        """What the control plane has open, but for the lines to processes, which come and go."""
        return len(os.listdir(f"/proc/{self.pid}/fd")) - len(below(self.pid))


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "defs.py").write_text(dedent(CODE))
    process = started(home, tmp_path / "defs.py")
    with DagsterInstance.from_config(str(home)) as instance:
        try:
            yield Watched(instance, process.pid)
        finally:
            process.terminate()
            process.wait()


def test_sensors_that_hang_exit_or_take_much_memory_delay_no_other_and_leave_nothing(watched: Watched) -> None:
    until(lambda: len(watched.asked()) == QUIET and min(watched.failed()) >= 1)
    before, open_before = watched.asked(), watched.descriptors()
    failed = watched.failed()
    until(lambda: all(now >= then + 3 for then, now in zip(failed, watched.failed(), strict=True)))
    # Each of the bad ones was asked three times meanwhile, the one that hangs for one and a half seconds each time.
    assert min(now - then for then, now in zip(before, watched.asked(), strict=True)) >= 3
    until(lambda: watched.descriptors() <= open_before + 2)
