import io
import logging
import re
import sys
from typing import Any

import pytest

from dagster.events.data import StepFailureData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.execution.consoles import line_of, print_entry
from dagster_tests.execution.runs import made, run

ERROR = SerializableErrorInfo("ValueError: no\n", [])


def line(message: str = "hello", level: int = 20, **fields: Any) -> EventLogEntry:
    return EventLogEntry(fields.pop("error", None), level, message, "run", 0.0, fields.pop("step_key", None), "job", **fields)


def event(data: Any = None) -> DagsterEvent:
    return DagsterEvent(
        event_type_value=DagsterEventType.RUN_START.value, job_name="job", message="Started", pid=7, event_specific_data=data
    )


def test_a_line_says_when_how_bad_where_and_what() -> None:
    written = line_of(line(step_key="a"), colored=False)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} - dagster - INFO - job - run - a - hello\n", written)


def test_an_event_says_its_process_and_its_type_by_name() -> None:
    written = line_of(line("unused", dagster_event=event()), colored=False)
    assert written.endswith(" - job - run - 7 - RUN_START - Started\n")


@pytest.mark.parametrize(("level", "name"), [(10, "DEBUG"), (30, "WARNING"), (40, "ERROR"), (50, "CRITICAL"), (25, "25")])
def test_levels_have_names(level: int, name: str) -> None:
    assert f" - dagster - {name} - " in line_of(line(level=level), colored=False)


def test_colours_are_for_terminals() -> None:
    assert "\033[" not in line_of(line(), colored=False)
    assert line_of(line(), colored=True).startswith("\033[32m")


def test_the_error_stands_below_the_line() -> None:
    assert line_of(line(error=ERROR), colored=False).endswith("hello\nValueError: no\n")
    failed = line(dagster_event=event(StepFailureData(error=ERROR)))
    assert "ValueError: no" in line_of(failed, colored=False)


def test_nothing_is_printed_while_logging_is_switched_off(capsys: pytest.CaptureFixture[str]) -> None:
    logging.disable(logging.INFO)
    try:
        print_entry(line("quiet"))
        print_entry(line("loud", 30))
    finally:
        logging.disable(logging.NOTSET)
    printed = capsys.readouterr().err
    assert "quiet" not in printed
    assert "loud" in printed


@pytest.mark.parametrize("console", [None, "closed", "broken"])
def test_a_console_that_is_gone_ends_no_run(console: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    gone = {"closed": io.StringIO(), "broken": Broken()}.get(console)
    if console == "closed" and gone is not None:
        gone.close()
    monkeypatch.setattr(sys, "stderr", gone)
    assert run(made("a")).success


def test_a_run_prints_its_events_and_lines(capsys: pytest.CaptureFixture[str]) -> None:
    run(made("a", lambda context: context.log.warning("careful")))
    printed = capsys.readouterr().err
    assert " - WARNING - __ephemeral_asset_job__ - " in printed
    assert " - a - careful\n" in printed
    assert "RUN_SUCCESS" in printed
