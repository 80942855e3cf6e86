"""Checks of dataframes that come ready made: columns without missing values, without duplicates, within a range."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from dagster.define.asset_checks import AssetChecksDefinition, multi_asset_check
from dagster.define.asset_inputs import AssetIn
from dagster.define.frame_columns import Columns, columns_of
from dagster.errors import DagsterInvalidDefinitionError, closest
from dagster.events.asset_events import AssetCheckResult, AssetCheckSeverity
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.specs.checks import AssetCheckSpec

_NO_ENDS: tuple[Any, Any] = (None, None)


class _Check(NamedTuple):
    name: str
    description: str
    columns: tuple[str, ...]
    finds: Callable[[Columns], tuple[bool, Mapping[str, Any]]]


def build_dataframe_checks(
    *,
    asset: Any,
    not_null: Sequence[str] = (),
    unique: Sequence[str | Sequence[str]] = (),
    ranges: Mapping[str, tuple[Any, Any]] | None = None,
    severity: AssetCheckSeverity = AssetCheckSeverity.ERROR,
    blocking: bool = False,
    partitions_def: Any = None,
) -> AssetChecksDefinition:
    """Checks of the dataframe that an asset is: one for each column, which load it once. For pandas and polars.

    Args:
        asset: a key, a string or a definition.
        not_null: columns in which no value is missing; NaN is a missing value.
        unique: columns, or groups of columns, in which no values come twice. Missing values are not compared.
        ranges: by column, the smallest and the largest value, both allowed; None is no end. Missing values are not compared.
        severity: of a failure.
        blocking: whether a failure stops what lies downstream.
        partitions_def: the partitions of the asset, where each is checked for itself.

    Raises:
        DagsterInvalidDefinitionError: there is nothing to check, a range has no end, or two checks have the same name.

    Example:
        >>> checks = build_dataframe_checks(asset="orders", not_null=["id"], unique=["id"], ranges={"price": (0, None)})
        >>> [key.name for key in sorted(checks.check_keys)]
        ['not_null_id', 'range_price', 'unique_id']
    """
    key = AssetKey.from_coercible_or_definition(_coercible(asset))
    checks = [*map(_not_null, not_null), *map(_unique, unique), *(_range(*each) for each in (ranges or {}).items())]
    _refuse_wrong(checks, key)
    specs = [
        AssetCheckSpec(each.name, asset=key, description=each.description, blocking=blocking, partitions_def=partitions_def)
        for each in checks
    ]
    of_what = f'asset "{key.to_user_string()}"'

    @multi_asset_check(
        name=f"{key.to_python_identifier()}_dataframe_checks", specs=specs, can_subset=True, ins={"frame": AssetIn(key)}
    )
    def look(context: Any, frame: Any) -> Iterator[AssetCheckResult]:
        columns = columns_of(frame, of_what)
        wanted = {check.name for check in context.selected_asset_check_keys}
        yield from (_result(each, columns, key, severity) for each in checks if each.name in wanted)

    return look


def _coercible(asset: Any) -> CoercibleToAssetKey:
    return asset


def _result(check: _Check, columns: Columns, key: AssetKey, severity: AssetCheckSeverity) -> AssetCheckResult:
    known = columns.names
    absent = [name for name in check.columns if name not in known]
    if absent:
        return AssetCheckResult(
            passed=False,
            asset_key=key,
            check_name=check.name,
            severity=severity,
            description=f"There is no column {absent[0]!r}.{closest(absent[0], known)}",
        )
    passed, found = check.finds(columns)
    metadata: dict[str, Any] = {"rows": columns.row_count, **found}
    return AssetCheckResult(passed=passed, asset_key=key, check_name=check.name, severity=severity, metadata=metadata)


def _not_null(column: str) -> _Check:
    def finds(columns: Columns) -> tuple[bool, Mapping[str, Any]]:
        missing = columns.missing(column)
        return missing == 0, {"missing": missing}

    return _Check(f"not_null_{_identifier(column)}", f"No value of column {column!r} is missing.", (column,), finds)


def _unique(given: str | Sequence[str]) -> _Check:
    names = (given,) if isinstance(given, str) else tuple(given)

    def finds(columns: Columns) -> tuple[bool, Mapping[str, Any]]:
        duplicates = columns.duplicates(names)
        return duplicates == 0, {"duplicates": duplicates}

    listed = " and ".join(map(repr, names))
    return _Check("_".join(["unique", *map(_identifier, names)]), f"No two rows have the same {listed}.", names, finds)


def _range(column: str, ends: Any) -> _Check:
    low, high = (
        cast("Sequence[Any]", ends) if isinstance(ends, (tuple, list)) and len(cast("Sequence[Any]", ends)) == 2 else _NO_ENDS
    )
    if low is None and high is None:
        raise DagsterInvalidDefinitionError(
            f"The range of column {column!r} is {ends!r}. It must be the smallest and the largest value: (0, 100), (0, None)."
        )
    said = [f"at least {low}" if low is not None else "", f"at most {high}" if high is not None else ""]
    words = " and ".join(part for part in said if part)
    return _Check(
        f"range_{_identifier(column)}",
        f"The values of column {column!r} are {words}.",
        (column,),
        partial(_within, column, low, high),
    )


def _within(column: str, low: Any, high: Any, columns: Columns) -> tuple[bool, Mapping[str, Any]]:
    found = columns.extent(column, low, high)
    ends = {"lowest": found.lowest, "highest": found.highest} if found.lowest is not None else {}
    return found.outside == 0, {"outside": found.outside, **ends}


def _identifier(column: str) -> str:
    return re.sub(r"\W", "_", column)


def _refuse_wrong(checks: Sequence[_Check], key: AssetKey) -> None:
    names = [each.name for each in checks]
    of_what = f'build_dataframe_checks for asset "{key.to_user_string()}"'
    if not names:
        raise DagsterInvalidDefinitionError(f"{of_what} has nothing to check. Give it not_null, unique or ranges.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DagsterInvalidDefinitionError(f"{of_what} has two checks of the name {twice[0]!r}. Check the columns in two calls.")
