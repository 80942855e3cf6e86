"""The program that uses the Python client, run with either client on a running server."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROGRAM = Path(__file__).with_name("client_program.py")
SECONDS = 600.0


def told_by(python: str, url: str, *, inherits_path: bool) -> dict[str, Any]:
    """What came of using the client.

    Args:
        python: the interpreter whose client is used.
        url: of the server's `/graphql`.
        inherits_path: whether PYTHONPATH is handed on; it leads to our packages, so never to the reference.
    """
    environment = {name: value for name, value in os.environ.items() if inherits_path or name != "PYTHONPATH"}
    port = str(urlsplit(url).port)
    done = subprocess.run([python, str(PROGRAM), port], env=environment, capture_output=True, text=True, timeout=SECONDS)
    facts = [line for line in done.stdout.splitlines() if line.startswith("FACTS ")]
    assert facts, f"the client of {python} on {url}:\n{done.stdout}\n{done.stderr}"
    return json.loads(facts[-1].removeprefix("FACTS "))
