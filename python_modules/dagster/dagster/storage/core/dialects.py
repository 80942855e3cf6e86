"""Where the databases differ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Boolean, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement


class OneOf(ColumnElement[bool]):
    """Whether a column holds a member of the list given as one parameter: a JSON array on SQLite, an array on PostgreSQL.

    One statement serves any number of members, so it is prepared once.
    """

    inherit_cache = True
    type = Boolean()
    _is_implicitly_boolean = True  # a comparison; without this SQLite's compiler writes `... = 1`

    def __init__(self, column: ColumnElement[Any], parameter: str) -> None:
        self.column = column
        self.parameter: BindParameter[Any] = bindparam(parameter)


@compiles(OneOf, "sqlite")
def _one_of_json(element: OneOf, compiler: Any, **how: Any) -> str:
    column, parameter = compiler.process(element.column, **how), compiler.process(element.parameter, **how)
    return f"{column} IN (SELECT value FROM json_each({parameter}))"


@compiles(OneOf, "postgresql")
def _one_of_array(element: OneOf, compiler: Any, **how: Any) -> str:
    column, parameter = compiler.process(element.column, **how), compiler.process(element.parameter, **how)
    return f"{column} = ANY({parameter})"


def insert(dialect: str, table: Table) -> Any:
    """An insert of the dialect, which knows `on_conflict_do_update`."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)


def compiler_dialect(dialect: str) -> Any:
    """The dialect with parameters by name, as the drivers take them."""
    if dialect == "sqlite":
        return sqlite.dialect(paramstyle="named")
    return postgresql.dialect(paramstyle="pyformat")
