"""Loggers as they are declared: where the lines of a run go besides the run's own log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.define.functions import place_of, signature_of
from dagster.define.resources import is_decorated_function
from dagster.errors import CheckError, DagsterInvalidInvocationError, DagsterInvariantViolationError, ParameterCheckError

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field


class InitLoggerContext:
    """What the function of a logger gets.

    Args:
        logger_config: its config, checked and with defaults.
        logger_def: the definition.
        job_def: the job of the run.
        run_id: the run.

    Example:
        >>> import logging
        >>> @logger(config_schema={"level": str})
        ... def to_file(init_context: InitLoggerContext):
        ...     made = logging.getLogger("to_file")
        ...     made.setLevel(init_context.logger_config["level"])
        ...     return made
        >>> to_file(build_init_logger_context({"level": "ERROR"})).level
        40
    """

    __slots__ = ("_job_def", "_logger_config", "_logger_def", "_run_id")

    def __init__(
        self, logger_config: Any, logger_def: LoggerDefinition | None = None, job_def: Any = None, run_id: str | None = None
    ) -> None:
        self._logger_config = logger_config
        self._logger_def = logger_def
        self._job_def = job_def
        self._run_id = run_id

    @property
    def logger_config(self) -> Any:
        """The logger's config, checked and with defaults."""
        return self._logger_config

    @property
    def logger_def(self) -> LoggerDefinition:
        """The definition.

        Raises:
            DagsterInvariantViolationError: the context was made by `build_init_logger_context` and not given to a logger yet.
        """
        if self._logger_def is None:
            raise DagsterInvariantViolationError("This context was not given to a logger yet, so it has no logger_def.")
        return self._logger_def

    @property
    def job_def(self) -> Any:
        """The job of the run; None outside of runs."""
        return self._job_def

    @property
    def run_id(self) -> str | None:
        """The run; a name that stands for none outside of runs."""
        return self._run_id


LoggerFunction = Callable[[InitLoggerContext], logging.Logger]


class LoggerDefinition:
    """How a logger is made from config.

    Args:
        logger_fn: takes an `InitLoggerContext` and returns a `logging.Logger`.
        config_schema: the config that it takes.
        description: Markdown for people.

    Raises:
        ParameterCheckError: the function cannot be called.

    Example:
        >>> import logging
        >>> quiet = LoggerDefinition(lambda init_context: logging.getLogger("quiet"), description="For tests.")
        >>> quiet(build_init_logger_context()).name
        'quiet'
    """

    def __init__(self, logger_fn: LoggerFunction, config_schema: Any = None, description: str | None = None) -> None:
        if not callable(logger_fn):
            raise ParameterCheckError("logger_fn", logger_fn, "callable")
        self.logger_fn = logger_fn
        self.description = description
        self._raw_schema = config_schema

    @property
    def place(self) -> str:
        """File and line of its function."""
        return place_of(self.logger_fn)

    @property
    def config_schema(self) -> DefinitionSchema:
        """The config that it takes; anything, when nothing was declared."""
        from dagster.config.definition_schemas import definition_schema

        self._raw_schema = definition_schema(_console_schema() if self._raw_schema is _console_schema else self._raw_schema)
        return self._raw_schema

    @property
    def config_field(self) -> Field:
        """The schema of its `config:` entry."""
        return self.config_schema.as_field()

    def __call__(self, *args: Any, **kwargs: Any) -> logging.Logger:
        """Make the logger, as a test does, with the context that `build_init_logger_context` makes.

        Raises:
            DagsterInvalidInvocationError: the context is missing, or there is more than it.
            DagsterInvalidConfigError: its config does not fit.
        """
        given = [*args, *kwargs.values()]
        if not signature_of(self.logger_fn).names:
            raise DagsterInvalidInvocationError("Logger function takes no context, so it cannot be invoked with one.")
        if len(given) != 1:
            raise DagsterInvalidInvocationError(
                "Logger initialization function has context argument, but no context argument was provided when invoking."
                if not given
                else f"Logger initialization function takes one context. Got {len(given)} arguments."
            )
        context = given[0] or InitLoggerContext(None)
        if not isinstance(context, InitLoggerContext):
            raise CheckError(f"The context of a logger is an InitLoggerContext. Got {context!r} of type {type(context)}.")
        return self.logger_fn(self._bound(context))

    def _bound(self, context: InitLoggerContext) -> InitLoggerContext:
        from dagster.config.validation import process_field

        given = {} if context.logger_config is None else {"config": context.logger_config}
        processed = process_field(self.config_field, given, "Error in config for logger")
        return InitLoggerContext(self.config_schema.resolve(processed), self, context.job_def, context.run_id)

    def configured(self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None) -> LoggerDefinition:
        """The same logger with its config decided, wholly or by a function of other config.

        Args:
            config_or_config_fn: the config, or a function from config to it.
            config_schema: what the function takes.
            description: without: that of this logger.
        """
        from dagster.config.definition_schemas import configured_schema

        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, owner="logger")
        return self.copy_for_configured(description, schema)

    def copy_for_configured(self, description: str | None, config_schema: Any) -> LoggerDefinition:
        """The same logger with another description and schema."""
        return LoggerDefinition(self.logger_fn, config_schema, description or self.description)


