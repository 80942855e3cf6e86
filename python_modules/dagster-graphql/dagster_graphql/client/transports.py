"""Sending documents to a server: over HTTP by the standard library alone, or by a transport that is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from dagster_graphql.client.outcomes import DagsterGraphQLClientError


class Transport(Protocol):
    """Sends a document and gives the data that came back."""

    def execute(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of an operation.

        Raises:
            DagsterGraphQLClientError: the server could not be asked, or refused the document.
        """
        ...


class HttpTransport:
    """Sends documents by POST.

    Args:
        url: of the server's `/graphql`.
        timeout_seconds: how long an answer may take.
        headers: sent with each document.
        auth: user and password, or a function that is given the request and adds to it.
    """

    def __init__(
        self,
        url: str,
        timeout_seconds: float,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | Callable[[Any], Any] | None = None,
    ) -> None:
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._headers = {"Content-Type": "application/json", **(headers or {})}
        self._auth = auth

    def execute(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """See `Transport`."""
        from urllib.error import HTTPError, URLError
        from urllib.request import Request, urlopen

        body = json.dumps({"query": document, "variables": dict(variables)}).encode()
        request = Request(self._url, data=body, headers=self._headers)
        self._authorize(request)
        try:
            with urlopen(request, timeout=self._timeout_seconds) as response:
                answer: object = json.load(response)
        except HTTPError as refused:
            answer = _refusal(refused.read(), refused.code, refused.reason)
        except (URLError, OSError, ValueError) as failed:
            raise DagsterGraphQLClientError(
                f"Error when connecting to url {self._url}. Did you specify hostname: the host and port that the web server "
                f"prints? {failed}"
            ) from failed
        return data_of(answer, document, variables)

    def _authorize(self, request: Any) -> None:
        if callable(self._auth):
            self._auth(request)
        elif self._auth is not None:
            from base64 import b64encode

            request.add_header("Authorization", f"Basic {b64encode(':'.join(self._auth).encode()).decode()}")


def _refusal(body: bytes, status: int, reason: str) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return {"errors": [{"message": f"{status} {reason}"}]}


def data_of(answer: object, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an answer.

    Raises:
        DagsterGraphQLClientError: there is none, or not all of it.
    """
    told = cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
    if told.get("errors") or not isinstance(told.get("data"), dict):
        messages = "; ".join(str(error.get("message")) for error in told.get("errors") or ())
        raise DagsterGraphQLClientError(
            f"Exception occured during execution of query \n{document}\n with variables \n{dict(variables)}\n{messages}"
        )
    return told["data"]


class GqlTransport:
    """Sends documents by a transport of the library `gql`, which is asked for by whoever gives one."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    def execute(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """See `Transport`."""
        gql: Any = import_module("gql")  # brought by who gives its transport
        client: Any = gql.Client(transport=self._transport, fetch_schema_from_transport=False)
        request: Any = gql.gql(document)
        if hasattr(request, "variable_values"):
            request.variable_values = dict(variables)
            return client.execute(request)
        return client.execute(request, variable_values=dict(variables))


def transport_of(given: Any) -> Transport:
    """The transport that a caller gives, in our form."""
    return GqlTransport(given) if type(given).__module__.partition(".")[0] == "gql" else given
