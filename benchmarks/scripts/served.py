"""`dagster dev` as a process: started, known to have described its location, ended."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from process_trees import adopt_orphans, end

DEADLINE_SECONDS = 1800
QUESTION = "{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { __typename } } } } }"
# Asking the reference costs it processor time, so it is not asked more often than tells something.
REFERENCE_LOOK_SECONDS = 0.5
OUR_LOOK_SECONDS = 0.05
ERRORS = "dev-stderr"


def is_ours():
    """Whether this interpreter has ours; asked without an import of the package, which would cost both sides different things."""
    from importlib.metadata import version

    return "free" in version("dagster")


@contextmanager
def served(*code):
    """`dagster dev` with options that name code, in this folder, ended after the block."""
    adopt_orphans()
    command = [sys.executable, "-m", "dagster", "dev", *code, "--host", "127.0.0.1", "--port", str(free_port())]
    with open(ERRORS, "wb") as errors:
        process = subprocess.Popen(command, stdout=errors, stderr=errors)
    try:
        yield process
    finally:
        end(process)


def wait_until_described(process, told=" assets"):
    """Wait until the location is described: ours says how many assets there are, the reference is asked over GraphQL."""
    port = None if is_ours() else int(process.args[-1])
    is_described = (lambda: told in printed()) if port is None else (lambda: _is_loaded(port))
    wait_for(is_described, process, OUR_LOOK_SECONDS if port is None else REFERENCE_LOOK_SECONDS)


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


def _is_loaded(port):
    data = json.dumps({"query": QUESTION}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            entries = json.load(answer)["data"]["workspaceOrError"].get("locationEntries", [])
    except OSError:
        return False  # it does not listen yet
    found = [entry["locationOrLoadError"] for entry in entries]
    return bool(found) and all(each and each["__typename"] == "RepositoryLocation" for each in found)
