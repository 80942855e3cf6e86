"""Assets in a file that postpones the evaluation of annotations, as many projects do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster import AssetExecutionContext, Config, MaterializeResult, Output, asset

if TYPE_CHECKING:
    from decimal import Decimal


class Settings(Config):
    rows: int = 3


@asset
def numbers(context: AssetExecutionContext, config: Settings) -> list[int]:
    return list(range(config.rows))


@asset
def total(numbers: list[int]) -> Output[int]:
    return Output(sum(numbers))


@asset
def written(total: int) -> MaterializeResult:
    return MaterializeResult(metadata={"total": total})


@asset
def nothing(total: int) -> None: ...


@asset
def known_to_checkers_only(total: Decimal) -> Decimal:
    return total
