"""`dagster-webserver`: the web server alone, without the loops that act."""

from __future__ import annotations

import threading

import click

from dagster.cli.environments import take_environment
from dagster.cli.instances import instance_of_home
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.refusals import Refused
from dagster.cli.serving import log_level, served_locations, stopping, tell_on_stderr
from dagster.cli.web import WebOptions, options_of_before, settings_without_short_help, web_options
from dagster_webserver.servers import AddressTakenError
from dagster_webserver.serving import settings_from, web_server
from dagster_webserver.version import __version__


@click.command(context_settings=settings_without_short_help(auto_envvar_prefix="DAGSTER_WEBSERVER"))
@web_options
@click.option("-l", "--path-prefix", default="", metavar="PATH", help="What stands before each path, e.g. /dagster.")
@click.option("--read-only", is_flag=True, help="Refuse everything that changes something.")
@options_of_before
@click.option("--empty-workspace", is_flag=True, help="Serve no code: only what is stored.")
@log_level
@code_options
@click.version_option(__version__, prog_name="dagster-webserver")
def webserver(
    code: CodeOptions, web: WebOptions, path_prefix: str, read_only: bool, empty_workspace: bool, log_level: str
) -> None:
    """Show a project and its history in the browser, and answer GraphQL, until this process is ended.

    Schedules, sensors and the queue are worked by `dagster-daemon run`; `dagster dev` does both.
    """
    tell_on_stderr(log_level)
    settings = settings_from(
        host=web.host,
        port=web.port,
        path_prefix=path_prefix,
        is_read_only=read_only,
        allowed_hosts=web.allowed_hosts,
        allowed_origins=web.allowed_origins,
        token=web.token,
        is_insecure=web.insecure,
    )
    targets = [] if empty_workspace else code.targets()
    stop = threading.Event()
    with instance_of_home() as instance, served_locations(targets, instance) as locations:
        try:
            server = web_server(instance, locations, settings)
        except AddressTakenError as taken:
            raise Refused([str(taken)]) from taken
        with stopping(lambda _number: stop.set()), server:
            locations.start()
            click.echo(f"Serving {settings.url(server.port)}", err=True)
            stop.wait()


def main() -> None:
    """The command `dagster-webserver`."""
    take_environment()
    webserver(prog_name="dagster-webserver")
