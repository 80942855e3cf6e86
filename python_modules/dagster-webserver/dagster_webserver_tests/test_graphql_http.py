from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest
from dagster_webserver_tests.serving import Client, Echo, serving

from dagster import DagsterInstance
from dagster_webserver.pages import accepted_encodings


@pytest.fixture
def client() -> Iterator[Client]:
    with DagsterInstance.ephemeral() as instance, serving(instance, Echo()) as client:
        yield client


def test_a_long_answer_is_compressed_for_those_who_read_that(client: Client):
    query = "{ rows }" * 2000
    body = json.dumps({"query": query}).encode()
    told = {"Content-Type": "application/json", "Accept-Encoding": "br, gzip"}
    reply = client.send("POST", "/graphql", body, told)
    assert (reply.headers["content-encoding"], reply.headers["vary"]) == ("gzip", "accept-encoding")
    assert len(reply.body) < len(query) / 10
    assert json.loads(gzip.decompress(reply.body))["data"]["echo"] == query


def test_a_long_answer_is_sent_as_it_is_to_others(client: Client):
    query = "{ rows }" * 2000
    reply = client.send("POST", "/graphql", query=query)
    assert "content-encoding" not in reply.headers
    assert reply.json["data"]["echo"] == query


def test_a_short_answer_is_not_worth_compressing(client: Client):
    reply = client.send("POST", "/graphql", headers={"Accept-Encoding": "gzip"}, query="{ a }")
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize(
    ("header", "encodings"),
    [
        ("gzip, br;q=0.5", {"gzip", "br"}),
        ("gzip;q=0", set[str]()),
        ("GZIP; q=0.0, br", {"br"}),
        ("gzip;q=0.01", {"gzip"}),
        ("", set[str]()),
    ],
)
def test_an_encoding_of_weight_zero_is_not_accepted(header: str, encodings: set[str]):
    assert accepted_encodings({"accept-encoding": header}) == encodings
