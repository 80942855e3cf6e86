"""Both Python clients, used as documented on our server, give what the reference's gives on the reference's."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator

import pytest

from parity import reference
from parity.graphql.clients import told_by
from parity.graphql.record_client import RECORDED
from parity.graphql.servers import ours

pytestmark = pytest.mark.slow

EXPECTED = json.loads(RECORDED.read_text(encoding="utf-8"))
OF_LIBRARIES = {"with a user", "with a transport"}
"""What needs the libraries that the reference brings: `gql` and `requests`."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Of our server."""
    with ours() as url:
        yield url


def test_the_client_of_the_reference_works_on_our_server(url: str) -> None:
    if reference.OVERRIDE not in os.environ and not reference.ENVIRONMENT.exists():
        pytest.skip(f"the reference is not installed; make parity-record does it, or {reference.OVERRIDE} names it")
    assert told_by(reference.python(), url, inherits_path=False) == EXPECTED


def test_our_client_gives_the_same(url: str) -> None:
    left_out = set() if importlib.util.find_spec("gql") else OF_LIBRARIES
    expected = {name: fact for name, fact in EXPECTED.items() if name not in left_out}
    # Both servers refuse a selection of ops that there are not in the same way, which the client of the reference cannot read.
    assert expected.pop("no such op").startswith("KeyError")
    told = told_by(sys.executable, url, inherits_path=True)
    assert (told.pop("no such op"), told) == ("InvalidSubsetError", expected)
