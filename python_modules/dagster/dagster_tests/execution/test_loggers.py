import logging
import threading
from typing import Any

import pytest

from dagster import AssetExecutionContext, DagsterInstance, DagsterLogManager, get_dagster_logger
from dagster.events.entries import EventLogEntry
from dagster_tests.execution.runs import made, run


def logged(talk: Any) -> list[EventLogEntry]:
    """The lines that a step `a` logged."""
    with DagsterInstance.ephemeral() as instance:
        result = run(made("a", talk), instance=instance)
        assert result.success
        return [entry for entry in instance.all_logs(result.run_id) if not entry.is_dagster_event]


def only(talk: Any) -> EventLogEntry:
    lines = logged(talk)
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error", "critical"])
def test_a_line_is_stored_with_its_level_and_step(level: str) -> None:
    line = only(lambda context: getattr(context.log, level)("%s rows", 3))
    assert (line.user_message, line.level, line.step_key) == ("3 rows", getattr(logging, level.upper()), "a")


@pytest.mark.parametrize("level", [30, "WARNING", "warning", "WARN"])
def test_a_level_is_a_number_or_a_name(level: Any) -> None:
    assert only(lambda context: context.log.log(level, "x")).level == 30


def test_the_error_that_is_handled_comes_along() -> None:
    def talk(context: AssetExecutionContext) -> None:
        try:
            raise ValueError("no")
        except ValueError:
            context.log.exception("while reading")

    line = only(talk)
    assert line.error_info is not None
    assert (line.user_message, line.error_info.cls_name) == ("while reading", "ValueError")


def test_a_line_that_cannot_be_formatted_is_kept() -> None:
    line = only(lambda context: context.log.info("%d rows", "three"))
    assert line.user_message.startswith("%d rows ('three',) (cannot be formatted: ")


def test_lines_below_the_level_are_dropped() -> None:
    def talk(context: AssetExecutionContext) -> None:
        context.log.setLevel(logging.WARNING)
        context.log.info("quiet")
        context.log.warning("loud")

    assert [line.user_message for line in logged(talk)] == ["loud"]


def test_handlers_that_user_code_adds_hear_the_lines_too() -> None:
    heard: list[str] = []

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    def talk(context: AssetExecutionContext) -> None:
        context.log.addHandler(Hearing())
        context.log.info("x")

    assert only(talk).user_message == "x"
    assert heard == ["x"]


def test_the_log_is_a_logger_made_once_per_step() -> None:
    found = run(made("a", lambda context: [context.log is context.log, context.log])).output_for_node("a")
    assert found[0]
    assert isinstance(found[1], DagsterLogManager)
    assert isinstance(found[1], logging.Logger)
    assert found[1].logging_metadata == {"step_key": "a"}


def test_code_without_a_context_logs_to_the_step_that_runs() -> None:
    def talk() -> None:
        get_dagster_logger().info("no name")
        get_dagster_logger("shop").warning("named")

    assert [(line.user_message, line.level, line.step_key) for line in logged(talk)] == [
        ("no name", 20, "a"),
        ("named", 30, "a"),
    ]


def test_each_of_two_runs_at_once_gets_its_own_lines() -> None:
    found: dict[str, list[str]] = {}
    barrier = threading.Barrier(2, timeout=10)

    def work(name: str) -> None:
        def talk() -> None:
            barrier.wait()
            get_dagster_logger().info(name)
            barrier.wait()

        found[name] = [line.user_message for line in logged(talk)]

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == {"a": ["a"], "b": ["b"]}


def test_outside_of_a_step_warnings_go_to_the_console(capsys: pytest.CaptureFixture[str]) -> None:
    get_dagster_logger().info("quiet")
    get_dagster_logger().warning("loud")
    printed = capsys.readouterr().err
    assert "quiet" not in printed
    assert printed.count("loud") == 1
