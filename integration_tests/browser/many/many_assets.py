"""As many assets as MANY_ASSETS says, in groups of a hundred, made from one to four others each."""

import os
import random

import dagster as dg

COUNT = int(os.environ["MANY_ASSETS"])
SOURCES = 50
chance = random.Random(11)


def parents_of(number: int) -> list[str]:
    """Mostly near ones, some from far away; the first ones have none."""
    if number < SOURCES:
        return []
    reach = [min(number, 60 if chance.random() < 0.8 else 600) for _ in range(chance.randint(1, 4))]
    return sorted({f"asset_{number - chance.randint(1, each)}" for each in reach})


def made(number: int) -> dg.AssetsDefinition:
    """One of them."""

    @dg.asset(name=f"asset_{number}", deps=parents_of(number), group_name=f"area_{number // 100}", kinds={"python"})
    def one() -> None:
        """Stores nothing."""

    return one


defs = dg.Definitions([made(number) for number in range(COUNT)])