def logger(config_schema: Any = None, description: str | None = None) -> Any:
    """Make the definition of a logger out of the function that gives it.

    Args:
        config_schema: the config that it takes.
        description: Markdown for people.

    Example:
        >>> import logging
        >>> @logger
        ... def plain(init_context):
        ...     return logging.getLogger("plain")
        >>> plain(build_init_logger_context()).name
        'plain'
    """
    if is_decorated_function(config_schema):
        return LoggerDefinition(config_schema)

    def decorate(function: LoggerFunction) -> LoggerDefinition:
        return LoggerDefinition(function, config_schema, description)

    return decorate


_NO_RUN_ID = "__EPHEMERAL_RUN_ID"


def build_init_logger_context(logger_config: Any = None, job_def: Any = None) -> InitLoggerContext:
    """The context for making a logger directly.

    Args:
        logger_config: its config.
        job_def: the job of the run.

    Example:
        >>> build_init_logger_context({"level": "INFO"}).logger_config
        {'level': 'INFO'}
    """
    return InitLoggerContext(logger_config, job_def=job_def, run_id=_NO_RUN_ID)


def checked_loggers(given: Mapping[str, Any] | None) -> dict[str, LoggerDefinition]:
    """The loggers of a project, by key.

    Raises:
        CheckError: something among them is no logger.
    """
    for key, value in (given or {}).items():
        if not isinstance(value, LoggerDefinition):
            raise CheckError(f"Value in Mapping mismatches expected type for logger '{key}': {value!r} is no LoggerDefinition.")
    return dict(given or {})


def _console_schema() -> dict[str, Any]:
    from dagster.config.fields import Field

    return {
        "log_level": Field(str, is_required=False, default_value="INFO", description="Lines below it are left out."),
        "name": Field(str, is_required=False, default_value="dagster", description="The name of the logger."),
    }


def _console(init_context: InitLoggerContext, formatter: logging.Formatter) -> logging.Logger:
    """A logger of its own with one handler on stderr; the standard library's of the same name is left as it is."""
    config = init_context.logger_config
    made = logging.Logger(config["name"], level=config["log_level"].upper())
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    made.addHandler(handler)
    return made


_COLORS = {logging.WARNING: "\033[33m", logging.ERROR: "\033[31m", logging.CRITICAL: "\033[31m"}


class ColoredFormatter(logging.Formatter):
    """Lines for people; the level in colour where stderr is a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s - %(name)s - %(levelname)s - %(message)s", "%Y-%m-%d %H:%M:%S %z")

    def format(self, record: logging.LogRecord) -> str:
        import sys

        line = super().format(record)
        color = _COLORS.get(record.levelno, "\033[34m")
        return line.replace(record.levelname, f"{color}{record.levelname}\033[0m", 1) if sys.stderr.isatty() else line


class JsonFormatter(logging.Formatter):
    """Lines for machines: the attributes of a record as one JSON object, keys in order; its event stands in `dagster_meta`."""

    def format(self, record: logging.LogRecord) -> str:
        import json

        entry = {**vars(record), "exc_info": None}
        entry.pop("dagster_event", None)
        if record.exc_info:
            entry["exc_text"] = self.formatException(record.exc_info)
        return json.dumps(entry, sort_keys=True, default=_as_builtins)


def _as_builtins(value: object) -> object:
    """Values such as an event with their fields; anything else as its text."""
    return msgspec.to_builtins(value, enc_hook=str, str_keys=True) if isinstance(value, msgspec.Struct) else str(value)


def _colored_console(init_context: InitLoggerContext) -> logging.Logger:
    return _console(init_context, ColoredFormatter())


def _json_console(init_context: InitLoggerContext) -> logging.Logger:
    return _console(init_context, JsonFormatter())


colored_console_logger = LoggerDefinition(_colored_console, _console_schema, "The default colored console logger.")
"""Lines for people on stderr."""

json_console_logger = LoggerDefinition(_json_console, _console_schema, "A JSON-formatted console logger.")
"""Lines for machines on stderr, one JSON object each."""


def default_loggers() -> Mapping[str, LoggerDefinition]:
    """The loggers of a job that names none, by key.

    Example:
        >>> list(default_loggers())
        ['console']
    """
    return {"console": colored_console_logger}


def default_system_loggers(instance: Any) -> Sequence[tuple[LoggerDefinition, Mapping[str, object]]]:
    """The loggers of a run whose config names none, each with its config."""
    return [(colored_console_logger, {"name": "dagster", "log_level": getattr(instance, "python_log_level", None) or "DEBUG"})]
