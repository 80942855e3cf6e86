"""A real `dagster dev` over a copy of the examples, asked and ended as a user would."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from dagster_tests.cli.commands import RUN_COMMAND
from dagster_tests.house.repository import DISTRIBUTIONS, home_of

T = TypeVar("T")
START_SECONDS = 120.0
END_SECONDS = 60.0

_LOCATIONS = """{ workspaceOrError { ... on Workspace { locationEntries {
  name loadStatus versionKey locationOrLoadError { __typename ... on PythonError { message } } } } } }"""


class Developing:
    """A running `dagster dev`.

    Args:
        process: of the command.
        url: where it answers.
        folder: of the copied projects.
        log: what it prints.
    """

    def __init__(self, process: subprocess.Popen[bytes], url: str, folder: Path, log: Path) -> None:
        self.process = process
        self.url = url
        self.folder = folder
        self._log = log

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The data of an answer; fails with the errors, where there are some."""
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answered:
            answer = json.load(answered)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def wait(self, question: Callable[[], T], seconds: float = 120.0) -> T:
        """The first answer that is true, asked again and again."""
        deadline = time.monotonic() + seconds
        while not (answer := question()):
            assert self.process.poll() is None, f"dagster dev has ended:\n{self.output}"
            assert time.monotonic() < deadline, f"not true in {seconds} s; dagster dev says:\n{self.output}"
            time.sleep(0.05)
        return answer

    def wait_until_loaded(self) -> None:
        """Wait until no location is being loaded."""
        self.wait(lambda: all(entry["loadStatus"] == "LOADED" for entry in self.locations()))

    def locations(self) -> list[Any]:
        """Where each location stands."""
        return self.ask(_LOCATIONS)["workspaceOrError"]["locationEntries"]

    @property
    def output(self) -> str:
        """What it has printed."""
        return self._log.read_text(errors="replace")


@contextmanager
def developing(folder: Path, home: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Developing]:
    """`dagster dev` in a folder, on a free port, until the block ends; then it is interrupted and must end.

    Args:
        folder: where the project lies.
        home: of the instance.
        arguments: of the command.
        environment: variables beside those of this process.
    """
    log = home / "dev.log"
    variables = {
        **os.environ,
        **(environment or {}),
        "PYTHONPATH": os.pathsep.join(str(home_of(name)) for name in DISTRIBUTIONS),
        "DAGSTER_HOME": str(home),
    }
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN_COMMAND, "dev", "-p", "0", *arguments],
            cwd=folder, env=variables, stdout=written, stderr=written, start_new_session=True,
        )  # fmt: skip
    try:
        yield Developing(process, _url(process, log), folder, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _url(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while (found := re.search(r"Open (http://\S+)", log.read_text(errors="replace"))) is None:
        assert process.poll() is None, f"dagster dev has ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"dagster dev names no address:\n{log.read_text()}"
        time.sleep(0.05)
    return found[1]
