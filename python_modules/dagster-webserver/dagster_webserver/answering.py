"""What the server asks of GraphQL, and how a request reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol, TypeAlias

import msgspec

Answer: TypeAlias = Mapping[str, Any]
"""As it goes out: `data`, `errors`, or both. Without `data` nothing was executed."""

MAX_QUERY_CHARACTERS = 200_000


class GraphQLRequest(msgspec.Struct, frozen=True, rename="camel"):
    """A request as GraphQL over HTTP and both protocols over websockets carry it.

    Attributes:
        query: the document.
        variables: by name.
        operation_name: which operation of the document is meant, where there are several.
    """

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


class Answering(Protocol):
    """What answers requests."""

    def answer(self, request: GraphQLRequest, headers: Mapping[str, str]) -> Answer:
        """The answer to a query or mutation; called in a thread, and never raises for what a caller sent.

        Args:
            request: what is asked.
            headers: with which it came, or its websocket was opened.
        """
        ...

    def is_subscription(self, request: GraphQLRequest) -> bool:
        """Whether a request asks for more than one answer."""
        ...

    def subscribe(self, request: GraphQLRequest) -> AsyncIterator[Answer]:
        """The answers to a subscription, one after another; closing the iterator ends it."""
        ...


class RequestError(ValueError):
    """A request that cannot be read; the message says why."""


def request_of(body: bytes) -> GraphQLRequest:
    """The request that a body holds.

    Raises:
        RequestError: it holds none.
    """
    try:
        return _checked(msgspec.json.decode(body, type=GraphQLRequest))
    except msgspec.ValidationError as refused:
        raise RequestError(f"This is no GraphQL request: {refused}.") from refused
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as refused:
        raise RequestError(f"The body cannot be read as JSON: {_first_line(refused)}.") from refused


def request_from(payload: object) -> GraphQLRequest:
    """The request in a message of a websocket.

    Raises:
        RequestError: it holds none.
    """
    try:
        return _checked(msgspec.convert(payload, GraphQLRequest))
    except (msgspec.ValidationError, RecursionError) as refused:
        raise RequestError(f"This is no GraphQL request: {_first_line(refused)}.") from refused


def _checked(request: GraphQLRequest) -> GraphQLRequest:
    if len(request.query) > MAX_QUERY_CHARACTERS:
        raise RequestError(f"The document has {len(request.query)} characters; {MAX_QUERY_CHARACTERS} are allowed.")
    return request


def errors(*sentences: str) -> Answer:
    """An answer that says why nothing was executed."""
    return {"errors": [{"message": sentence} for sentence in sentences]}


def is_refused(answer: Answer) -> bool:
    """Whether nothing was executed."""
    return "data" not in answer


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
