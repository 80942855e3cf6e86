import json
import logging

import pytest

from dagster import (
    DagsterInvalidConfigError,
    Definitions,
    Field,
    InitLoggerContext,
    build_init_logger_context,
    colored_console_logger,
    default_loggers,
    json_console_logger,
    logger,
)
from dagster.define.loggers import JsonFormatter
from dagster.errors import CheckError, DagsterInvalidInvocationError


@logger(config_schema={"level": Field(str, default_value="ERROR")})
def leveled(init_context: InitLoggerContext) -> logging.Logger:
    return logging.Logger("leveled", init_context.logger_config["level"])


def test_config_and_its_defaults_reach_the_function() -> None:
    assert leveled(build_init_logger_context()).level == logging.ERROR
    assert leveled(build_init_logger_context({"level": "INFO"})).level == logging.INFO
    assert leveled.configured({"level": "DEBUG"})(build_init_logger_context()).level == logging.DEBUG


def test_config_is_checked() -> None:
    with pytest.raises(DagsterInvalidConfigError, match="Error in config for logger"):
        leveled(build_init_logger_context({"level": 3}))


def test_a_context_is_needed() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="no context argument"):
        leveled()


def test_the_loggers_of_a_console_are_their_own() -> None:
    made = colored_console_logger(build_init_logger_context({"name": "shop", "log_level": "debug"}))
    assert (made.name, made.level, made is logging.getLogger("shop")) == ("shop", logging.DEBUG, False)
    assert default_loggers() == {"console": colored_console_logger}


def test_lines_for_machines_are_json() -> None:
    [handler] = json_console_logger(build_init_logger_context()).handlers
    assert isinstance(handler.formatter, JsonFormatter)
    line = handler.formatter.format(logging.LogRecord("n", logging.INFO, "f.py", 3, "%s rows", (3,), None))
    assert (json.loads(line)["msg"], json.loads(line)["args"], json.loads(line)["levelname"]) == ("%s rows", [3], "INFO")


def test_a_project_takes_loggers_alone() -> None:
    with pytest.raises(CheckError, match="logger 'shop'"):
        Definitions(loggers={"shop": 3})
