"""Options that several commands share: which code they are about."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click
import msgspec

from dagster.cli.refusals import Refused
from dagster.errors import DagsterCodeLocationError
from dagster.workspace.complaints import complaint
from dagster.workspace.finding import named_targets, targets_of_directory
from dagster.workspace.targets import CodeTarget
from dagster.workspace.workspace_files import targets_of_workspace_file

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}

F = TypeVar("F", bound=Callable[..., Any])


class CodeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Which code a command is about, as its options say it."""

    python_file: tuple[str, ...] = ()
    module_name: tuple[str, ...] = ()
    package_name: str | None = None
    autoload_defs_module_name: str | None = None
    attribute: str | None = None
    working_directory: str | None = None
    workspace: tuple[str, ...] = ()
    empty_workspace: bool = False

    def targets(self) -> list[CodeTarget]:
        """The code that is meant; without any option that of the project in the current directory.

        Raises:
            click.UsageError: options that exclude each other.
            Refused: the files of the project do not say where code is.
        """
        if self.empty_workspace:
            return []
        given = [name for name in _FLAGS if getattr(self, name)]
        if len(given) > 1:
            first, second = (_FLAGS[name] for name in given[:2])
            raise click.UsageError(f"{first} and {second} exclude each other: name the code in one way.")
        if self.workspace or not given:
            return self._of_files()
        if self.python_file:
            return self._named("python_file", self.python_file)
        if self.module_name:
            return self._named("python_module", self.module_name)
        if self.autoload_defs_module_name:
            return self._named("autoload_defs_module", (self.autoload_defs_module_name,))
        return self._named("python_package", (self.package_name or "",))

    def _named(self, source: Any, names: tuple[str, ...]) -> list[CodeTarget]:
        return named_targets(source, names, attribute=self.attribute, working_directory=self.working_directory)

    def _of_files(self) -> list[CodeTarget]:
        try:
            if self.workspace:
                return [target for path in self.workspace for target in targets_of_workspace_file(path)]
            return targets_of_directory(self.working_directory or os.curdir)
        except DagsterCodeLocationError as refused:
            if not refused.place:
                raise click.UsageError(str(refused)) from refused
            raise Refused(complaint(refused).lines()) from refused


_FLAGS = {
    "python_file": "-f",
    "module_name": "-m",
    "package_name": "--package-name",
    "autoload_defs_module_name": "--autoload-defs-module-name",
    "workspace": "-w",
}
"""The options that name code, by the attributes of `CodeOptions`."""


def _refuse_server(_context: click.Context, option: click.Parameter, value: object) -> None:
    """There are no servers of code of the kind that these options of before name."""
    if value:
        raise click.UsageError(
            f"{option.opts[0]} names a server of code, and code is loaded here by its name: -f FILE, -m MODULE or -w WORKSPACE."
        )


_SERVER_OPTIONS: dict[str, Any] = {"--grpc-host": str, "--grpc-port": int, "--grpc-socket": str, "--use-ssl": bool}


def code_options(command: F) -> F:
    """Adds the options that name code; the command gets them as one `CodeOptions` in its argument `code`."""

    @wraps(command)
    def with_code(**options: Any) -> Any:
        code = CodeOptions(**{name: options.pop(name) for name in CodeOptions.__struct_fields__ if name in options})
        return command(code=code, **options)

    for name, kind in _SERVER_OPTIONS.items():
        with_code = click.option(name, type=kind, is_flag=kind is bool, hidden=True, expose_value=False, callback=_refuse_server)(
            with_code
        )
    for decorate in reversed(_CODE_OPTIONS):
        with_code = decorate(with_code)
    return with_code  # pyright: ignore[reportReturnType] - the options have taken the place of `code`


_CODE_OPTIONS = (
    click.option(
        "-f",
        "--python-file",
        multiple=True,
        envvar="DAGSTER_PYTHON_FILE",
        metavar="FILE",
        help="A file with the code. Several: -f a.py -f b.py.",
    ),
    click.option(
        "-m", "--module-name", multiple=True, envvar="DAGSTER_MODULE_NAME", metavar="MODULE", help="A module with the code."
    ),
    click.option("--package-name", envvar="DAGSTER_PACKAGE_NAME", metavar="PACKAGE", help="A package with the code."),
    click.option(
        "--autoload-defs-module-name", metavar="MODULE", help="A package in which every module and component is looked up."
    ),
    click.option(
        "-a",
        "--attribute",
        envvar="DAGSTER_ATTRIBUTE",
        metavar="NAME",
        help="The Definitions object in it, or a function that returns one.",
    ),
    click.option(
        "-d",
        "--working-directory",
        envvar="DAGSTER_WORKING_DIRECTORY",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="Where local modules are looked up.",
    ),
    click.option("-w", "--workspace", multiple=True, metavar="FILE", help="A workspace file that names the code."),
)


empty_workspace = click.option("--empty-workspace", is_flag=True, help="Serve no code: only what is stored.")
"""An option of commands that can do without code; it stands above `code_options`."""


def config_options(command: F) -> F:
    """Adds the options that give run config; the command gets them as `config_files` and `config_json`."""
    help_of_files = "Run config in YAML; a file or a pattern. Several are merged."
    files = click.option("-c", "--config", "config_files", multiple=True, metavar="FILE", help=help_of_files)
    return files(click.option("--config-json", metavar="JSON", help="Run config as JSON.")(command))


def input_options(command: F) -> F:
    """Adds the option that gives values of a job's parameters; the command gets them as `inputs`."""
    help_of_inputs = "A value of a parameter of the job's function, as JSON or as text: -i limit=3. Several are possible."
    return click.option("-i", "--input", "inputs", multiple=True, metavar="NAME=VALUE", help=help_of_inputs)(command)


def with_inputs(run_config: Any, inputs: tuple[str, ...]) -> Any:
    """Run config with the values of `--input` over its own."""
    if not inputs:
        return run_config
    from dagster.config.run_config import merged

    return merged(run_config or {}, {"inputs": dict(_name_and_value(each) for each in inputs)})


def _name_and_value(text: str) -> tuple[str, Any]:
    import json

    name, found, value = text.partition("=")
    if not found or not name:
        raise click.BadParameter(f'"{text}" has no name: write NAME=VALUE.', param_hint="--input")
    try:
        return name.strip(), json.loads(value)
    except ValueError:
        return name.strip(), value


def run_config_of(files: tuple[str, ...], json_text: str | None) -> Any:
    """Run config of the options; None without any."""
    if files and json_text is not None:
        raise click.UsageError("--config and --config-json exclude each other.")
    if json_text is not None:
        import json

        try:
            return json.loads(json_text)
        except ValueError as refused:
            raise click.BadParameter(f"it is no JSON: {refused}", param_hint="--config-json") from refused
    if files:
        from dagster.cli.loading import refusals
        from dagster.config.files import config_from_files

        with refusals():
            return config_from_files(files)
    return None


def tags_of(text: str | None) -> dict[str, Any]:
    """Tags that were written as JSON; none where nothing was."""
    import json

    try:
        tags: object = json.loads(text) if text else {}
    except ValueError as refused:
        raise click.BadParameter(f"it is no JSON: {refused}", param_hint="--tags") from refused
    if not isinstance(tags, dict):
        raise click.BadParameter("it is no JSON object of tags", param_hint="--tags")
    return cast("dict[str, Any]", tags)
