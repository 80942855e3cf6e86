import subprocess
import sys

import pytest

from dagster.version import __version__
from dagster_tests.cli.commands import call, start
from dagster_tests.house.repository import home_of
from dagster_tests.workspace.projects import Folder

HEAVY = {"msgspec", "pydantic", "rich", "yaml", "sqlite3", "sqlalchemy", "pandas", "logging", "asyncio"}
COMMANDS = [
    ("asset", "check"),
    ("asset", "list"),
    ("asset", "materialize"),
    ("asset", "partitions"),
    ("asset", "show"),
    ("asset", "why"),
    ("asset", "move"),
    ("asset", "status"),
    ("asset", "wipe"),
    ("definitions", "validate"),
    ("dev",),
    ("instance", "concurrency", "delete"),
    ("instance", "concurrency", "free"),
    ("instance", "concurrency", "get"),
    ("instance", "concurrency", "set"),
    ("instance", "info"),
    ("instance", "migrate"),
    ("instance", "prune"),
    ("instance", "reindex"),
    ("job", "execute"),
    ("job", "launch"),
    ("job", "list"),
    ("job", "print"),
    ("job", "scaffold_config"),
    ("project", "scaffold"),
    ("run", "delete"),
    ("run", "list"),
    ("run", "logs"),
    ("run", "reexecute"),
    ("run", "terminate"),
    ("run", "watch"),
    ("run", "wipe"),
    ("schedule", "list"),
    ("schedule", "logs"),
    ("schedule", "preview"),
    ("schedule", "start"),
    ("schedule", "stop"),
    ("sensor", "cursor"),
    ("sensor", "list"),
    ("sensor", "logs"),
    ("sensor", "preview"),
    ("sensor", "start"),
    ("sensor", "stop"),
]


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command has imported at its end."""
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"
        "from dagster.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env={"PYTHONPATH": str(home_of("dagster"))}, capture_output=True, text=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    result = call(*command, "--help")
    assert (result.exit_code, result.output.splitlines()[0].split()[: 2 + len(command)]) == (0, ["Usage:", "dagster", *command])


@pytest.mark.parametrize("group", [(), *sorted({command[:1] for command in COMMANDS if len(command) > 1})])
def test_the_help_of_a_group_lists_its_commands(group: tuple[str, ...]) -> None:
    below = {command[len(group)] for command in COMMANDS if command[: len(group)] == group}
    listed = call(*group, "-h").output.partition("Commands:")[2]
    assert {line.split()[0] for line in listed.splitlines() if line[:3].strip()} == below


def test_the_version_is_told() -> None:
    assert call("--version").output == f"dagster, version {__version__}\n"


def test_an_unknown_command_is_a_wrong_usage() -> None:
    result = call("asset", "lst")
    assert result.exit_code == 2
    assert "No such command 'lst'" in result.stderr


def test_help_imports_click_and_little_else() -> None:
    loaded = loaded_by("--help")
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith("dagster")} == {
        "dagster",
        "dagster.cli",
        "dagster.cli.commands",
        "dagster.cli.environments",
        "dagster.cli.streams",
        "dagster.garbage",
        "dagster.version",
    }


def test_listing_runs_imports_nothing_that_loads_or_runs_code() -> None:
    loaded = loaded_by("run", "list")
    assert {
        name for name in loaded if name.startswith(("dagster.execution", "dagster.workspace", "dagster.define", "rich"))
    } == set()


@pytest.mark.slow
def test_the_package_runs_as_a_module(folder: Folder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dagster", "--version"],
        env={"PYTHONPATH": str(home_of("dagster"))},
        capture_output=True,
        text=True,
    )
    assert done.stdout == start("--version").stdout
