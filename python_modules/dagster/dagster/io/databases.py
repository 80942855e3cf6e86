"""IO managers that keep each value in a table of a database; what they know of a database and of a Python type is put in.

The names that integrations build on: `dagster._core.storage.db_io_manager` of before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.io.managers import IOManager
from dagster.io.tables import TableSlice, slice_of

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext

T = TypeVar("T")


class DbTypeHandler(ABC, Generic[T]):
    """Writes values of some Python types into a table and reads them from it."""

    @abstractmethod
    def handle_output(self, context: OutputContext, table_slice: TableSlice, obj: T, connection: Any) -> Mapping[str, Any] | None:
        """Write the rows. Those of the slice were deleted before.

        Returns: metadata for the materialization, if any.
        """

    @abstractmethod
    def load_input(self, context: InputContext, table_slice: TableSlice, connection: Any) -> T:
        """Read the rows and columns of the slice."""

    @property
    @abstractmethod
    def supported_types(self) -> Sequence[type[object]]:
        """The types that are written and read."""


class DbClient(Generic[T]):
    """What has to be known of a kind of database; subclasses say it."""

    @staticmethod
    def delete_table_slice(context: OutputContext, table_slice: TableSlice, connection: T) -> None:
        """Delete the rows of the slice, where the table is there."""

    @staticmethod
    def get_select_statement(table_slice: TableSlice) -> str:
        """The SQL that reads the slice."""
        raise NotImplementedError("A DbClient has a `get_select_statement` of its own.")

    @staticmethod
    def get_table_name(table_slice: TableSlice) -> str:
        """The table's whole name, which the materialization carries as metadata `dagster/table_name`."""
        parts = [table_slice.database, table_slice.schema, table_slice.table]
        return ".".join(part for part in parts if part)

    @staticmethod
    def ensure_schema_exists(context: OutputContext, table_slice: TableSlice, connection: T) -> None:
        """Make the schema of the slice, unless it is there."""

    @staticmethod
    @contextmanager
    def connect(context: OutputContext | InputContext, table_slice: TableSlice) -> Generator[T]:
        """An open connection; closed at the end."""
        raise NotImplementedError("A DbClient has a `connect` of its own.")
        yield


class DbIOManager(IOManager):
    """Keeps each value in a table named after its asset, the partitions of an asset as rows of one table.

    The type of a value says which handler writes it, the type of an input says which one reads it.

    Args:
        type_handlers: the first that knows a type, or a class it derives from, is asked.
        database: the database that the tables lie in.
        schema: the schema of all tables whose metadata names none; by default the second part from the end of their keys.
        io_manager_name: as errors name it.
        default_load_type: what inputs without a type are loaded as; by default the only type that there is a handler for.
    """

    def __init__(
        self,
        *,
        type_handlers: Sequence[DbTypeHandler[Any]],
        db_client: DbClient[Any],
        database: str,
        schema: str | None = None,
        io_manager_name: str | None = None,
        default_load_type: type[Any] | None = None,
    ) -> None:
        self._handlers = _by_type(type_handlers)
        self._db_client = db_client
        self._database = database
        self._schema = schema
        self._name = io_manager_name or type(self).__name__
        only = next(iter(self._handlers)) if len(self._handlers) == 1 else None
        self._default_load_type = default_load_type or only

    def handle_output(self, context: OutputContext, obj: object) -> None:
        """Replace the rows of this output, or of these partitions of the asset, by those of `obj`."""
        if obj is None:
            raise DagsterInvariantViolationError(
                "Unexpected None as output value: a table cannot be made of it. Where nothing is to be stored, say so with the "
                "return annotation `-> None`."
            )
        handler = self._resolve_handler(type(obj))
        table_slice = self._get_table_slice(context, context)
        with self._db_client.connect(context, table_slice) as connection:
            self._db_client.ensure_schema_exists(context, table_slice, connection)
            self._db_client.delete_table_slice(context, table_slice, connection)
            metadata = handler.handle_output(context, table_slice, obj, connection)
        context.add_output_metadata(
            {
                **(metadata or {}),
                "Query": self._db_client.get_select_statement(table_slice),
                "dagster/table_name": self._db_client.get_table_name(table_slice),
            }
        )

    def load_input(self, context: InputContext) -> object:
        """The rows of the asset or of its partitions, in the type of the input; only the `columns` that its metadata names."""
        declared = getattr(context.dagster_type, "typing_type", context.dagster_type)
        default = self._default_load_type if declared is Any else None
        handler = self._resolve_handler(context.value_class or default or declared)
        if context.upstream_output is None:
            raise DagsterInvariantViolationError(
                f"{self._name} loads what an output stored, and this input has no upstream_output. Give one to "
                "`build_input_context`."
            )
        table_slice = self._get_table_slice(context, context.upstream_output)
        with self._db_client.connect(context, table_slice) as connection:
            return handler.load_input(context, table_slice, connection)

    # Integrations of their own override these two: their names are part of what is promised.
    def _get_table_slice(self, context: InputContext | OutputContext, output_context: OutputContext) -> TableSlice:
        return slice_of(context, output_context, self._database, self._schema)

    def _resolve_handler(self, obj_type: Any) -> DbTypeHandler[Any]:
        if isinstance(obj_type, type):
            for known, handler in self._handlers.items():
                if issubclass(obj_type, known):
                    return handler
        known_types = [known.__name__ for known in self._handlers]
        advice = (
            f"Add a type hint to the input: {' or '.join(known_types)}."
            if obj_type is Any
            else f"Use one of these types, or give {self._name} a handler for this one."
        )
        raise CheckError(
            f"{self._name} does not have a handler for type '{obj_type}'. It has handlers for "
            f"{', '.join(known_types) or 'none'}. {advice}"
        )


def _by_type(handlers: Sequence[DbTypeHandler[Any]]) -> dict[type[Any], DbTypeHandler[Any]]:
    by_type: dict[type[Any], DbTypeHandler[Any]] = {}
    for handler in handlers:
        for known in handler.supported_types:
            if known in by_type:
                both = f"{type(by_type[known]).__name__} and {type(handler).__name__}"
                raise CheckError(f"Two handlers for {known.__name__}: {both}. Leave one out.")
            by_type[known] = handler
    return by_type
