"""A script that has one implementation of Pipes under a client of the other: the protocol is one."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

import dagster_pipes
from parity import reference

SCRIPT = """
import sys
from dagster_pipes import open_dagster_pipes
with open_dagster_pipes() as pipes:
    print("printed")
    print("complained", file=sys.stderr)
    pipes.log.warning("100%% %s", "done")
    page = {"type": "url", "raw_value": "https://example.com"}
    pipes.report_asset_materialization(metadata={"rows": pipes.get_extra("limit"), "page": page}, data_version="v7")
    pipes.report_asset_check("fresh", False, "WARN", {"hours": 30.5})
    pipes.report_custom_message([pipes.asset_key, pipes.partition_key, pipes.partition_time_window, pipes.code_version])
    if pipes.get_extra("fails"):
        raise ValueError("no rows") from KeyError("inner")
"""
RUN = """
import json, sys
import dagster as dg
command, path, facts = json.loads(sys.argv[1]), sys.argv[2], {}

def run(name, reader, fails):
    @dg.asset(
        code_version="2",
        partitions_def=dg.DailyPartitionsDefinition("2024-01-01"),
        check_specs=[dg.AssetCheckSpec("fresh", asset="orders")],
    )
    def orders(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        done = pipes.run(context=context, command=command, env={"PYTHONPATH": path}, extras={"limit": 10, "fails": fails})
        facts[f"{name} messages"] = list(done.get_custom_messages())
        return done.get_results()

    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"pipes": dg.PipesSubprocessClient(message_reader=reader)}
        result = dg.materialize(
            [orders], partition_key="2024-03-10", instance=instance, resources=resources, raise_on_error=False
        )
        entries = instance.all_logs(result.run_id)
        made = [e.step_materialization_data.materialization for e in result.get_asset_materialization_events()]
        told = [e.dagster_event.event_specific_data.error for e in entries if e.dagster_event and "[pipes]" in e.user_message]
        facts[name] = {
            "success": result.success,
            "lines": [[e.level, e.user_message] for e in entries if not e.dagster_event and "after closed" not in e.user_message],
            "made": [[m.partition, {k: str(v.value) for k, v in m.metadata.items()}] for m in made],
            "version": [m.tags["dagster/data_version"] for m in made],
            "checks": [[e.passed, e.severity.value, e.metadata["hours"].value] for e in result.get_asset_check_evaluations()],
            "told": [[error.cls_name, error.message, error.cause.cls_name] for error in told],
        }

run("by file", None, False)
run("printed", dg.PipesTempFileMessageReader(include_stdio_in_messages=True), False)
run("broken", None, True)
print("FACTS", json.dumps(facts))
"""


class Side(msgspec.Struct, frozen=True):
    """An interpreter and where it finds its packages."""

    name: str
    python: str
    path: str


def ours() -> Side:
    packages = Path(dagster_pipes.__file__).parents[2]
    return Side("ours", sys.executable, os.pathsep.join(str(packages / name) for name in ("dagster", "dagster-pipes")))


def theirs() -> Side:
    """Skips the test where the reference was not installed yet: that takes a package index."""
    if reference.OVERRIDE not in os.environ and not reference.ENVIRONMENT.exists():
        pytest.skip(f"the reference is not installed; make parity-record does it, or {reference.OVERRIDE} names it")
    return Side("reference", reference.python(), "")


def observed(client: Side, script: Side, folder: Path) -> dict[str, Any]:
    path = folder / "script.py"
    path.write_text(SCRIPT)
    command = json.dumps([script.python, str(path)])
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": client.path, "TZ": "UTC"}
    done = subprocess.run(
        [client.python, "-c", RUN, command, script.path], env=env, cwd=folder, capture_output=True, text=True, check=False
    )
    facts = [line for line in done.stdout.splitlines() if line.startswith("FACTS ")]
    assert facts, f"{script.name} under the client of {client.name}:\n{done.stdout}\n{done.stderr}"
    return json.loads(facts[-1].removeprefix("FACTS "))


@pytest.mark.slow
def test_scripts_and_clients_of_both_implementations_understand_each_other(tmp_path: Path) -> None:
    sides = (theirs(), ours())
    facts = {
        f"{script.name} under {client.name}": observed(client, script, tmp_path)
        for client, script in itertools.product(sides, sides)
    }
    expected = facts.pop("reference under reference")
    assert expected["by file"]["made"][0][1] == {"rows": "10", "page": "https://example.com"}
    assert dict.fromkeys(facts, expected) == facts
