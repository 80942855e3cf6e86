"""A generated project of BENCHMARK_ASSETS assets: layers of 100, each asset with three parents, 50 groups."""

import os

import dagster as dg

COUNT = int(os.environ["BENCHMARK_ASSETS"])
LAYER = 100


def parents(number: int) -> list[str]:
    above = number - number % LAYER - LAYER
    if above < 0:
        return []
    return [f"asset_{above + (number * step) % LAYER}" for step in (1, 7, 13)]


def declare(number: int):
    @dg.asset(
        name=f"asset_{number}",
        group_name=f"group_{number % 50}",
        deps=sorted(set(parents(number))),
        tags={"layer": str(number // LAYER)},
        metadata={"table": f"schema.table_{number}"},
        description=f"Asset number {number}.",
    )
    def function():
        return number

    return function


defs = dg.Definitions(assets=[declare(number) for number in range(COUNT)])
