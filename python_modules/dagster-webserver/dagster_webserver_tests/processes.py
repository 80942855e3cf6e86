"""`dagster-webserver` as a process over a small project, with the real API: what a user starts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster_webserver_tests.serving import Client

from dagster_tests.house.repository import DISTRIBUTIONS, home_of

# Long, because other work may share the machine: only what never happens takes so long.
SECONDS = 120.0
SECRET = "hunter2-of-the-project"
PROJECT = f'''
import dagster as dg

class Warehouse(dg.ConfigurableResource):
    name: str = "main"
    password: str = "{SECRET}"

@dg.asset(metadata={{"page": dg.MetadataValue.url("javascript:alert(1)"), "docs": dg.MetadataValue.url("https://example.org")}})
def orders(): ...

@dg.asset(deps=[orders])
def report(): ...

@dg.op(config_schema={{"password": dg.Field(str, is_secret=True), "rows": int}})
def read(): ...

@dg.job
def reading():
    read()

defs = dg.Definitions(assets=[orders, report], jobs=[reading], resources={{"warehouse": Warehouse()}})
'''
COMMAND = "from dagster_webserver.cli import main; main()"


class Serving(Client):
    """A running `dagster-webserver`, and what is asked of it.

    Args:
        process: the process.
        address: that it printed.
        home: of its instance.
    """

    def __init__(self, process: subprocess.Popen[bytes], address: str, home: Path) -> None:
        super().__init__(int(re.findall(r":(\d+)", address)[-1]), timeout_seconds=SECONDS)
        self.process = process
        self.address = address
        self.home = home

    def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        reply = self.send("POST", "/graphql", query=query, variables=variables)
        assert reply.status == 200, reply.text
        assert "errors" not in reply.json, reply.text
        return reply.json["data"]


@contextmanager
def webserver(folder: Path, *options: str, loads: bool = True) -> Iterator[Serving]:
    """The process on a free port, until the block ends; interrupted, it must end well.

    Args:
        folder: for the project and the instance.
        options: of the command.
        loads: whether to wait for the project.
    """
    home, log = folder / "home", folder / "log"
    home.mkdir()
    (folder / "project.py").write_text(PROJECT)
    path = os.pathsep.join(str(home_of(name)) for name in DISTRIBUTIONS)
    environment = {**os.environ, "PYTHONPATH": path, "DAGSTER_HOME": str(home)}
    environment.pop("DAGSTER_WEBSERVER_TOKEN", None)
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "-p", "0", "-f", "project.py", *options],
            cwd=folder, env=environment, stdout=written, stderr=written,
        )  # fmt: skip
    try:
        serving = Serving(process, _printed(process, log, r"Serving (http://\S+)"), home)
        if loads:
            _wait_until_loaded(serving)
        yield serving
        assert process.poll() is None, log.read_text()
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _printed(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    deadline = time.monotonic() + SECONDS
    while (found := re.search(pattern, log.read_text())) is None:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, f"nothing like {pattern}:\n{log.read_text()}"
        time.sleep(0.05)
    return found[1]


def _wait_until_loaded(serving: Serving) -> None:
    deadline = time.monotonic() + SECONDS
    while not serving.data("{ assetNodes { id } }")["assetNodes"]:
        assert time.monotonic() < deadline, "the project is not loaded"
        time.sleep(0.1)
