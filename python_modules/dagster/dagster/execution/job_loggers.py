"""The loggers that run config names: made when a run begins, they get each line and event of the run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dagster.define.loggers import InitLoggerContext, LoggerDefinition
from dagster.errors import DagsterInvalidDefinitionError, user_code
from dagster.execution.log_records import record_of

if TYPE_CHECKING:
    from dagster.define.jobs import JobDefinition
    from dagster.events.entries import EventLogEntry
    from dagster.runs.runs import DagsterRun

Listener = Callable[["EventLogEntry"], None]


def logger_listeners(
    configs: Mapping[str, Any], definitions: Mapping[str, LoggerDefinition], job: JobDefinition, run: DagsterRun
) -> Sequence[Listener]:
    """What hands each entry of a run to the loggers that its config names.

    Args:
        configs: of the loggers that are named, by key.
        definitions: of all loggers of the job, by key.
        job: the job.
        run: the run.

    Raises:
        DagsterUserCodeExecutionError: the function of a logger raised.
        DagsterInvalidDefinitionError: it gave something else than a logger.
    """
    return [
        _handing_to(_made(key, definition, InitLoggerContext(configs[key], definition, job, run.run_id)), run)
        for key, definition in definitions.items()
        if key in configs
    ]


def _made(key: str, definition: LoggerDefinition, context: InitLoggerContext) -> logging.Logger:
    place = f" at {definition.place}" if definition.place else ""  # none of a logger that comes with the library
    with user_code(f'Error making the logger "{key}"{place}'):
        made: Any = definition.logger_fn(context)
    if not isinstance(made, logging.Logger):
        raise DagsterInvalidDefinitionError(
            f'The function of the logger "{key}"{place} returned {made!r}. Return a logging.Logger.'
        )
    return made


def _handing_to(logger: logging.Logger, run: DagsterRun) -> Listener:
    def hand_on(entry: EventLogEntry) -> None:
        if logger.isEnabledFor(entry.level):
            logger.handle(record_of(entry, logger.name, run.tags))

    return hand_on
