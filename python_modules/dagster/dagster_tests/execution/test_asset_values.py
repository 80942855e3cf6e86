from collections.abc import Generator
from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetSpec,
    DagsterInstance,
    Definitions,
    IOManager,
    instance_for_test,
    io_manager,
    materialize,
    resource,
)
from dagster.errors import CheckError, DagsterAssetValueNotFoundError, DagsterHomeNotSetError, DagsterInvalidInvocationError
from dagster_tests.execution.runs import made


class Told(IOManager):
    def __init__(self) -> None:
        self.contexts: list[Any] = []

    def handle_output(self, context: Any, obj: Any) -> None: ...

    def load_input(self, context: Any) -> Any:
        self.contexts.append(context)
        return "loaded"


def test_a_stored_value_is_loaded_outside_of_a_run() -> None:
    orders = made("orders", lambda: [1, 2])
    with DagsterInstance.local_temp() as instance:
        materialize([orders], instance=instance)
        assert Definitions(assets=[orders]).load_asset_value("orders", instance=instance) == [1, 2]


def test_the_instance_of_dagster_home_is_used_without_another() -> None:
    orders = made("orders", lambda: [1, 2])
    with instance_for_test() as instance:
        materialize([orders], instance=instance)
        assert Definitions(assets=[orders]).load_asset_value("orders") == [1, 2]


def test_a_value_that_was_never_stored_says_what_to_materialize() -> None:
    with DagsterInstance.ephemeral() as instance, pytest.raises(DagsterAssetValueNotFoundError, match="materialize --select"):
        Definitions(assets=[made("orders")]).load_asset_value("orders", instance=instance)


def test_an_unknown_asset_names_close_ones() -> None:
    with DagsterInstance.ephemeral() as instance, pytest.raises(CheckError, match="orders"):
        Definitions(assets=[made("orders")]).load_asset_value("ordres", instance=instance)


def test_the_manager_is_told_what_is_wanted() -> None:
    manager = Told()
    defs = Definitions(assets=[made("a", metadata={"table": "t"})], resources={"io_manager": manager})
    with DagsterInstance.ephemeral() as instance:
        loaded = defs.load_asset_value("a", instance=instance, python_type=int, partition_key="p", metadata={"m": 1})
    context = manager.contexts[0]
    assert loaded == "loaded"
    assert (context.asset_key, context.partition_key, context.definition_metadata) == (AssetKey("a"), "p", {"m": 1})
    assert context.dagster_type.typing_type is int
    assert context.upstream_output.definition_metadata == {"table": "t"}


def test_the_value_of_an_external_asset_is_loaded_by_what_its_metadata_names() -> None:
    defs = Definitions(assets=[AssetSpec("a").with_io_manager_key("db")], resources={"db": Told()})
    with DagsterInstance.ephemeral() as instance:
        assert defs.load_asset_value("a", instance=instance) == "loaded"


def test_a_resource_that_is_no_io_manager_is_refused() -> None:
    defs = Definitions(assets=[made("a", io_manager_key="db")], resources={"db": 3})
    with DagsterInstance.ephemeral() as instance, pytest.raises(DagsterInvalidInvocationError, match="no IO manager"):
        defs.load_asset_value("a", instance=instance)


def test_resources_stay_open_between_loads_and_are_closed_with_the_loader() -> None:
    events: list[str] = []

    @resource
    def opened(_context: Any) -> Any:
        events.append("open")
        try:
            yield Told()
        finally:
            events.append("close")

    defs = Definitions(assets=[made("a"), made("b")], resources={"io_manager": opened})
    with DagsterInstance.ephemeral() as instance, defs.get_asset_value_loader(instance) as loader:
        loader.load_asset_value("a")
        loader.load_asset_value("b")
        assert events == ["open"]
    assert events == ["open", "close"]


def test_resources_of_two_managers_are_both_closed() -> None:
    closed: list[str] = []

    def opened(name: str) -> Any:
        @resource
        def manager(_context: Any) -> Any:
            try:
                yield Told()
            finally:
                closed.append(name)

        return manager

    defs = Definitions(
        assets=[made("a", io_manager_key="x"), made("b", io_manager_key="y")], resources={"x": opened("x"), "y": opened("y")}
    )
    with DagsterInstance.ephemeral() as instance, defs.get_asset_value_loader(instance) as loader:
        loader.load_asset_value("a")
        loader.load_asset_value("b")
    assert sorted(closed) == ["x", "y"]


def test_a_manager_of_the_projects_own_needs_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    project = Definitions([AssetSpec("stored")], resources={"io_manager": Told()})
    assert project.load_asset_value("stored") == "loaded"
    with pytest.raises(DagsterHomeNotSetError):
        Definitions([AssetSpec("stored")]).load_asset_value("stored")


def test_each_manager_is_closed_once() -> None:
    closed: list[str] = []

    def manager(name: str) -> Any:
        @io_manager
        def opened() -> Generator[Told]:
            yield Told()
            closed.append(name)

        return opened

    specs = [AssetSpec(name).with_io_manager_key(name) for name in ("a", "b")]
    project = Definitions(specs, resources={"a": manager("a"), "b": manager("b")})
    with DagsterInstance.ephemeral() as instance, project.get_asset_value_loader(instance) as loader:
        assert [loader.load_asset_value(name) for name in ("a", "b", "a")] == ["loaded"] * 3
    assert sorted(closed) == ["a", "b"]
