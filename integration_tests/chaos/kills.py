"""Kills writers at random moments, then asks whether everything that was acknowledged is there, once.

`python -m chaos.kills HOME --kills 200`
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from dagster.instance import DagsterInstance

WRITERS = 3
LONGEST_LIFE_SECONDS = 0.4


class Writer:
    """A process that writes; what it said of its work is kept in a file."""

    def __init__(self, home: Path, name: str, lines: Path) -> None:
        self.lines = lines
        command = [sys.executable, "-m", "chaos.writer", str(home), name]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with lines.open("wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE, env=environment)

    def kill(self) -> None:
        """SIGKILL; raises if it had ended by itself."""
        self.process.send_signal(signal.SIGKILL)
        _, errors = self.process.communicate()
        if self.process.returncode != -signal.SIGKILL:
            raise AssertionError(f"a writer ended by itself: {errors.decode()[-2000:]}")

    def acknowledged(self) -> Counter[str]:
        """How many events of each run were acknowledged; a line that was cut off says nothing."""
        told: Counter[str] = Counter()
        for line in self.lines.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                run_id, count = line.split()
                told[run_id] = max(told[run_id], int(count))
        return told


def problems(instance: DagsterInstance, acknowledged: Counter[str]) -> list[str]:
    """What is not as it was promised, one sentence each."""
    found: list[str] = []
    for run_id, count in acknowledged.items():
        if not instance.has_run(run_id):
            found.append(f"run {run_id} was acknowledged and is not there")
            continue
        numbers = [int(entry.user_message) for entry in instance.all_logs(run_id) if entry.job_name == "chaos"]
        if numbers != list(range(len(numbers))):
            found.append(f"run {run_id} has its events twice, with gaps or out of order: {numbers}")
        elif len(numbers) < count:
            found.append(f"run {run_id}: {count} events were acknowledged, {len(numbers)} are there")
        elif count and len(numbers) > count and len(numbers) - count > 3:
            found.append(f"run {run_id} has {len(numbers)} events, {count} were acknowledged, more than one batch apart")
    return found + list(instance.disagreements())


def kill_writers(home: Path, kills: int, seed: int) -> tuple[list[str], int]:
    """Kills that many writers, some at a time; gives what went wrong and how many events were acknowledged."""
    choose = random.Random(seed)
    writers: list[Writer] = []
    with tempfile.TemporaryDirectory() as folder:
        while len(writers) < kills:
            alive = [
                Writer(home, f"writer{number}", Path(folder) / str(number))
                for number in range(len(writers), min(len(writers) + WRITERS, kills))
            ]
            for writer in alive:
                _wait_for_first_line(writer)
            for writer in alive:
                time.sleep(choose.random() * LONGEST_LIFE_SECONDS)
                writer.kill()
            writers.extend(alive)
        told: Counter[str] = Counter()
        for writer in writers:
            told.update(writer.acknowledged())
    with DagsterInstance.from_config(str(home)) as instance:
        return problems(instance, told), sum(told.values())


def _wait_for_first_line(writer: Writer) -> None:
    deadline = time.monotonic() + 60
    while not writer.lines.stat().st_size:
        if writer.process.poll() is not None or time.monotonic() > deadline:
            writer.kill()
            raise AssertionError("a writer wrote nothing")
        time.sleep(0.005)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos.kills", description=__doc__)
    parser.add_argument("home", type=Path, help="the folder of an instance, with a dagster.yaml or without")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    found, events = kill_writers(options.home, options.kills, options.seed)
    print(*found, f"{options.kills} writers were killed, {events} events were acknowledged, {len(found)} problems", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
