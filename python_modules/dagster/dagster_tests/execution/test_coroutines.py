import asyncio
import contextvars
from typing import Any

import pytest

from dagster import AssetExecutionContext, Output
from dagster.execution.coroutines import results_of
from dagster_tests.execution.runs import made, run

CURRENT: contextvars.ContextVar[str] = contextvars.ContextVar("current", default="nobody")


async def one() -> int:
    await asyncio.sleep(0)
    return 1


async def counted() -> Any:
    for number in range(3):
        await asyncio.sleep(0)
        yield number


async def inside(make: Any) -> list[Any]:
    """What is given where an event loop is running already, as in a notebook."""
    return list(results_of(make()))


@pytest.mark.parametrize(("make", "expected"), [(one, [1]), (counted, [0, 1, 2])])
def test_what_is_awaited_is_given(make: Any, expected: list[int]) -> None:
    assert list(results_of(make())) == expected
    assert asyncio.run(inside(make)) == expected


@pytest.mark.parametrize("within", [lambda make: list(results_of(make())), lambda make: asyncio.run(inside(make))])
def test_what_is_raised_comes_out(within: Any) -> None:
    async def broken() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        within(broken)


@pytest.mark.parametrize("within", [lambda make: list(results_of(make())), lambda make: asyncio.run(inside(make))])
def test_context_variables_are_those_of_the_caller(within: Any) -> None:
    async def who() -> str:
        return CURRENT.get()

    token = CURRENT.set("caller")
    try:
        assert within(who) == ["caller"]
    finally:
        CURRENT.reset(token)


def test_a_generator_that_is_left_early_is_closed() -> None:
    closed: list[str] = []

    async def endless() -> Any:
        try:
            while True:
                yield 1
        finally:
            closed.append("closed")

    given = results_of(endless())
    assert next(given) == 1
    given.close()  # pyright: ignore[reportAttributeAccessIssue]
    assert closed == ["closed"]


def test_tasks_of_one_step_share_a_loop() -> None:
    async def together() -> Any:
        return list(await asyncio.gather(one(), one()))

    assert run(made("a", together)).output_for_node("a") == [1, 1]


def test_an_async_asset_runs_in_a_notebook() -> None:
    async def notebook() -> Any:
        return run(made("a", one), made("b", lambda a: a + 1)).output_for_node("b")

    assert asyncio.run(notebook()) == 2


def test_an_async_asset_has_its_context() -> None:
    async def a(context: AssetExecutionContext) -> Any:
        await asyncio.sleep(0)
        yield Output((context.asset_key.path, AssetExecutionContext.get().run_id == context.run_id))

    assert run(made("a", a)).output_for_node("a") == (["a"], True)
