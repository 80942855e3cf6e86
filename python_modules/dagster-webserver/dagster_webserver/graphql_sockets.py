"""GraphQL over websockets: any number of operations over one connection, each answered as often as there is something new."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from dagster_webserver.answering import Answering, GraphQLRequest, RequestError, errors, is_refused, request_from
from dagster_webserver.socket_protocols import (
    BAD_REQUEST,
    INIT_TIMEOUT,
    LEGACY,
    SUBPROTOCOL_UNKNOWN,
    SUBSCRIBER_EXISTS,
    TOO_MANY,
    UNAUTHORIZED,
    SocketProtocol,
    answer_message,
    chosen,
    complete_message,
    refusal_message,
)

INIT_SECONDS = 10.0
MAX_OPERATIONS = 100
"""Of one connection at a time."""

_logger = logging.getLogger(__name__)


class GraphQLSockets:
    """Answers websockets on `/graphql`.

    Args:
        answering: what answers.
        init_seconds: how long a client may take to say its first word.
    """

    def __init__(self, answering: Answering, *, init_seconds: float = INIT_SECONDS) -> None:
        self._answering = answering
        self._init_seconds = init_seconds

    async def __call__(self, socket: WebSocket) -> None:
        """Serve a connection until it ends."""
        protocol = chosen(socket.scope.get("subprotocols", []))
        if protocol is None:
            await socket.accept()
            await socket.close(SUBPROTOCOL_UNKNOWN, "Speak graphql-transport-ws or graphql-ws.")
            return
        await socket.accept(subprotocol=protocol.name)
        connection = _Connection(socket, protocol, self._answering)
        try:
            await connection.serve(self._init_seconds)
        except (WebSocketDisconnect, RuntimeError):
            # The client is gone; Starlette says so as a RuntimeError where it went between two messages of ours.
            pass
        finally:
            await connection.end()


class _HangUp(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class _Connection:
    """One client: what it has said, and its operations, each a task."""

    def __init__(self, socket: WebSocket, protocol: SocketProtocol, answering: Answering) -> None:
        self._socket = socket
        self._protocol = protocol
        self._answering = answering
        self._is_acknowledged = False
        self._operations: dict[str, asyncio.Task[None]] = {}

    async def serve(self, init_seconds: float) -> None:
        try:
            try:
                first = await asyncio.wait_for(self._next(), init_seconds)
            except asyncio.TimeoutError as late:
                raise _HangUp(INIT_TIMEOUT, "Connection initialisation timeout") from late
            await self._hear(first)
            while True:
                await self._hear(await self._next())
        except _HangUp as told:
            if self._socket.application_state is WebSocketState.CONNECTED:
                await self._socket.close(told.code, str(told))

    async def end(self) -> None:
        """End all operations and wait until they have."""
        tasks = list(self._operations.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _next(self) -> dict[str, Any]:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        try:
            said = msgspec.json.decode(text if text is not None else message.get("bytes") or b"")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as refused:
            raise _HangUp(BAD_REQUEST, "A message is a JSON object") from refused
        if not isinstance(said, dict):
            raise _HangUp(BAD_REQUEST, "A message is a JSON object")
        found: dict[str, Any] = said  # pyright: ignore[reportUnknownVariableType] - keys of JSON objects are strings
        return found

    async def _hear(self, said: dict[str, Any]) -> None:
        kind = said.get("type")
        if kind == "connection_init":
            await self._acknowledge()
        elif kind == "ping":
            await self._say({"type": "pong"})
        elif kind == "pong":
            pass
        elif kind == "connection_terminate" and self._protocol is LEGACY:
            raise _HangUp(1000, "Bye")
        elif kind == self._protocol.start:
            await self._start(said)
        elif kind == self._protocol.stop:
            await self._stop(said)
        else:
            raise _HangUp(BAD_REQUEST, f"Unknown type of message: {str(kind)[:40]}")

    async def _acknowledge(self) -> None:
        if self._is_acknowledged and self._protocol.hangs_up:
            raise _HangUp(TOO_MANY, "Too many initialisation requests")
        self._is_acknowledged = True
        await self._say({"type": "connection_ack"})

    async def _start(self, said: dict[str, Any]) -> None:
        operation = said.get("id")
        if not isinstance(operation, str) or not operation:
            raise _HangUp(BAD_REQUEST, "An operation needs an id")
        if not self._is_acknowledged and self._protocol.hangs_up:
            raise _HangUp(UNAUTHORIZED, "Unauthorized")
        if operation in self._operations:
            raise _HangUp(SUBSCRIBER_EXISTS, f"Subscriber for {operation[:80]} already exists")
        if len(self._operations) >= MAX_OPERATIONS:
            refused = errors(f"A connection carries {MAX_OPERATIONS} operations at a time.")
            await self._say(refusal_message(self._protocol, operation, refused))
            return
        try:
            request = request_from(said.get("payload"))
        except RequestError as refused:
            if self._protocol.hangs_up:
                raise _HangUp(BAD_REQUEST, str(refused)[:120]) from refused
            await self._say(refusal_message(self._protocol, operation, errors(str(refused))))
            return
        self._operations[operation] = asyncio.create_task(self._operate(operation, request))

    async def _stop(self, said: dict[str, Any]) -> None:
        task = self._operations.pop(str(said.get("id")), None)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if self._protocol is LEGACY:
                await self._say(complete_message(str(said["id"])))

    async def _operate(self, operation: str, request: GraphQLRequest) -> None:
        """Answer one operation until nothing more comes."""
        try:
            is_executed = await self._answer(operation, request)
        except (WebSocketDisconnect, RuntimeError) as gone:
            _logger.debug("A websocket was closed while an operation went on: %s", gone)
            return
        self._operations.pop(operation, None)
        if is_executed:
            await self._say(complete_message(operation))

    async def _answer(self, operation: str, request: GraphQLRequest) -> bool:
        """Send the answers; says whether the operation was executed at all."""
        if not await run_in_threadpool(self._answering.is_subscription, request):
            answer = await run_in_threadpool(self._answering.answer, request, self._socket.headers)
            if is_refused(answer):
                await self._say(refusal_message(self._protocol, operation, answer))
                return False
            await self._say(answer_message(self._protocol, operation, answer))
            return True
        answers = self._answering.subscribe(request)
        is_first = True
        try:
            async for answer in answers:
                if is_first and is_refused(answer):
                    await self._say(refusal_message(self._protocol, operation, answer))
                    return False
                is_first = False
                await self._say(answer_message(self._protocol, operation, answer))
        finally:
            close = getattr(answers, "aclose", None)
            if close is not None:
                await close()
        return True

    async def _say(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(msgspec.json.encode(message).decode())
