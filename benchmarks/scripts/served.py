"""`dagster dev` or a web server alone as a process: started, known to have described its location, asked, ended."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from process_trees import adopt_orphans, cpu_seconds, end

DEADLINE_SECONDS = 1800
QUESTION = "{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { __typename } } } } }"
FIRST_ASSETS = "{ assetNodes { id } }"
DEV = [sys.executable, "-m", "dagster", "dev"]
# Asking the reference costs it processor time, so it is not asked more often than tells something.
REFERENCE_LOOK_SECONDS = 0.5
OUR_LOOK_SECONDS = 0.05
ERRORS = "dev-stderr"
LEAST_ANSWERS, LEAST_CPU_SECONDS, MOST_ANSWERS = 2, 2.0, 200


def is_ours():
    """Whether this interpreter has ours; asked without an import of the package, which would cost both sides different things."""
    from importlib.metadata import version

    return "free" in version("dagster")


@contextmanager
def served(*code, command=DEV):
    """`dagster dev`, or another command, with options that name code, in this folder, ended after the block."""
    adopt_orphans()
    command = [*command, *code, "--host", "127.0.0.1", "--port", str(free_port())]
    with open(ERRORS, "wb") as errors:
        process = subprocess.Popen(command, stdout=errors, stderr=errors)
    try:
        yield process
    finally:
        end(process)


def wait_until_described(process, told=" assets"):
    """Wait until the location is described: ours says how many assets there are, the reference is asked over GraphQL."""
    if is_ours():
        wait_for(lambda: told in printed(), process)
    else:
        wait_for(lambda: _is_loaded(process), process, REFERENCE_LOOK_SECONDS)


def wait_until_answering(process):
    """Wait until it tells what it is, and which assets there are: the same questions on both sides."""
    rest = OUR_LOOK_SECONDS if is_ours() else REFERENCE_LOOK_SECONDS
    wait_for(lambda: _is_there(process), process, rest)
    wait_for(lambda: asked(process, FIRST_ASSETS)["assetNodes"], process, rest)


def asked(process, query, **variables):
    """The data of an answer."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    with _opened(process, "/graphql", body) as answer:
        answered = json.load(answer)
    if answered.get("errors"):
        sys.exit(f"This is no answer: {answered['errors']}")
    return answered["data"]


def answers_measured(process, query, **variables):
    """Ask it again and again; what an answer cost, as the last line of a script tells it.

    The clock of processes counts hundredths of a second: so many answers are measured that these do not matter.
    """
    answers, wall, cpu = 0, time.perf_counter(), cpu_seconds(process.pid)
    while answers < LEAST_ANSWERS or (cpu_seconds(process.pid) - cpu < LEAST_CPU_SECONDS and answers < MOST_ANSWERS):
        asked(process, query, **variables)
        answers += 1
    cpu_used, wall_used = cpu_seconds(process.pid) - cpu, time.perf_counter() - wall
    return {"cpu_seconds": cpu_used / answers, "wall_seconds": wall_used / answers, "answers": answers}


def wait_for(is_so, process, rest_seconds=OUR_LOOK_SECONDS):
    """Wait until something is so, as long as the process lives."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not is_so():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"This did not happen in time:\n{printed()[-2000:]}")
        time.sleep(rest_seconds)


def printed():
    """What it has printed."""
    with open(ERRORS, errors="replace") as errors:
        return errors.read()


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _is_loaded(process):
    try:
        entries = asked(process, QUESTION)["workspaceOrError"].get("locationEntries", [])
    except OSError:
        return False  # it does not listen yet
    found = [entry["locationOrLoadError"] for entry in entries]
    return bool(found) and all(each and each["__typename"] == "RepositoryLocation" for each in found)


def _is_there(process):
    try:
        with _opened(process, "/server_info") as answer:
            return bool(json.load(answer))
    except OSError:
        return False


def _opened(process, path, body=None):
    address = f"http://127.0.0.1:{process.args[-1]}{path}"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"} if body else {})
    return urllib.request.urlopen(request, timeout=300)
