"""`dagster-graphql`: one document, executed on the code that is named, or sent to a server."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import IO, Any, cast

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.environments import take_environment
from dagster.cli.instances import instance_of_home
from dagster.cli.options import CodeOptions, code_options, empty_workspace
from dagster.cli.refusals import Refused
from dagster.cli.serving import served_locations
from dagster.daemon.served import ServedLocations
from dagster.instance.instance import DagsterInstance
from dagster.workspace.code_locations import LOAD_SECONDS
from dagster.workspace.targets import CodeTarget
from dagster_graphql.client.documents import LAUNCH
from dagster_graphql.version import __version__

PREDEFINED: Mapping[str, str] = {"launchPipelineExecution": LAUNCH, "launchRun": LAUNCH}
"""Documents by the names under which `-p` takes them."""

_LOOK_SECONDS = 0.02


@click.command(context_settings=SETTINGS)
@click.option("-t", "--text", metavar="DOCUMENT", help="The document.")
@click.option("--file", "document_file", type=click.File("r"), metavar="FILE", help="A file with the document.")
@click.option("-p", "--predefined", type=click.Choice(sorted(PREDEFINED)), help="A document by its name.")
@click.option("-v", "--variables", metavar="JSON", help="Variables of the document, as a JSON object.")
@click.option("-r", "--remote", metavar="URL", help="A web server that is to execute it, e.g. http://localhost:3000.")
@click.option("-o", "--output", type=click.File("w"), metavar="FILE", help="Where the answer goes; without: to stdout.")
@click.option("--ephemeral-instance", is_flag=True, help="Remember nothing: use an instance that is gone afterwards.")
@empty_workspace
@code_options
@click.version_option(__version__, prog_name="dagster-graphql")
def graphql(
    code: CodeOptions,
    text: str | None,
    document_file: IO[str] | None,
    predefined: str | None,
    variables: str | None,
    remote: str | None,
    output: IO[str] | None,
    ephemeral_instance: bool,
) -> None:
    """Execute a GraphQL document and print the answer as JSON.

    \b
    dagster-graphql -f sales.py -t '{ version }'
    dagster-graphql -r http://localhost:3000 --file runs.graphql -v '{"limit": 5}'
    """
    document = _document(text, document_file, predefined)
    given = _variables(variables)
    if remote is not None:
        answer = _sent(remote, document, given)
    else:
        targets = code.targets()
        with DagsterInstance.local_temp() if ephemeral_instance else instance_of_home() as instance:
            answer = _executed(instance, targets, document, given)
    click.echo(json.dumps(answer), file=output)


def _document(text: str | None, file: IO[str] | None, predefined: str | None) -> str:
    given = [each for each in (text, file.read() if file is not None else None, PREDEFINED.get(predefined or "")) if each]
    if len(given) != 1:
        raise click.UsageError("Give one document: --text, --file, or --predefined.")
    return given[0]


def _variables(text: str | None) -> dict[str, Any]:
    try:
        variables: object = json.loads(text) if text else {}
    except ValueError as refused:
        raise click.BadParameter(f"it is no JSON: {refused}", param_hint="--variables") from refused
    if not isinstance(variables, dict):
        raise click.BadParameter("it is no JSON object", param_hint="--variables")
    return cast("dict[str, Any]", variables)


def _sent(remote: str, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """What a server answers."""
    from dagster_graphql.client.outcomes import DagsterGraphQLClientError
    from dagster_graphql.client.transports import HttpTransport

    base = remote.rstrip("/")
    url = base if base.endswith("/graphql") else f"{base}/graphql"
    try:
        return {"data": HttpTransport(url, 300.0).execute(document, variables)}
    except DagsterGraphQLClientError as refused:
        raise Refused([str(refused)]) from refused


def _executed(
    instance: DagsterInstance, targets: list[CodeTarget], document: str, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """What is answered here: the code is loaded in processes of its own, which end when nothing that they started goes on."""
    from dagster_graphql.operations import Api

    with served_locations(targets, instance) as locations:
        locations.start()
        _wait_until_loaded(locations)
        return Api(instance, locations).execute(document, variables).as_json()


def _wait_until_loaded(locations: ServedLocations) -> None:
    """Wait until each location has loaded its code, well or not."""
    deadline = time.monotonic() + LOAD_SECONDS
    while any(state.is_loading or not state.loads for state in locations.states):
        if time.monotonic() > deadline:
            raise Refused([f"The code was not loaded in {LOAD_SECONDS:.0f} seconds."])
        time.sleep(_LOOK_SECONDS)


def main() -> None:
    """The command `dagster-graphql`."""
    take_environment()
    graphql(prog_name="dagster-graphql")
