"""Tables as metadata: columns, constraints, sample records, and which column was made from which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import CheckError
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.metadata import arguments
from dagster.serdes import exact_json

_CELL_TYPES = (str, int, float, bool, type(None))


class TableColumnConstraints(msgspec.Struct, frozen=True, omit_defaults=True):
    """What holds for the values of one column.

    Args:
        nullable: whether values may be missing.
        unique: whether each value occurs once.
        other: further constraints in words.

    Example:
        >>> TableColumn("id", "int", constraints=TableColumnConstraints(nullable=False, unique=True)).constraints.unique
        True
    """

    nullable: bool = True
    unique: bool = False
    other: Sequence[str] = []

    if TYPE_CHECKING:

        def __init__(self, nullable: bool = True, unique: bool = False, other: Sequence[str] | None = None) -> None: ...

    def __post_init__(self) -> None:
        arguments.instance("nullable", self.nullable, bool)
        arguments.instance("unique", self.unique, bool)
        force_setattr(self, "other", arguments.members("other", self.other or [], str))


class TableConstraints(msgspec.Struct, frozen=True):
    """What holds for the rows of a table as a whole.

    Args:
        other: constraints in words.

    Example:
        >>> TableSchema([TableColumn("id")], constraints=TableConstraints(["at least one row"])).constraints.other
        ['at least one row']
    """

    other: Sequence[str]

    def __post_init__(self) -> None:
        force_setattr(self, "other", arguments.members("other", self.other, str))


class TableColumn(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column of a table.

    Args:
        name: the column's name.
        type: the type in the words of its store, e.g. `VARCHAR(20)`.
        description: what it holds.
        constraints: what holds for its values.
        tags: labels of the column.

    Example:
        >>> TableColumn("price", "float", description="in euros").name
        'price'
    """

    name: str
    type: str = "string"
    description: str | None = None
    constraints: TableColumnConstraints = TableColumnConstraints()
    tags: Mapping[str, str] = {}

    if TYPE_CHECKING:

        def __init__(
            self,
            name: str,
            type: str = "string",
            description: str | None = None,
            constraints: TableColumnConstraints | None = None,
            tags: Mapping[str, str] | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        arguments.instance("name", self.name, str)
        arguments.instance("type", self.type, str)
        constraints = self.constraints or TableColumnConstraints()
        force_setattr(self, "constraints", arguments.instance("constraints", constraints, TableColumnConstraints))
        force_setattr(self, "tags", arguments.entries("tags", self.tags or {}, str))


class TableSchema(msgspec.Struct, frozen=True, omit_defaults=True):
    """The columns of a table in order.

    Args:
        columns: the columns.
        constraints: what holds for the table as a whole.

    Example:
        >>> TableSchema.from_name_type_dict({"name": "string", "age": "int"}).columns[1].type
        'int'
    """

    columns: Sequence[TableColumn]
    constraints: TableConstraints = TableConstraints([])

    if TYPE_CHECKING:

        def __init__(self, columns: Sequence[TableColumn], constraints: TableConstraints | None = None) -> None: ...

    def __post_init__(self) -> None:
        force_setattr(self, "columns", arguments.members("columns", self.columns, TableColumn))
        constraints = self.constraints or TableConstraints([])
        force_setattr(self, "constraints", arguments.instance("constraints", constraints, TableConstraints))

    @staticmethod
    def from_name_type_dict(name_type_dict: Mapping[str, str]) -> TableSchema:
        """A schema of unconstrained columns, one per entry."""
        return TableSchema([TableColumn(name, column_type) for name, column_type in name_type_dict.items()])


class TableRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of a table as metadata.

    Args:
        data: value per column: string, number, boolean or None.

    Example:
        >>> TableRecord({"id": 1, "price": 9.5}).data["price"]
        9.5
    """

    data: Mapping[str, str | int | float | bool | None]
    escaped: bool = False  # only on the wire, see `exact_json`

    if TYPE_CHECKING:

        def __init__(self, data: Mapping[str, str | int | float | bool | None]) -> None: ...

    def __post_init__(self) -> None:
        data, escaped = exact_json(arguments.entries("data", self.data, _CELL_TYPES), self.escaped)
        force_setattr(self, "data", data)
        force_setattr(self, "escaped", escaped)

    def __repr__(self) -> str:
        return f"TableRecord(data={self.data!r})"


class TableColumnDep(msgspec.Struct, frozen=True):
    """A column of an upstream table.

    Args:
        asset_key: the upstream asset.
        column_name: the column there.

    Example:
        >>> TableColumnDep(AssetKey("orders"), "price").asset_key
        AssetKey(['orders'])
    """

    asset_key: AssetKey
    column_name: str

    if TYPE_CHECKING:

        def __init__(self, asset_key: CoercibleToAssetKey, column_name: str) -> None: ...

    def __post_init__(self) -> None:
        force_setattr(self, "asset_key", AssetKey.from_coercible(self.asset_key))


class TableColumnLineage(msgspec.Struct, frozen=True):
    """For each column of a table the upstream columns that it was made from.

    Args:
        deps_by_column: upstream columns keyed by the name of the column here; each upstream column once.

    Example:
        >>> lineage = TableColumnLineage({"total": [TableColumnDep(AssetKey("orders"), "price")]})
        >>> lineage.deps_by_column["total"][0].column_name
        'price'
    """

    deps_by_column: Mapping[str, Sequence[TableColumnDep]]

    def __post_init__(self) -> None:
        checked: dict[str, list[TableColumnDep]] = {}
        for column, deps in arguments.entries("deps_by_column", self.deps_by_column, object).items():
            checked[column] = arguments.members("deps_by_column", deps, TableColumnDep)
            if len(set(checked[column])) != len(checked[column]):
                raise CheckError(f"The deps for column `{column}` must be unique by asset key and column name.")
        force_setattr(self, "deps_by_column", checked)
