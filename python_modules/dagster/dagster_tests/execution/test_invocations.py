import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetMaterialization,
    AssetOut,
    AssetSpec,
    Config,
    ConfigurableResource,
    MaterializeResult,
    OpExecutionContext,
    Output,
    PartitionKeyRange,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    build_asset_check_context,
    build_asset_context,
    build_op_context,
    materialize_to_memory,
    multi_asset,
    multi_asset_check,
    resource,
)
from dagster.errors import (
    CheckError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterInvalidPropertyError,
    DagsterInvariantViolationError,
    DagsterTypeCheckDidNotPass,
)


@asset
def added(p: int, q: int = 1) -> int:
    return p + q


@asset
def asking(context: AssetExecutionContext) -> list[str]:
    return [context.asset_key.to_user_string(), *context.selected_output_names, context.run_id]


class Store(ConfigurableResource):
    x: int = 1


class Settings(Config):
    a: int


@asset
def stored(store: Store) -> int:
    return store.x


@asset
def configured(config: Settings) -> int:
    return config.a


# --- arguments -------------------------------------------------------------------------------------------------------


def test_values_come_by_position_and_by_name():
    assert (3, 5, 2) == (added(1, 2), added(1, q=4), added(p=1))


@pytest.mark.parametrize(
    ("args", "kwargs", "words"),
    [
        ((), {}, 'No value provided for required input "p"'),
        ((1, 2, 3), {}, "Too many input arguments"),
        ((1,), {"p": 1}, "Too many input arguments"),
        ((1,), {"zz": 1}, "It takes: p, q"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(args: Any, kwargs: Any, words: str):
    with pytest.raises(DagsterInvalidInvocationError, match=words):
        added(*args, **kwargs)


def test_types_of_arguments_and_results_are_checked():
    with pytest.raises(DagsterTypeCheckDidNotPass, match='op "added" input "p"'):
        added("a")

    @asset
    def wrong() -> int:
        return "a"  # pyright: ignore[reportReturnType]

    with pytest.raises(DagsterTypeCheckDidNotPass, match='op "wrong" output "result"'):
        wrong()


def test_an_asset_may_call_another_one_inside_of_a_run():
    @asset
    def outer() -> int:
        return added(1)

    assert 2 == materialize_to_memory([outer]).output_for_node("outer")


def test_calls_work_inside_of_a_running_loop():
    async def loop() -> int:
        return added(2)

    assert 3 == asyncio.run(loop())


# --- contexts --------------------------------------------------------------------------------------------------------


def test_a_context_belongs_to_the_function_while_it_is_called():
    context = build_asset_context()
    assert ["asking", "result", "EPHEMERAL"] == asking(context) == asking(context=context)
    with pytest.raises(DagsterInvalidPropertyError, match="belongs to no function yet"):
        _ = context.asset_key


def test_none_stands_for_an_empty_context():
    assert "asking" == asking(None)[0]


@pytest.mark.parametrize("args", [(), (5,)])
def test_a_context_that_is_missing_is_named(args: Any):
    with pytest.raises(DagsterInvalidInvocationError, match="'asking' has context argument"):
        asking(*args)


def test_a_function_without_a_context_may_be_given_one():
    assert 3 == added(build_asset_context(), 1, 2)


def test_a_context_knows_nothing_of_a_run():
    context = build_asset_context()
    for name in ("run", "dagster_run", "job_name", "job_def"):
        with pytest.raises(DagsterInvalidPropertyError, match=name):
            getattr(context, name)


def test_what_was_told_can_be_read_afterwards():
    @asset
    def telling(context: OpExecutionContext) -> int:
        context.add_output_metadata({"rows": 1})
        context.log_event(AssetMaterialization("f"))
        return 5

    context = build_op_context()
    assert 5 == telling(context)
    assert {"rows"} == set(context.get_output_metadata("result") or {})
    assert [AssetKey("f")] == [event.asset_key for event in context.get_events()]


def test_partitions_are_those_of_the_test():
    @asset(partitions_def=StaticPartitionsDefinition(["a", "b", "c"]))
    def parts(context: AssetExecutionContext) -> list[str]:
        return list(context.partition_keys)

    assert ["b"] == parts(build_asset_context(partition_key="b"))
    assert ["a", "b"] == parts(build_asset_context(partition_key_range=PartitionKeyRange("a", "b")))
    with pytest.raises(CheckError, match="non-partitioned"):
        parts(build_asset_context())


def test_a_partition_and_a_range_exclude_each_other():
    with pytest.raises(CheckError, match="at most one"):
        build_asset_context(partition_key="a", partition_key_range=PartitionKeyRange("a", "b"))


# --- resources and config --------------------------------------------------------------------------------------------


def test_resources_come_as_arguments_or_with_the_context():
    assert (2, 3) == (stored(store=Store(x=2)), stored(build_asset_context(resources={"store": Store(x=3)})))


def test_resources_come_from_one_place():
    with pytest.raises(DagsterInvalidInvocationError, match="both context and kwargs"):
        stored(build_asset_context(resources={"store": Store()}), store=Store())
    with pytest.raises(DagsterInvalidDefinitionError, match="'store' required by op 'stored'"):
        stored()


def test_resources_are_torn_down_with_their_context():
    seen: list[str] = []

    @resource
    @contextmanager
    def opened(_: Any) -> Iterator[int]:
        seen.append("open")
        yield 5
        seen.append("close")

    @asset(required_resource_keys={"opened"})
    def using(context: AssetExecutionContext) -> int:
        seen.append("use")
        return context.resources.opened

    with build_asset_context(resources={"opened": opened}) as context:
        assert 5 == using(context)
    assert ["open", "use", "close"] == seen
    with pytest.raises(DagsterInvariantViolationError, match="outside of context manager"):
        using(build_asset_context(resources={"opened": opened}))


def test_resources_given_as_arguments_are_torn_down_after_the_call():
    seen: list[str] = []

    class Opened(ConfigurableResource):
        def setup_for_execution(self, context: Any) -> None:
            seen.append("open")

        def teardown_after_execution(self, context: Any) -> None:
            seen.append("close")

    @asset
    def using(opened: Opened) -> Iterator[Any]:
        seen.append("use")
        yield Output(1)

    assert 1 == len(list(using(opened=Opened())))
    assert ["open", "use", "close"] == seen


def test_config_comes_as_an_object_a_dict_or_with_the_context():
    assert (1, 2) == (configured(Settings(a=1)), configured(config={"a": 2}))
    assert 3 == configured(build_asset_context(asset_config={"a": 3}))


def test_config_comes_from_one_place_and_fits():
    with pytest.raises(DagsterInvalidInvocationError, match="both context and kwargs"):
        configured(build_asset_context(asset_config={"a": 3}), Settings(a=1))
    with pytest.raises(DagsterInvalidConfigError, match="config"):
        configured()


# --- what comes back -------------------------------------------------------------------------------------------------


def test_a_generator_is_handed_on_and_owes_its_value():
    @asset
    def some(n: int) -> Any:
        yield AssetMaterialization("f")
        if n:
            yield Output(n)

    assert 2 == len(list(some(1)))
    with pytest.raises(DagsterInvariantViolationError, match="non-optional output"):
        list(some(0))


def test_a_coroutine_is_awaited_by_the_test():
    @asset
    async def later() -> int:
        return 5

    @asset
    async def each() -> Any:
        yield Output(1)

    async def collect() -> list[Any]:
        return [one async for one in each()]

    assert 5 == asyncio.run(later())
    assert 1 == asyncio.run(collect())[0].value


def test_several_outputs_are_checked():
    pair = multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, name="pair")
    assert (1, 2) == pair(lambda: (1, 2))()
    with pytest.raises(DagsterInvariantViolationError, match="multiple outputs"):
        pair(lambda: 1)()
    with pytest.raises(DagsterInvariantViolationError, match="multiple times"):
        list(pair(_twice)())


def _twice() -> Any:
    yield Output(1, "a")
    yield Output(1, "a")


def test_results_say_which_asset_they_are_about():
    specs = multi_asset(specs=[AssetSpec("a"), AssetSpec("b")], name="specs")
    assert 2 == len(specs(lambda: (MaterializeResult("b"), MaterializeResult("a")))())
    with pytest.raises(DagsterInvariantViolationError, match="zz not found"):
        specs(lambda: (MaterializeResult("zz"), MaterializeResult("a")))()


# --- checks ----------------------------------------------------------------------------------------------------------


def test_the_function_of_a_check_is_called_with_a_value():
    @asset_check(asset="a")
    def large(context: Any, a: int) -> AssetCheckResult:
        return AssetCheckResult(passed=a >= context.resources.limit)

    assert large(build_asset_check_context(resources={"limit": 2}), 2).passed


def test_checks_of_one_function_are_each_given():
    @multi_asset_check(specs=[AssetCheckSpec("x", asset="a"), AssetCheckSpec("y", asset="a")])
    def both(names: Any = ("x",)) -> Any:
        for name in names:
            yield AssetCheckResult(passed=True, check_name=name)

    with pytest.raises(DagsterInvariantViolationError, match='"a_y"'):
        list(both())


def test_a_check_returns_a_result():
    with pytest.raises(DagsterInvariantViolationError, match="returns AssetCheckResult. Got True"):
        asset_check(asset="a", name="large")(lambda a: True)(1)
