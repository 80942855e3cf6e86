from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dagster import (
    ConfigurableResource,
    DagsterInstance,
    EventRecordsFilter,
    ExecuteInProcessResult,
    asset,
    materialize,
    resource,
)
from dagster.errors import DagsterResourceFunctionError
from dagster_tests.execution.runs import made


def kinds(result: ExecuteInProcessResult) -> list[str]:
    return [event.event_type_value for event in result.all_events]


def uses(*keys: str, function: Any = lambda context: 1) -> Any:
    return made("a", function, required_resource_keys=set(keys))


@resource
def broken(_context: Any) -> None:
    raise ZeroDivisionError("no connection")


def test_resources_are_set_up_before_the_steps_and_torn_down_after_them() -> None:
    order: list[str] = []

    @resource
    @contextmanager
    def connection(_context: Any) -> Iterator[str]:
        order.append("open")
        yield "connection"
        order.append("close")

    result = materialize([uses("db", function=lambda context: order.append(context.resources.db))], resources={"db": connection})
    assert result.success
    assert order == ["open", "connection", "close"]


def test_resources_are_torn_down_in_reverse_also_after_a_failure() -> None:
    order: list[str] = []

    class Door(ConfigurableResource[Any]):
        name: str

        def setup_for_execution(self, context: Any) -> None:
            order.append(f"open {self.name}")

        def teardown_after_execution(self, context: Any) -> None:
            order.append(f"close {self.name}")

    def fails(context: Any) -> None:
        raise ZeroDivisionError

    doors = {name: Door(name=name) for name in "xy"}
    materialize([uses("x", "y", function=fails)], resources=doors, raise_on_error=False)
    assert order == ["open x", "open y", "close y", "close x"]


def test_the_events_say_which_resources_and_how_long() -> None:
    result = materialize([uses("db")], resources={"db": 3})
    started, done = (event for event in result.all_events if event.event_type_value.startswith("RESOURCE_INIT"))
    assert started.message == "Starting initialization of resources [db, io_manager]."
    assert done.message == "Finished initialization of resources [db, io_manager]."
    assert set(done.engine_event_data.metadata) == {"db", "db:init_time", "io_manager", "io_manager:init_time"}
    assert done.engine_event_data.metadata["db"].name == "int"


def test_a_resource_that_cannot_be_set_up_fails_the_run_before_any_step() -> None:
    result = materialize([uses("db")], resources={"db": broken}, raise_on_error=False)
    assert not result.success
    assert "STEP_START" not in kinds(result)
    failed = next(event for event in result.all_events if event.is_resource_init_failure)
    assert failed.message == "Initialization of resources [db, io_manager] failed."
    assert failed.engine_event_data.error.user_cause.message == "ZeroDivisionError: no connection\n"
    assert kinds(result)[-1] == "PIPELINE_FAILURE"


def test_a_resource_that_cannot_be_set_up_raises_what_it_raised() -> None:
    with pytest.raises((ZeroDivisionError, DagsterResourceFunctionError), match="no connection"):
        materialize([uses("db")], resources={"db": broken})


def test_what_was_set_up_before_a_failure_is_torn_down() -> None:
    order: list[str] = []

    @resource
    @contextmanager
    def first(_context: Any) -> Iterator[int]:
        order.append("open")
        yield 1
        order.append("close")

    materialize([uses("a_first", "b_broken")], resources={"a_first": first, "b_broken": broken}, raise_on_error=False)
    assert order == ["open", "close"]


def test_a_failure_while_tearing_down_is_logged_and_fails_nothing() -> None:
    @resource
    @contextmanager
    def sticky(_context: Any) -> Iterator[int]:
        yield 1
        raise ZeroDivisionError("stuck")

    with DagsterInstance.ephemeral() as instance:
        result = materialize([uses("db")], resources={"db": sticky}, instance=instance)
        lines = [entry for entry in instance.all_logs(result.run_id) if entry.level > 10 and not entry.is_dagster_event]
    assert result.success
    assert [line.user_message for line in lines] == ['Teardown of resource "db" failed.']
    assert lines[0].error_info is not None
    assert "stuck" in lines[0].error_info.to_string()


def test_only_resources_that_a_step_needs_are_set_up() -> None:
    assert materialize([uses("db")], resources={"db": 1, "other": broken}).success
    assets = [uses("db"), made("b", required_resource_keys={"other"})]
    assert materialize(assets, resources={"db": 1, "other": broken}, selection=["a"]).success


def test_a_run_that_needs_nothing_sets_nothing_up() -> None:
    result = materialize([made("a")], selection=[])
    assert not [kind for kind in kinds(result) if kind.startswith("RESOURCE")]


def test_a_resource_is_shared_by_the_steps_of_a_run() -> None:
    made_times: list[int] = []

    @resource
    def once(_context: Any) -> object:
        made_times.append(1)
        return object()

    @asset(required_resource_keys={"db"})
    def first(context: Any) -> Any:
        return [context.resources.db]

    @asset(required_resource_keys={"db"})
    def second(context: Any) -> Any:
        return [context.resources.db]

    result = materialize([first, second], resources={"db": once})
    assert result.output_for_node("first")[0] is result.output_for_node("second")[0]
    assert made_times == [1]


def test_the_event_log_holds_what_happened_to_resources() -> None:
    from dagster import DagsterEventType

    with DagsterInstance.ephemeral() as instance:
        materialize([uses("db")], resources={"db": 1}, instance=instance)
        records = instance.get_event_records(EventRecordsFilter(DagsterEventType.RESOURCE_INIT_SUCCESS))
    assert len(records) == 1
