from __future__ import annotations

import json
import socket as sockets
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from dagster_webserver_tests.serving import Client, Echo, serving
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from dagster import DagsterInstance

TRANSPORT, LEGACY = "graphql-transport-ws", "graphql-ws"


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def client(echo: Echo) -> Iterator[Client]:
    with DagsterInstance.ephemeral() as instance, serving(instance, echo) as client:
        yield client


def opened(client: Client, protocol: str, **options: Any) -> ClientConnection:
    return connect(f"ws://{client.own_host}/graphql", subprotocols=[protocol], **options)  # type: ignore[arg-type]


def say(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def heard(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=120))


def hung_up(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        deque(iter(lambda: socket.recv(timeout=120), None))
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


@pytest.mark.parametrize(("protocol", "start", "data"), [(TRANSPORT, "subscribe", "next"), (LEGACY, "start", "data")])
def test_a_subscription_gives_all_its_answers_and_ends(client: Client, protocol: str, start: str, data: str):
    with opened(client, protocol) as socket:
        say(socket, type="connection_init")
        assert heard(socket) == {"type": "connection_ack"}
        say(socket, type=start, id="1", payload={"query": "subscription three"})
        answers = [heard(socket) for _ in range(4)]
    assert [answer.get("payload") for answer in answers[:3]] == [{"data": {"number": number}} for number in range(3)]
    assert [answer["type"] for answer in answers] == [data, data, data, "complete"]


def test_queries_are_answered_too_and_several_operations_share_a_connection(client: Client):
    with opened(client, TRANSPORT) as socket:
        say(socket, type="connection_init")
        heard(socket)
        for name in ("a", "b"):
            say(socket, type="subscribe", id=name, payload={"query": name, "variables": {"x": 1}})
        answers = [heard(socket) for _ in range(4)]
    told = {answer["id"]: answer["payload"] for answer in answers if answer["type"] == "next"}
    assert told == {name: {"data": {"echo": name, "variables": {"x": 1}}} for name in ("a", "b")}


@pytest.mark.parametrize("query", ["refused", "subscription refused"])
def test_what_cannot_be_executed_is_told_as_an_error(client: Client, query: str):
    for protocol, start in ((TRANSPORT, "subscribe"), (LEGACY, "start")):
        with opened(client, protocol) as socket:
            say(socket, type="connection_init")
            heard(socket)
            say(socket, type=start, id="1", payload={"query": query})
            error = {"message": "No such field."}
            assert heard(socket) == {"id": "1", "type": "error", "payload": [error] if protocol == TRANSPORT else error}


def test_an_operation_that_is_stopped_ends_and_its_id_is_free_again(client: Client, echo: Echo):
    with opened(client, TRANSPORT) as socket:
        say(socket, type="connection_init")
        heard(socket)
        for _ in range(2):
            say(socket, type="subscribe", id="1", payload={"query": "subscription endless"})
            assert [heard(socket)["type"] for _ in range(3)] == ["next"] * 3
            say(socket, type="complete", id="1")
            say(socket, type="ping")
            assert heard(socket) == {"type": "pong"}
    assert echo.ended == 2


def test_an_operation_ends_with_its_connection(client: Client, echo: Echo):
    with opened(client, LEGACY) as socket:
        say(socket, type="connection_init")
        say(socket, type="start", id="1", payload={"query": "subscription endless"})
        assert [heard(socket)["type"] for _ in range(4)] == ["connection_ack", "data", "data", "data"]
        say(socket, type="connection_terminate")
        assert hung_up(socket) == 1000
    assert echo.ended == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([{"type": "subscribe", "id": "1", "payload": {"query": "a"}}], 4401),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "connection_init"}, {"type": "subscribe", "payload": {"query": "a"}}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "id": "1", "payload": {"query": 1}}], 4400),
        ([{"type": "nonsense"}], 4400),
        ([[]], 4400),
    ],
)
def test_a_client_that_does_not_keep_to_the_protocol_is_hung_up_on(client: Client, said: list[Any], code: int):
    with opened(client, TRANSPORT) as socket:
        for message in said:
            socket.send(json.dumps(message))
        assert hung_up(socket) == code


def test_bytes_that_are_no_json_are_hung_up_on(client: Client):
    with opened(client, TRANSPORT) as socket:
        socket.send("[" * 50_000)
        assert hung_up(socket) == 4400


def test_two_operations_with_one_id_are_refused(client: Client):
    with opened(client, TRANSPORT) as socket:
        say(socket, type="connection_init")
        for _ in range(2):
            say(socket, type="subscribe", id="1", payload={"query": "subscription endless"})
        assert hung_up(socket) == 4409


def test_an_unknown_protocol_is_refused(client: Client):
    with connect(f"ws://{client.own_host}/graphql") as socket:
        assert hung_up(socket) == 4406


@pytest.mark.parametrize("origin", ["http://evil.com", "null"])
def test_a_foreign_page_gets_no_websocket(client: Client, origin: str):
    with pytest.raises(InvalidStatus) as refused:
        opened(client, TRANSPORT, additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


def test_a_foreign_name_gets_no_websocket(client: Client):
    with sockets.create_connection(("127.0.0.1", client.port)) as connected, pytest.raises(InvalidStatus) as refused:
        connect("ws://evil.com/graphql", sock=connected)
    assert refused.value.response.status_code == 403


def test_a_websocket_needs_the_token():
    with DagsterInstance.ephemeral() as instance, serving(instance, token="secret") as client:
        with pytest.raises(InvalidStatus):
            opened(client, TRANSPORT)
        with opened(client, TRANSPORT, additional_headers={"Authorization": "Bearer secret"}) as socket:
            say(socket, type="connection_init")
            assert heard(socket) == {"type": "connection_ack"}
