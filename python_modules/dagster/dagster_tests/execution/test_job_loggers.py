import io
import json
import logging
from typing import Any

import pytest

from dagster import (
    ConfigMapping,
    Definitions,
    Field,
    InitLoggerContext,
    asset,
    colored_console_logger,
    job,
    json_console_logger,
    logger,
    materialize,
    op,
)
from dagster.errors import DagsterInvalidConfigError, DagsterInvalidDefinitionError, DagsterUserCodeExecutionError


class Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


KEPT = Keeping()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    KEPT.records.clear()


@logger(config_schema={"level": Field(str, default_value="INFO")})
def keeping(init_context: InitLoggerContext) -> logging.Logger:
    made = logging.Logger("keeping", level=init_context.logger_config["level"])
    made.addHandler(KEPT)
    return made


@op
def talking(context: Any) -> None:
    context.log.info("hello")
    try:
        raise ZeroDivisionError("no")
    except ZeroDivisionError:
        context.log.exception("went wrong")


@job(logger_defs={"keeping": keeping, "console": colored_console_logger, "json": json_console_logger}, tags={"team": "a"})
def talk() -> None:
    talking()


def test_a_logger_that_is_not_named_is_not_made() -> None:
    talk.execute_in_process()
    assert KEPT.records == []


def test_a_logger_that_is_named_gets_lines_of_its_level() -> None:
    talk.execute_in_process(run_config={"loggers": {"keeping": {}}})
    assert [record.dagster_meta["orig_message"] for record in KEPT.records] == ["hello", "went wrong"]
    assert KEPT.records[0].dagster_meta["job_tags"] == {"team": "a"}
    assert "ZeroDivisionError" in KEPT.records[1].exc_text


def test_a_logger_gets_events_where_its_level_is_low() -> None:
    talk.execute_in_process(run_config={"loggers": {"keeping": {"config": {"level": "DEBUG"}}}})
    told = [record.dagster_event.event_type_value for record in KEPT.records if hasattr(record, "dagster_event")]
    assert told[0] == "PIPELINE_START"
    assert told[-1] == "PIPELINE_SUCCESS"


def test_named_loggers_stand_in_place_of_the_console(capfd: pytest.CaptureFixture[str]) -> None:
    talk.execute_in_process(run_config={"loggers": {"keeping": {}}})
    assert capfd.readouterr().err == ""


def test_the_console_takes_a_level_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.StringIO()
    monkeypatch.setattr("sys.stderr", console)
    talk.execute_in_process(run_config={"loggers": {"console": {"config": {"log_level": "INFO", "name": "mine"}}}})
    lines = [line for line in console.getvalue().splitlines() if " - " in line]
    assert [line.split(" - ")[1:3] for line in lines] == [["mine", "INFO"], ["mine", "ERROR"]]


def test_the_json_console_writes_an_object_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.StringIO()
    monkeypatch.setattr("sys.stderr", console)
    talk.execute_in_process(run_config={"loggers": {"json": {"config": {"log_level": "INFO"}}}})
    first, second = [json.loads(line) for line in console.getvalue().splitlines()]
    assert first["dagster_meta"]["step_key"] == "talking"
    assert "ZeroDivisionError" in second["exc_text"]


def test_loggers_of_a_project_serve_jobs_that_have_none() -> None:
    @asset
    def orders(context: Any) -> None:
        context.log.warning("few orders")

    defs = Definitions(assets=[orders], loggers={"keeping": keeping})
    defs.resolve_implicit_global_asset_job_def().execute_in_process(run_config={"loggers": {"keeping": {}}})
    assert [record.levelname for record in KEPT.records] == ["WARNING"]


def test_a_logger_that_nobody_declared_is_refused() -> None:
    @asset
    def orders() -> None: ...

    with pytest.raises(DagsterInvalidConfigError, match="root:loggers"):
        materialize([orders], run_config={"loggers": {"keeping": {}}})


def test_config_mappings_may_name_loggers() -> None:
    @job(logger_defs={"keeping": keeping}, config=ConfigMapping(lambda config: {"loggers": {"keeping": {}}}))
    def mapped() -> None:
        talking()

    mapped.execute_in_process()
    assert len(KEPT.records) == 2


def test_a_function_that_raises_is_named() -> None:
    @logger
    def broken(init_context: InitLoggerContext) -> logging.Logger:
        raise LookupError("no such file")

    @job(logger_defs={"broken": broken})
    def of_broken() -> None:
        talking()

    assert of_broken.execute_in_process().success
    with pytest.raises(DagsterUserCodeExecutionError, match=r"broken.*no such file"):
        of_broken.execute_in_process(run_config={"loggers": {"broken": {}}})


def test_what_is_no_logger_is_refused() -> None:
    @logger
    def three(init_context: InitLoggerContext) -> Any:
        return 3

    @job(logger_defs={"three": three})
    def of_three() -> None:
        talking()

    with pytest.raises(DagsterInvalidDefinitionError, match=r"logging\.Logger"):
        of_three.execute_in_process(run_config={"loggers": {"three": {}}})
