"""A running server for tests, and a client that sends exactly what it is told."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from dagster import DagsterInstance
from dagster_webserver.answering import Answer, GraphQLRequest
from dagster_webserver.applications import application
from dagster_webserver.servers import WebServer
from dagster_webserver.settings import WebSettings


class Echo:
    """Answers a query with its text, and a subscription with three numbers; `subscription endless` goes on until it is ended."""

    def __init__(self) -> None:
        self.asked: list[GraphQLRequest] = []
        self.ended = 0

    def answer(self, request: GraphQLRequest, headers: Mapping[str, str]) -> Answer:
        self.asked.append(request)
        if request.query == "refused":
            return {"errors": [{"message": "No such field."}]}
        return {"data": {"echo": request.query, "variables": request.variables}}

    def is_subscription(self, request: GraphQLRequest) -> bool:
        return request.query.startswith("subscription")

    async def subscribe(self, request: GraphQLRequest) -> AsyncIterator[Answer]:
        if "refused" in request.query:
            yield {"errors": [{"message": "No such field."}]}
            return
        try:
            for number in range(3):
                yield {"data": {"number": number}}
            while "endless" in request.query:
                await asyncio.sleep(3600)
        finally:
            self.ended += 1


class Reply(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends requests to a server."""

    def __init__(self, port: int, timeout_seconds: float = 120.0) -> None:
        self.port = port
        self._timeout_seconds = timeout_seconds
        self.own_host = f"127.0.0.1:{port}"

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, **json_body: Any
    ) -> Reply:
        told = {"Host": self.own_host, **(headers or {})}
        if json_body:
            body = json.dumps(json_body).encode()
            told.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self._timeout_seconds)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in told.items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in told:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answered = connection.getresponse()
            return Reply(answered.status, {name.lower(): value for name, value in answered.getheaders()}, answered.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, query: str, headers: dict[str, str] | None = None) -> Reply:
        return self.send("POST", "/graphql", headers=headers, query=query)


@contextmanager
def serving(instance: DagsterInstance, answering: Any = None, *, static: str = "", **settings: Any) -> Iterator[Client]:
    """A server on a free port for as long as the block lasts."""
    wanted = WebSettings(port=0, **settings)
    with WebServer(application(answering or Echo(), instance, wanted, static=static), wanted) as server:
        yield Client(server.port)
