"""The two protocols that carry GraphQL over a websocket: the words they use, and the codes by which they hang up.

Source: `graphql-transport-ws` is PROTOCOL.md of the library graphql-ws; `graphql-ws` is that of its predecessor
subscriptions-transport-ws, which older clients speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dagster_webserver.answering import Answer


class SocketProtocol(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a protocol.

    Attributes:
        name: as the subprotocol of the websocket.
        start, stop: what a client says to begin and to end an operation.
        data: what carries an answer.
        hangs_up: whether a client that does not keep to the protocol is hung up on; otherwise it is told.
    """

    name: str
    start: str
    stop: str
    data: str
    hangs_up: bool


TRANSPORT = SocketProtocol(name="graphql-transport-ws", start="subscribe", stop="complete", data="next", hangs_up=True)
LEGACY = SocketProtocol(name="graphql-ws", start="start", stop="stop", data="data", hangs_up=False)

BAD_REQUEST = 4400
UNAUTHORIZED = 4401
INIT_TIMEOUT = 4408
SUBSCRIBER_EXISTS = 4409
TOO_MANY = 4429
SUBPROTOCOL_UNKNOWN = 4406


def chosen(offered: Sequence[str]) -> SocketProtocol | None:
    """The protocol to speak with a client: the newer one if it offers both."""
    return next((protocol for protocol in (TRANSPORT, LEGACY) if protocol.name in offered), None)


def answer_message(protocol: SocketProtocol, operation: str, answer: Answer) -> dict[str, Any]:
    """What carries an answer of an operation."""
    return {"id": operation, "type": protocol.data, "payload": answer}


def refusal_message(protocol: SocketProtocol, operation: str, answer: Answer) -> dict[str, Any]:
    """What says that an operation was not executed. The newer protocol gives all errors, the older one the first."""
    found: Any = answer["errors"]
    return {"id": operation, "type": "error", "payload": found if protocol is TRANSPORT else found[0]}


def complete_message(operation: str) -> dict[str, Any]:
    """What says that an operation has ended."""
    return {"id": operation, "type": "complete"}
