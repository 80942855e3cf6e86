"""Commands that go on until they are ended, as processes of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster_tests.daemon.planes import below
from dagster_tests.workspace.projects import Folder

DEV = "from dagster.cli import main; main()"
DAEMON = "from dagster.cli.daemons import main; main()"


class Running:
    """A command that goes on, and what it has said."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self.process = process
        self._path = path

    @property
    def said(self) -> str:
        return self._path.read_text()

    def interrupt(self) -> None:
        """Ctrl-C; waits until the command has ended."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(40.0) == 0, self.said


@contextmanager
def running(folder: Folder, module_main: str, *arguments: str, home: str = "") -> Iterator[Running]:
    path = folder.path / "said"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DAGSTER_HOME": home}
    with path.open("wb") as output:
        command = [sys.executable, "-c", module_main, *arguments]
        process = subprocess.Popen(command, env=environment, cwd=folder.path, stdout=output, stderr=output)
    try:
        yield Running(process, path)
    finally:
        for pid in [*below(process.pid), process.pid] if process.poll() is None else []:
            os.kill(pid, signal.SIGKILL)
        process.wait()
