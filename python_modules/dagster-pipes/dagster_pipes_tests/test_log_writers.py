import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster_pipes
from dagster_pipes import encode_param

PROGRAM = """
import subprocess, sys
from dagster_pipes import open_dagster_pipes
with open_dagster_pipes() as pipes:
    print("from Python")
    print("to stderr: \\u00e9", file=sys.stderr)
    subprocess.run([sys.executable, "-S", "-c", "print('from a child')"], check=True)
print("after the end")
"""


def run(program: str, messages: Path, **params: Any) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(dagster_pipes.__file__).parents[1]),
        "PYTHONIOENCODING": "utf-8",
        "DAGSTER_PIPES_CONTEXT": encode_param({"data": {"run_id": "f3a"}}),
        "DAGSTER_PIPES_MESSAGES": encode_param({"path": str(messages), **params}),
    }
    return subprocess.run([sys.executable, "-S", "-c", program], env=env, capture_output=True, encoding="utf-8", check=False)


def messages_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def printed(messages: list[dict[str, Any]], stream: str) -> str:
    found = [each["params"] for each in messages if each["method"] == "log_external_stream"]
    return "".join(params["text"] for params in found if params["stream"] == stream)


def test_what_is_printed_is_sent_and_still_appears_each_in_its_stream(tmp_path: Path) -> None:
    done = run(PROGRAM, tmp_path / "messages", include_stdio_in_messages=True)
    messages = messages_of(tmp_path / "messages")
    assert {"from Python", "from a child"} == set(printed(messages, "stdout").splitlines())
    assert "to stderr: é\n" == printed(messages, "stderr")
    assert {"from Python", "from a child", "after the end"} == set(done.stdout.splitlines())
    assert "to stderr: é\n" == done.stderr


def test_the_session_is_closed_after_its_last_line(tmp_path: Path) -> None:
    run(PROGRAM, tmp_path / "messages", include_stdio_in_messages=True)
    assert "closed" == messages_of(tmp_path / "messages")[-1]["method"]


def test_without_being_asked_nothing_is_captured(tmp_path: Path) -> None:
    run(PROGRAM, tmp_path / "messages")
    assert ["opened", "closed"] == [each["method"] for each in messages_of(tmp_path / "messages")]


def test_a_process_that_is_killed_loses_nothing_that_it_printed(tmp_path: Path) -> None:
    program = PROGRAM.replace("    subprocess", "    sys.stdout.flush(); import os; os.abort()\n    subprocess")
    done = run(program, tmp_path / "messages", include_stdio_in_messages=True)
    assert ("from Python\n", True) == (done.stdout, done.returncode < 0)


def test_a_child_that_goes_on_is_not_waited_for(tmp_path: Path) -> None:
    waits = "import sys; sys.stdin.read()"
    program = f"""
import subprocess, sys
from dagster_pipes import open_dagster_pipes
with open_dagster_pipes() as pipes:
    child = subprocess.Popen([sys.executable, "-S", "-c", {waits!r}], stdin=subprocess.PIPE)
    print("printed")
child.communicate()
"""
    done = run(program, tmp_path / "messages", include_stdio_in_messages=True)
    assert 0 == done.returncode, done.stderr
    assert "printed\n" == printed(messages_of(tmp_path / "messages"), "stdout")
