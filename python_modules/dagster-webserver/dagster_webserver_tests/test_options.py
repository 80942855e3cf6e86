"""The options of `dagster-webserver`, as a process."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from dagster_webserver_tests.processes import COMMAND, SECONDS
from dagster_webserver_tests.serving import Client

from dagster_tests.cli.running import running
from dagster_tests.workspace.locations import until
from dagster_tests.workspace.projects import Folder
from dagster_webserver.cli import webserver
from dagster_webserver.version import __version__

OF_BEFORE = (
    *("--db-statement-timeout", "15000", "--db-pool-recycle", "3600", "--db-pool-max-overflow", "20"),
    *("--suppress-warnings", "--log-level", "trace", "--uvicorn-log-level", "trace", "--dagster-log-level", "info"),
    *("--log-format", "json", "--code-server-log-level", "debug", "--live-data-poll-rate", "2000"),
)


def test_the_version_is_told() -> None:
    ran = CliRunner().invoke(webserver, ["--version"])
    assert (ran.exit_code, ran.stdout) == (0, f"dagster-webserver, version {__version__}\n")


@pytest.mark.parametrize("option", [("--grpc-host", "x"), ("--grpc-port", "1"), ("--grpc-socket", "s"), ("--use-ssl",)])
def test_a_server_of_code_is_refused_by_the_name_of_the_option(option: tuple[str, ...]) -> None:
    ran = CliRunner().invoke(webserver, option)
    assert ran.exit_code == 2
    assert f"{option[0]} names a server of code" in ran.stderr


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc")
def test_without_a_home_it_serves_with_all_options_of_before_and_leaves_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with running(folder, COMMAND, "--empty-workspace", "-p", "0", *OF_BEFORE) as server:
        until(lambda: "Serving http://" in server.said)
        [port] = re.findall(r"Serving http://127.0.0.1:(\d+)", server.said)
        [home] = re.findall(r"export DAGSTER_HOME=(\S+)", server.said)
        assert Path(home).parent == folder.path
        answer = Client(int(port), timeout_seconds=SECONDS).ask(
            "{ repositoriesOrError { ... on RepositoryConnection { nodes { id } } } }"
        )
        assert answer.json == {"data": {"repositoriesOrError": {"nodes": []}}}
        server.interrupt()
        assert not Path(home).exists()
