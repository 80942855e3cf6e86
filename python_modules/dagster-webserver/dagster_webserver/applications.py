"""The application: which address is answered by what."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp

from dagster.instance.instance import DagsterInstance
from dagster_webserver.answering import Answering
from dagster_webserver.captured_logs import CapturedLogs
from dagster_webserver.graphql_http import GraphQLEndpoint
from dagster_webserver.graphql_sockets import GraphQLSockets
from dagster_webserver.guards import Guard
from dagster_webserver.pages import STATIC, Pages
from dagster_webserver.probes import Counted, Metrics, Readiness, health, server_info
from dagster_webserver.reports import Reports, check_evaluation, materialization, observation
from dagster_webserver.settings import WebSettings

_REPORTS = (
    ("/report_asset_materialization/", materialization),
    ("/report_asset_observation/", observation),
    ("/report_asset_check/", check_evaluation),
)


def application(answering: Answering, instance: DagsterInstance, settings: WebSettings, *, static: str = STATIC) -> ASGIApp:
    """The whole server as an ASGI application.

    Args:
        answering: what answers GraphQL.
        instance: whose files and database the other addresses read, and where reports are stored.
        settings: who may call.
        static: the folder of the built pages.
    """
    app = Starlette()
    counted = Counted(Guard(app, settings))
    graphql, pages = GraphQLEndpoint(answering), Pages(settings.path_prefix, static)

    async def ask(request: Request) -> Response:
        return await graphql(request)

    async def draw(request: Request) -> Response:
        return await pages(request)

    routes: list[BaseRoute] = [
        Route("/graphql", ask, methods=["POST"]),
        WebSocketRoute("/graphql", GraphQLSockets(answering).__call__),
        Route("/server_info", server_info),
        Route("/dagit_info", server_info),  # its name of before
        Route("/health", health),
        Route("/ready", Readiness(instance).__call__),
        Route("/metrics", Metrics(instance, counted).__call__),
        Route("/logs/{log_key:path}", CapturedLogs(instance).__call__),
        *_reports(instance, is_read_only=settings.is_read_only),
        Route("/{path:path}", draw),
    ]
    app.router.routes.extend([Mount(settings.path_prefix, routes=routes)] if settings.path_prefix else routes)
    return counted


def _reports(instance: DagsterInstance, *, is_read_only: bool) -> list[BaseRoute]:
    return [
        Route(
            f"{prefix}{{asset_key:path}}", Reports(instance, prefix, make, is_read_only=is_read_only).__call__, methods=["POST"]
        )
        for prefix, make in _REPORTS
    ]
