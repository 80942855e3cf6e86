"""Calling the migrations that a database still needs, in one transaction that the caller has begun.

The number of a schema is the number of the migration that leads to it: schema 2 is revision "0002".
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

REVISIONS_TABLE = "schema_revision"


def revision_of(version: int) -> str:
    """The migration that leads to a schema."""
    return f"{version:04}"


def scripts() -> ScriptDirectory:
    """The migrations, in their order."""
    from alembic.script import ScriptDirectory

    home = Path(__file__).parent
    return ScriptDirectory(str(home), version_locations=[str(home / "versions")])


def upgrade(dbapi_connection: Any, dialect: str, found: int, schema: str | None = None) -> None:
    """Brings a database from the schema of number `found`, 0 if it is empty, to the newest. The caller commits.

    Args:
        dbapi_connection: on which a transaction was begun.
        dialect: `sqlite` or `postgresql+psycopg`.
        found: the number of the schema that the database has.
        schema: the PostgreSQL schema that holds the tables.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    borrowed = _Borrowed(dbapi_connection)
    # The kind of column that nobody here uses is not looked for; the driver would ask for a connection of its own class.
    options: dict[str, Any] = {} if dialect == "sqlite" else {"use_native_hstore": False}
    engine = create_engine(f"{dialect}://", creator=lambda: borrowed, poolclass=StaticPool, **options)
    with engine.begin() as connection:
        _migrate(connection, found, schema)


class _Borrowed:
    """A connection whose transaction belongs to the caller: SQLAlchemy neither ends it nor closes the connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Nothing."""

    rollback = close = commit


def _migrate(connection: Connection, found: int, schema: str | None) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext

    script = scripts()
    place: dict[str, Any] = {"version_table": REVISIONS_TABLE, "version_table_schema": schema}

    def steps(revision: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs("head", revision)  # pyright: ignore[reportPrivateUsage] - as Alembic's own commands call it

    context = MigrationContext.configure(connection, opts=place)
    if found and not context.get_current_heads():  # made before it was written down which migrations a database has seen
        context.stamp(script, revision_of(found))
    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection, **place)
        environment.run_migrations()
