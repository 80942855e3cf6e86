"""Options that give run config."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from dagster.cli.loading import refusals

F = TypeVar("F", bound=Callable[..., Any])


def config_options(command: F) -> F:
    """Adds `--config` and `--config-json`; the command gets them as `config_files` and `config_json`."""
    help_of_files = "Run config in YAML; a file or a pattern. Several are merged."
    files = click.option("-c", "--config", "config_files", multiple=True, metavar="FILE", help=help_of_files)
    return files(click.option("--config-json", metavar="JSON", help="Run config as JSON.")(command))


def run_config_of(files: tuple[str, ...], json_text: str | None) -> Any:
    """Run config of the options; None without any.

    Raises:
        click.UsageError: both are given, or one cannot be read.
    """
    if files and json_text is not None:
        raise click.UsageError("--config and --config-json exclude each other.")
    if json_text is not None:
        try:
            return json.loads(json_text)
        except ValueError as refused:
            raise click.BadParameter(f"it is no JSON: {refused}", param_hint="--config-json") from refused
    if files:
        from dagster.config.files import config_from_files

        with refusals():
            return config_from_files(files)
    return None
