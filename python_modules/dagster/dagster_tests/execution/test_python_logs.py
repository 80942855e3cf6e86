import logging
from collections.abc import Iterator
from typing import Any

import pytest

from dagster import AssetExecutionContext, asset, get_dagster_logger, instance_for_test, materialize_to_memory
from dagster.errors import DagsterInvalidSettingsError


@asset
def talks(context: AssetExecutionContext) -> None:
    mine = logging.getLogger("mine")
    mine.debug("my debug")
    mine.info("my info")
    logging.getLogger("mine.child").error("a child's error")
    logging.getLogger("other").error("another's error")
    context.log.debug("debug of the context")
    context.log.warning("warning of the context")
    get_dagster_logger().info("info of a helper")


def lines(python_logs: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    with instance_for_test({"python_logs": python_logs} if python_logs else None) as instance:
        run_id = materialize_to_memory([talks], instance=instance).run_id
        return [(e.level, e.user_message, e.step_key) for e in instance.all_logs(run_id) if not e.is_dagster_event]


@pytest.fixture(autouse=True)
def _mine_is_warning() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    mine = logging.getLogger("mine")
    mine.setLevel(logging.WARNING)
    yield
    assert (mine.level, mine.handlers, logging.getLogger().level) == (logging.WARNING, [], logging.WARNING)


def test_without_settings_only_the_run_s_own_lines_are_kept() -> None:
    assert [text for _, text, _ in lines({})] == ["debug of the context", "warning of the context", "info of a helper"]


def test_lines_of_managed_loggers_are_kept_with_the_step() -> None:
    assert lines({"managed_python_loggers": ["mine"]})[0] == (40, "a child's error", "talks")


def test_a_level_opens_managed_loggers_and_closes_the_run_s_own() -> None:
    kept = lines({"managed_python_loggers": ["mine"], "python_log_level": "info"})
    assert [text for _, text, _ in kept] == ["my info", "a child's error", "warning of the context", "info of a helper"]


def test_a_level_alone_drops_what_is_below() -> None:
    assert [text for _, text, _ in lines({"python_log_level": "WARNING"})] == ["warning of the context"]


def test_the_root_logger_brings_every_line_once() -> None:
    kept = [text for _, text, _ in lines({"managed_python_loggers": ["root", "mine"], "python_log_level": "INFO"})]
    assert [kept.count(text) for text in ("my info", "a child's error", "another's error")] == [1, 1, 1]


def test_the_console_keeps_quiet_below_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    lines({"python_log_level": "WARNING"})
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(" - ")[2] for line in told] == ["warning of the context"]


HANDLER = {"class": "logging.StreamHandler", "level": "INFO", "stream": "ext://sys.stdout", "formatter": "plain"}


def test_a_handler_gets_the_lines_in_its_own_form(capsys: pytest.CaptureFixture[str]) -> None:
    lines(
        {
            "dagster_handler_config": {
                "handlers": {"h": HANDLER},
                "formatters": {"plain": {"format": "%(levelname)s! %(message)s"}},
            }
        }
    )
    told = capsys.readouterr().out.splitlines()
    assert [line.partition("!")[0] for line in told] == ["WARNING", "INFO"]
    assert told[0].endswith(" - talks - warning of the context")


def test_a_handler_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(DagsterInvalidSettingsError, match="a handler cannot be made"):
        lines({"dagster_handler_config": {"handlers": {"h": {"class": "nowhere.Handler"}}}})
