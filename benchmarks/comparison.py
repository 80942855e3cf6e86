"""Medians, spreads, ratios and verdicts of what was measured (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import msgspec

from benchmarks.cases import Case, Measure, Series


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    median: float
    least: float
    most: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measure on both sides."""

    case: str
    measure: str
    unit: str
    ours: Spread | None
    """None when ours failed."""
    reference: Spread | None
    limit: str
    is_met: bool | None
    """None when nothing is claimed, or one side is missing."""

    def ratio(self) -> float | None:
        if self.ours is None or self.reference is None or self.reference.median == 0:
            return None
        return self.ours.median / self.reference.median


Values = Mapping[str, Mapping[str, Sequence[float]]]
"""Per case and measure, the values of all repetitions."""


def spread(values: Sequence[float]) -> Spread | None:
    if not values:
        return None
    return Spread(median=median(values), least=min(values), most=max(values))


def rows(cases: Sequence[Case], ours: Values, reference: Values) -> list[Row]:
    """One row per measure, in the order of the cases."""
    return [_row(case, measure, ours, reference) for case in cases for measure in case.measures]


def _row(case: Case, measure: Measure, ours: Values, reference: Values) -> Row:
    own = spread(ours.get(case.name, {}).get(measure.name, ()))
    other = spread(reference.get(case.name, {}).get(measure.name, ()))
    limit = measure.limit
    return Row(
        case=case.name,
        measure=measure.name,
        unit=measure.unit,
        ours=own,
        reference=other,
        limit=str(limit) if limit else "",
        is_met=limit.is_met(own.median, other.median if other else None) if limit and own else None,
    )


def growth(series: Series, ours: Values, reference: Values) -> Row | None:
    """How the cost of one more unit grows with size, None unless all three cases ran on ours."""
    own, other = _growth(series, ours), _growth(series, reference)
    if own is None:
        return None
    return Row(
        case=f"{series.smaller} to {series.larger}",
        measure=f"{series.name} ({series.measure})",
        unit="times",
        ours=own,
        reference=other,
        limit=f"≤ {series.limit:g}",
        is_met=own.median <= series.limit,
    )


def _growth(series: Series, values: Values) -> Spread | None:
    cases = (series.smaller, series.middle, series.larger)
    # Repetition by repetition: the three of one ran close to each other, so they met the same noise.
    together = zip(*(values.get(case, {}).get(series.measure, ()) for case in cases), strict=False)
    return spread([(large - middle) / (2 * (middle - small)) for small, middle, large in together if middle > small])
