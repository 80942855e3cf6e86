"""Where the databases differ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Boolean, Index, Integer, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
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


class TagOneOf(OneOf):
    """Whether the value of a tag is a member of the list: on PostgreSQL asked by the digests that its index holds."""

    inherit_cache = True


@compiles(TagOneOf, "postgresql")
def _tag_one_of_digests(element: TagOneOf, compiler: Any, **how: Any) -> str:
    column, parameter = compiler.process(element.column, **how), compiler.process(element.parameter, **how)
    digests = f"(SELECT md5(member) FROM unnest({parameter}::text[]) AS member)"
    return f"md5({column}) IN {digests} AND {column} = ANY({parameter})"


@compiles(TagOneOf, "sqlite")
def _tag_one_of_json(element: TagOneOf, compiler: Any, **how: Any) -> str:
    return _one_of_json(element, compiler, **how)


class TagIs(OneOf):
    """Whether the value of a tag is this one."""

    inherit_cache = True


@compiles(TagIs, "postgresql")
def _tag_is_digest(element: TagIs, compiler: Any, **how: Any) -> str:
    column, parameter = compiler.process(element.column, **how), compiler.process(element.parameter, **how)
    return f"md5({column}) = md5({parameter}::text) AND {column} = {parameter}"


@compiles(TagIs, "sqlite")
def _tag_is(element: TagIs, compiler: Any, **how: Any) -> str:
    return f"{compiler.process(element.column, **how)} = {compiler.process(element.parameter, **how)}"


class Limit(ColumnElement[int]):
    """The end of a question that gives a page."""

    inherit_cache = True
    type = Integer()


@compiles(Limit)
def _limit(_element: Limit, compiler: Any, **how: Any) -> str:
    return f"LIMIT {compiler.process(bindparam('limit', type_=Integer()), **how)}"


def insert(dialect: str, table: Table) -> Any:
    """An insert of the dialect, which knows `on_conflict_do_update`."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)


POSTGRESQL_SCHEMA = "dagster_free"
"""The PostgreSQL schema that holds our tables, and nothing else."""


class _SQLiteCompiler(SQLiteCompiler):
    """Writes the hint of a table behind its name: `INDEXED BY` some index."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


def compiler_dialect(dialect: str) -> Any:
    """The dialect with parameters by name, as the drivers take them."""
    if dialect == "sqlite":
        found = sqlite.dialect(paramstyle="named")
        found.statement_compiler = _SQLiteCompiler
        return found
    return PGDialect(paramstyle="pyformat")


def compiler_options(dialect: str) -> dict[str, Any]:
    """How statements are compiled: on PostgreSQL every table is named with its schema, whatever the search path is."""
    if dialect == "sqlite":
        return {}
    return {"schema_translate_map": {None: POSTGRESQL_SCHEMA}, "render_schema_translate": True}


def is_of(dialect: str, item: Table | Index) -> bool:
    """Whether a table or an index exists on a database of the dialect."""
    return dialect in item.info.get("dialects", (dialect,))
