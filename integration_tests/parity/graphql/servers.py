"""Starts a server over a project, with what works its queue: ours, or the reference's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from parity import reference
from parity.running import INSTANCE_SETTINGS

SECONDS = 120.0
PROJECT = Path(__file__).parent / "project.py"
"""The project about which the most is asked."""
_LOCATION_IS_LOADED = b'{"query": "{ repositoriesOrError { ... on RepositoryConnection { nodes { name } } } }"}'


def free_port() -> int:
    """A port on which nobody listens at the moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextmanager
def ours(project: Path = PROJECT) -> Generator[str]:
    """The address of `dagster dev` over a project."""
    with _folder(project) as folder, _environment(folder, inherits_path=True) as environment:
        port = free_port()
        command = [sys.executable, "-m", "dagster", "dev", "-f", "project.py", "--port", str(port)]
        with _running(command, folder, environment, "dev"):
            yield _answering(port)


@contextmanager
def theirs(project: Path = PROJECT) -> Generator[str]:
    """The address of the reference's web server over a project; its daemon runs, too."""
    scripts = Path(reference.python()).parent
    with _folder(project) as folder, _environment(folder, inherits_path=False) as environment:
        environment["PATH"] = f"{scripts}{os.pathsep}{environment['PATH']}"
        port = free_port()
        server = [str(scripts / "dagster-webserver"), "-f", "project.py", "-h", "127.0.0.1", "-p", str(port)]
        daemon = [str(scripts / "dagster-daemon"), "run", "-f", "project.py"]
        with _running(server, folder, environment, "server"), _running(daemon, folder, environment, "daemon"):
            yield _answering(port)


@contextmanager
def _folder(project: Path) -> Generator[Path]:
    with TemporaryDirectory(prefix="parity-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / "home").mkdir()
        (folder / "home" / "dagster.yaml").write_text(INSTANCE_SETTINGS, encoding="utf-8")
        shutil.copy(project, folder / "project.py")
        yield folder


@contextmanager
def _environment(folder: Path, *, inherits_path: bool) -> Generator[dict[str, str]]:
    environment = {name: value for name, value in os.environ.items() if inherits_path or name != "PYTHONPATH"}
    yield {**environment, "DAGSTER_HOME": str(folder / "home"), "WAREHOUSE_PASSWORD": "secret", "NO_COLOR": "1"}


@contextmanager
def _running(command: Sequence[str], folder: Path, environment: dict[str, str], name: str) -> Generator[None]:
    with ExitStack() as stack:
        output = stack.enter_context(open(folder / f"{name}.log", "wb"))
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True)
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _answering(port: int) -> str:
    """The address, once the project is loaded there."""
    url = f"http://127.0.0.1:{port}/graphql"
    deadline = time.monotonic() + SECONDS
    while True:
        request = urllib.request.Request(url, data=_LOCATION_IS_LOADED, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                if b'"nodes": [{' in response.read().replace(b'":[{', b'": [{'):
                    return url
        except (URLError, OSError):
            pass
        assert time.monotonic() < deadline, f"nothing answers at {url}"
        time.sleep(0.1)
