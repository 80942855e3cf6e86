"""The web server over an instance and its code locations: beside the loops of `dagster dev`, and alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from dagster.instance.instance import DagsterInstance
from dagster_graphql.contexts import Access
from dagster_graphql.locations import CodeLocations
from dagster_graphql.operations import Api
from dagster_webserver.answering import Answer, GraphQLRequest
from dagster_webserver.applications import application
from dagster_webserver.servers import AddressTakenError, WebServer
from dagster_webserver.settings import DEFAULT_HOST, DEFAULT_PORT, WebSettings, prefix_of, token_for

_PORTS_TRIED = 20


class ApiAnswering:
    """The port `Answering` over the API.

    Args:
        api: what executes.
    """

    def __init__(self, api: Api) -> None:
        self._api = api

    def answer(self, request: GraphQLRequest, headers: Mapping[str, str]) -> Answer:
        """See `Answering`."""
        context = self._api.context(headers=headers)
        return self._api.execute(request.query, request.variables, request.operation_name, context).as_json()

    def is_subscription(self, request: GraphQLRequest) -> bool:
        """See `Answering`."""
        return self._api.is_subscription(request.query, request.operation_name)

    async def subscribe(self, request: GraphQLRequest) -> AsyncIterator[Answer]:
        """See `Answering`."""
        answers = self._api.subscribe(request.query, request.variables, request.operation_name)
        try:
            async for answer in answers:
                yield answer.as_json()
        finally:
            await answers.aclose()


def settings_from(
    *,
    host: str | None = None,
    port: int | None = None,
    path_prefix: str = "",
    is_read_only: bool = False,
    allowed_hosts: tuple[str, ...] = (),
    allowed_origins: tuple[str, ...] = (),
    token: str | None = None,
    is_insecure: bool = False,
) -> WebSettings:
    """The settings of a server, as options give them; a public address gets a token.

    Args:
        host, port: where it listens; loopback and 3000 where they are left out.
        path_prefix: in any form.
        is_read_only: whether it refuses to change anything.
        allowed_hosts, allowed_origins: further names and pages.
        token: what a caller must know.
        is_insecure: whether a public address without token is wanted.
    """
    address = host or DEFAULT_HOST
    return WebSettings(
        host=address,
        port=DEFAULT_PORT if port is None else port,
        path_prefix=prefix_of(path_prefix),
        is_read_only=is_read_only,
        allowed_hosts=allowed_hosts,
        allowed_origins=allowed_origins,
        token=token_for(address, token, is_insecure=is_insecure),
    )


def web_server(
    instance: DagsterInstance, locations: CodeLocations, settings: WebSettings, *, may_move: bool = False
) -> WebServer:
    """A server, which listens already and answers once it is entered.

    Args:
        instance: what it shows.
        locations: the code.
        settings: where it listens, and who may call.
        may_move: whether it takes a next port where its own is taken.

    Raises:
        AddressTakenError: the address cannot be had.
    """
    api = Api(instance, locations, access=Access(is_read_only=settings.is_read_only))
    app = application(ApiAnswering(api), instance, settings)
    for port in range(settings.port, settings.port + _PORTS_TRIED - 1) if may_move else ():
        try:
            return WebServer(app, settings.at(port))
        except AddressTakenError:
            continue
    return WebServer(app, settings.at(settings.port + _PORTS_TRIED - 1) if may_move else settings)
