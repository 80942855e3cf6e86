"""Which table a value lies in, and which rows and columns of it: decided from the context of an IO manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.window_partitions import WindowPartitions
from dagster.partitions.windows import TimeWindow

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext
    from dagster.partitions.definitions import PartitionsDefinition

DEFAULT_SCHEMA = "public"


class TablePartitionDimension(NamedTuple):
    """The rows of some partitions.

    Attributes:
        partition_expr: the column, or the SQL expression, that says to which partition a row belongs.
        partitions: the time from the first row to the last one; of partitions that are no times, their keys.
    """

    partition_expr: str
    partitions: TimeWindow | Sequence[str]


class TableSlice(NamedTuple):
    """Some rows and columns of a table.

    Attributes:
        columns: all of them when None.
        partition_dimensions: what rows have to satisfy, every one of it. Empty where the value is the whole table.
    """

    table: str
    schema: str
    database: str | None = None
    columns: Sequence[str] | None = None
    partition_dimensions: Sequence[TablePartitionDimension] | None = None


def slice_of(context: InputContext | OutputContext, stored: OutputContext, database: str, schema: str | None) -> TableSlice:
    """Where the value of `context` lies.

    An asset's table is the last part of its key, its schema the metadata `schema`, else the `schema` of the IO manager, else the
    part of the key before the last, else `public`. The value of an op lies in a table named after its output.

    Args:
        stored: the context of the output that is stored or loaded; its metadata says how the table is made.
        schema: the schema of the IO manager, where one is configured.

    Raises:
        DagsterInvalidDefinitionError: no column says which rows belong to the partitions.
        CheckError: one slice of the table would hold rows of other partitions too.
    """
    said = stored.definition_metadata
    path = context.asset_key.path if context.has_asset_key else [stored.name]
    in_key = path[-2] if len(path) > 1 else DEFAULT_SCHEMA
    return TableSlice(
        table=path[-1],
        schema=said.get("schema") or schema or in_key,
        database=database,
        columns=context.definition_metadata.get("columns"),
        partition_dimensions=_dimensions(context, said.get("partition_expr")),
    )


def static_where_clause(table_partition: TablePartitionDimension) -> str:
    """The SQL condition on rows of partitions that are no times."""
    keys = ", ".join(f"'{escape_sql_string_literal(key)}'" for key in cast("Sequence[str]", table_partition.partitions))
    return f"{table_partition.partition_expr} in ({keys})"


def escape_sql_string_literal(value: str) -> str:
    """The text as it stands between two quotes of SQL."""
    return value.replace("'", "''")


def _dimensions(context: InputContext | OutputContext, expression: Any) -> list[TablePartitionDimension]:
    if not context.has_asset_partitions:
        return []
    asset, definition, keys = context.asset_key, context.asset_partitions_def, context.asset_partition_keys
    if expression is None:
        raise DagsterInvalidDefinitionError(
            f"Asset {asset.to_user_string()!r} is partitioned, and nothing says which column holds the partition: give it "
            'metadata={"partition_expr": "<column>"}.'
        )
    if not isinstance(definition, MultiPartitionsDefinition):
        return [TablePartitionDimension(expression, _rows(context, definition, keys))]
    if not isinstance(expression, Mapping):
        raise DagsterInvalidDefinitionError(
            f"Asset {asset.to_user_string()!r} is partitioned by {', '.join(definition.partition_dimension_names)}, and its "
            f'metadata "partition_expr" is {expression!r}. Write a dict with a column for each of them.'
        )
    return _each_dimension(context, definition, cast("Mapping[str, str]", expression))


def _each_dimension(
    context: InputContext | OutputContext, definition: MultiPartitionsDefinition, columns: Mapping[str, str]
) -> list[TablePartitionDimension]:
    split = [definition.get_partition_key_from_str(key).keys_by_dimension for key in context.asset_partition_keys]
    dimensions: list[TablePartitionDimension] = []
    count = 1
    for name, inner in definition.partitions_defs:
        if name not in columns:
            raise DagsterInvalidDefinitionError(
                f'The metadata "partition_expr" of asset {context.asset_key.to_user_string()!r} names no column for its '
                f"dimension {name!r}."
            )
        keys = list(dict.fromkeys(each[name] for each in split))
        count *= len(keys)
        dimensions.append(TablePartitionDimension(columns[name], _rows(context, inner, keys)))
    if count != len(split):
        raise _too_many_rows(context)
    return dimensions


def _rows(
    context: InputContext | OutputContext, definition: PartitionsDefinition, keys: Sequence[str]
) -> TimeWindow | Sequence[str]:
    if not keys or not isinstance(definition, WindowPartitions):
        return keys
    first, last = keys[0], keys[-1]
    # One stretch of time is asked for: with a gap between the partitions it would hold rows that belong to none of them.
    if len(keys) > 1 and len(definition.get_partition_keys_in_range(PartitionKeyRange(first, last))) != len(keys):
        raise _too_many_rows(context)
    window = definition.time_window_for_partition_key
    return TimeWindow(window(first).start, window(last).end)


def _too_many_rows(context: InputContext | OutputContext) -> CheckError:
    keys = context.asset_partition_keys
    return CheckError(
        f"The {len(keys)} partitions of asset {context.asset_key.to_user_string()!r} that this step handles are no unbroken "
        f"range ({', '.join(keys[:3])}{', …' if len(keys) > 3 else ''}), so one slice of its table would hold other rows too. "
        "Use a partition mapping that gives neighbours."
    )
