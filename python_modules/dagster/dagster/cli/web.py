"""The web server as commands start it: its options, and the server beside a control plane. It is a distribution of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import click
import msgspec

from dagster.cli.commands import SETTINGS
from dagster.cli.refusals import Refused
from dagster.daemon.served import ServedLocations
from dagster.errors import DagsterError, DagsterImportError
from dagster.instance.instance import DagsterInstance
from dagster.libraries import optional_library

F = TypeVar("F", bound=Callable[..., Any])


class WebOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Where a web server listens and who may call it, as options say it."""

    host: str | None = None
    port: int | None = None
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    token: str | None = None
    insecure: bool = False


def web_options(command: F) -> F:
    """Adds the options of a web server; the command gets them as one `WebOptions` in its argument `web`."""

    @wraps(command)
    def with_web(**options: Any) -> Any:
        web = WebOptions(**{name: options.pop(name) for name in WebOptions.__struct_fields__})
        return command(web=web, **options)

    for decorate in reversed(_WEB_OPTIONS):
        with_web = decorate(with_web)
    return with_web  # pyright: ignore[reportReturnType] - the options have taken the place of `web`


_WEB_OPTIONS = (
    click.option(
        "-h", "--host", "--dagit-host", "host", metavar="ADDRESS", help="The address to listen on. [default: 127.0.0.1]"
    ),
    click.option(
        "-p", "--port", "--dagit-port", "port", type=click.IntRange(0, 65535), metavar="PORT", help="The port. [default: 3000]"
    ),
    click.option(
        "--allowed-host", "allowed_hosts", multiple=True, metavar="NAME", help="A further name by which it may be called."
    ),
    click.option("--allowed-origin", "allowed_origins", multiple=True, metavar="ORIGIN", help="A further page that may call it."),
    click.option(
        "--token",
        envvar="DAGSTER_WEBSERVER_TOKEN",
        metavar="TOKEN",
        help="What a caller must know. On a public address one is made where none is given.",
    ),
    click.option("--insecure", is_flag=True, help="Listen on a public address without a token."),
)


def settings_without_short_help(**further: Any) -> dict[str, Any]:
    """Settings of a command whose `-h` names a host."""
    return {**SETTINGS, "help_option_names": ["--help"], **further}


def options_of_before(command: F) -> F:
    """Adds options that have nothing to do here, so that command lines of before go on working."""
    for names, kind in _OF_BEFORE.items():
        command = click.option(*names.split(), type=kind, is_flag=kind is bool, hidden=True, expose_value=False)(command)
    return command


_OF_BEFORE: dict[str, Any] = {
    "--live-data-poll-rate": int,
    "--db-statement-timeout": int,
    "--db-pool-recycle": int,
    "--db-pool-max-overflow": int,
    "--code-server-log-level": str,
    "--uvicorn-log-level": str,
    "--dagster-log-level": str,
    "--log-format": str,
    "--suppress-warnings": bool,
    "-v --verbose": bool,
    "--use-legacy-code-server-behavior": bool,
}
"""The type of each, by its names.

Nothing is polled, no pool of connections is kept, and code is served by processes of the same command.
"""


@contextmanager
def web_pages(instance: DagsterInstance, locations: ServedLocations, options: WebOptions) -> Generator[str | None, None, None]:
    """The web server, in a thread of this process for as long as the block lasts; gives the address to open.

    None where the distribution is not installed.

    Raises:
        Refused: the address cannot be had.
    """
    try:
        serving = optional_library("dagster_webserver.serving", "Showing pages", "dagster-webserver")
    except DagsterImportError:
        yield None
        return
    settings = serving.settings_from(
        host=options.host,
        port=options.port,
        allowed_hosts=options.allowed_hosts,
        allowed_origins=options.allowed_origins,
        token=options.token,
        is_insecure=options.insecure,
    )
    try:
        server = serving.web_server(instance, locations, settings, may_move=options.port is None)
    except DagsterError as taken:
        raise Refused([str(taken)]) from taken
    with server:
        yield settings.url(server.port)
