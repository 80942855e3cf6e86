import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dagster.runs.processes import current_process, identity_of
from dagster.storage.sqlite.connections import SqliteFile
from dagster.storage.sqlite.writers import end_stopped_writer, writer_of
from dagster_tests.workspace.locations import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="who holds a lock is read in /proc")


WRITES_FOR_EVER = """
import sys
from dagster.storage.sqlite.connections import SqliteFile
with SqliteFile(sys.argv[1]).transaction():
    print(flush=True)
    input()
"""


def test_a_process_that_stands_still_in_a_transaction_is_killed_by_who_opens_the_file(tmp_path: Path) -> None:
    file = SqliteFile(str(tmp_path))
    command = [sys.executable, "-c", WRITES_FOR_EVER, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    assert not end_stopped_writer(file.turn_path)
    process.send_signal(signal.SIGSTOP)
    until(identity_of(process.pid).is_stopped)
    pauses: list[float] = []
    assert end_stopped_writer(file.turn_path, 5.0, pauses.append)
    assert 4.9 < sum(pauses) < 5.2
    process.communicate()
    with file.transaction():
        pass
    file.close()


def test_who_writes_is_known_while_it_does(tmp_path: Path) -> None:
    file = SqliteFile(str(tmp_path))
    assert writer_of(file.turn_path) is None
    with file.transaction():
        assert writer_of(file.turn_path) == current_process()
    assert writer_of(file.turn_path) is None
    file.close()
