"""The kinds of metadata a user can attach, one frozen value each, and `MetadataValue`, the door to them.

On the wire a value is a JSON object with its kind under `type`; `AnyMetadataValue` is the union that reads it back. Fields are
named as the constructors' parameters are.
"""

from __future__ import annotations

import builtins
import math
import os
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Union, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import CheckError, DagsterInvalidMetadata, ParameterCheckError
from dagster.keys import AssetKey
from dagster.metadata import arguments
from dagster.metadata.code_references import LocalFileCodeReference, UrlCodeReference
from dagster.metadata.tables import TableColumn, TableColumnLineage, TableRecord, TableSchema
from dagster.serdes import NonFinite, exact_json

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    T_co = TypeVar("T_co", covariant=True, default=Any)
else:
    from typing import TypeVar

    T_co = TypeVar("T_co", covariant=True)

if TYPE_CHECKING:
    FloatOnWire = float
else:
    FloatOnWire = float | str  # nan and the infinities travel as strings, see `NonFinite`


class MetadataValue(msgspec.Struct, Generic[T_co], frozen=True, tag_field="type", omit_defaults=True, gc=False):
    """One metadata value of a known kind. Made by the methods here; raw Python values are taken where metadata is given.

    Example:
        >>> MetadataValue.md("# Orders")
        MarkdownMetadataValue(md_str='# Orders')
    """

    def __post_init__(self) -> None:
        if type(self) is MetadataValue:
            raise TypeError("MetadataValue is abstract. Make one of its kinds, e.g. `MetadataValue.text('...')`.")

    @property
    @abstractmethod
    def value(self) -> T_co | None:
        """What was attached, as a Python value."""
        raise NotImplementedError

    @staticmethod
    def text(text: str) -> TextMetadataValue:
        """A text."""
        return TextMetadataValue(text)

    @staticmethod
    def url(url: str) -> UrlMetadataValue:
        """An address; shown as a link when it is one for a browser."""
        return UrlMetadataValue(url)

    @staticmethod
    def path(path: str | os.PathLike[str]) -> PathMetadataValue:
        """The path of a file or folder."""
        return PathMetadataValue(path)

    @staticmethod
    def notebook(path: str | os.PathLike[str]) -> NotebookMetadataValue:
        """The path of a Jupyter notebook."""
        return NotebookMetadataValue(path)

    @staticmethod
    def json(data: Sequence[Any] | Mapping[str, Any] | None) -> JsonMetadataValue:
        """JSON data, at any depth."""
        return JsonMetadataValue(data)

    @staticmethod
    def md(data: str) -> MarkdownMetadataValue:
        """A text in Markdown."""
        return MarkdownMetadataValue(data)

    @staticmethod
    def python_artifact(python_artifact: Callable[..., Any]) -> PythonArtifactMetadataValue:
        """A function or class, by its module and name."""
        if not callable(python_artifact):
            raise ParameterCheckError("python_artifact", python_artifact, "callable")
        return PythonArtifactMetadataValue(python_artifact.__module__, python_artifact.__name__)

    @staticmethod
    def float(value: builtins.float) -> FloatMetadataValue:
        """A float."""
        return FloatMetadataValue(value)

    @staticmethod
    def int(value: builtins.int) -> IntMetadataValue:
        """An integer of any size."""
        return IntMetadataValue(value)

    @staticmethod
    def bool(value: builtins.bool) -> BoolMetadataValue:
        """A truth value."""
        return BoolMetadataValue(value)

    @staticmethod
    def timestamp(value: builtins.float | datetime) -> TimestampMetadataValue:
        """A moment: seconds since the epoch, or a datetime with a timezone."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise CheckError(f"A timestamp needs a timezone; {value.isoformat()} has none. Add one: `.replace(tzinfo=...)`.")
            return TimestampMetadataValue(value.timestamp())
        if not isinstance(value, builtins.float):  # pyright: ignore[reportUnnecessaryIsInstance] - the edge checks
            raise CheckError(f"A timestamp is a float or a datetime. Got {value!r}, which is {type(value)}.")
        return TimestampMetadataValue(value)

    @staticmethod
    def dagster_run(run_id: str) -> DagsterRunMetadataValue:
        """A run, by its id."""
        return DagsterRunMetadataValue(run_id)

    @staticmethod
    def job(job_name: str, location_name: str, *, repository_name: str | None = None) -> DagsterJobMetadataValue:
        """A job of a code location."""
        return DagsterJobMetadataValue(job_name, location_name, repository_name)

    @staticmethod
    def asset(asset_key: AssetKey) -> DagsterAssetMetadataValue:
        """An asset, by its key."""
        return DagsterAssetMetadataValue(asset_key)

    @staticmethod
    def table(records: Sequence[TableRecord], schema: TableSchema | None = None) -> TableMetadataValue:
        """A few rows of a table; without a schema the columns and types of the first row are taken."""
        return TableMetadataValue(records, schema)

    @staticmethod
    def table_schema(schema: TableSchema) -> TableSchemaMetadataValue:
        """The columns of a table."""
        return TableSchemaMetadataValue(schema)

    @staticmethod
    def column_lineage(lineage: TableColumnLineage) -> TableColumnLineageMetadataValue:
        """Which column was made from which."""
        return TableColumnLineageMetadataValue(lineage)

    @staticmethod
    def null() -> NullMetadataValue:
        """Nothing, said explicitly."""
        return NullMetadataValue()

    @staticmethod
    def pool(pool: str) -> PoolMetadataValue:
        """A concurrency pool, by its name."""
        return PoolMetadataValue(pool)


class TextMetadataValue(MetadataValue[str], frozen=True, tag="text"):
    """A text.

    Example:
        >>> MetadataValue.text("3 rows")
        TextMetadataValue(text='3 rows')
    """

    text: str | None = ""  # pyright: ignore[reportIncompatibleMethodOverride] - shadows the constructor

    def __post_init__(self) -> None:
        if type(self.text) is not str:
            force_setattr(self, "text", arguments.text("text", self.text))

    @property
    def value(self) -> str:
        """The text; empty for None."""
        return self.text if self.text is not None else ""


class UrlMetadataValue(MetadataValue[str], frozen=True, tag="url"):
    """An address. Kept as it was given; whether it may be a link is decided where it is shown.

    Example:
        >>> MetadataValue.url("https://example.com/orders").url
        'https://example.com/orders'
    """

    url: str | None = ""  # pyright: ignore[reportIncompatibleMethodOverride] - shadows the constructor

    def __post_init__(self) -> None:
        if type(self.url) is not str:
            force_setattr(self, "url", arguments.text("url", self.url))

    @property
    def value(self) -> str:
        """The address; empty for None."""
        return self.url if self.url is not None else ""


class _PathValue(MetadataValue[str], frozen=True):
    path: str  # pyright: ignore[reportIncompatibleMethodOverride] - shadows the constructor

    def __post_init__(self) -> None:
        force_setattr(self, "path", _path_text(self.path))

    @property
    def fspath(self) -> str:
        """The path."""
        return self.path

    @property
    def value(self) -> str:
        """The path."""
        return self.path

    def __repr__(self) -> str:
        return f"{type(self).__name__}(fspath={self.path!r})"


def _path_text(path: object) -> str:
    if path is None or isinstance(path, str):
        return arguments.text("path", path) or ""
    if isinstance(path, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", path))
    raise ParameterCheckError("path", path, "one of ['PathLike', 'str']")


class PathMetadataValue(_PathValue, frozen=True, tag="path"):
    """The path of a file or folder."""

    if TYPE_CHECKING:

        def __init__(self, path: str | os.PathLike[str] | None) -> None: ...


class NotebookMetadataValue(_PathValue, frozen=True, tag="notebook"):
    """The path of a Jupyter notebook."""

    if TYPE_CHECKING:

        def __init__(self, path: str | os.PathLike[str] | None) -> None: ...


class JsonMetadataValue(MetadataValue[Any], frozen=True, tag="json"):
    """JSON data.

    Example:
        >>> MetadataValue.json({"rows": 3}).data
        {'rows': 3}
    """

    data: Any
    escaped: bool = False  # only on the wire, see `exact_json`

    if TYPE_CHECKING:

        def __init__(self, data: Sequence[Any] | Mapping[str, Any] | None) -> None: ...

    def __post_init__(self) -> None:
        given: object = self.data
        if not (given is None or isinstance(given, (Mapping, Sequence))):
            raise ParameterCheckError("data", given, "one of ['Mapping', 'NoneType', 'Sequence']")
        try:
            data, escaped = exact_json(given, self.escaped)
        except TypeError as refused:
            raise DagsterInvalidMetadata(f"Value is not JSON serializable: {refused}.") from refused
        force_setattr(self, "data", data)
        force_setattr(self, "escaped", escaped)

    @property
    def value(self) -> Any:
        """The data."""
        return self.data

    def __repr__(self) -> str:
        return f"JsonMetadataValue(data={self.data!r})"


class MarkdownMetadataValue(MetadataValue[str], frozen=True, tag="md"):
    """A text in Markdown.

    Example:
        >>> MetadataValue.md("| id |").md_str
        '| id |'
    """

    md_str: str | None = ""

    def __post_init__(self) -> None:
        force_setattr(self, "md_str", arguments.text("md_str", self.md_str))

    @property
    def value(self) -> str:
        """The text; empty for None."""
        return self.md_str if self.md_str is not None else ""


class PythonArtifactMetadataValue(MetadataValue["PythonArtifactMetadataValue"], frozen=True, tag="python_artifact"):
    """A function or class."""

    module: str
    name: str

    def __post_init__(self) -> None:
        arguments.instance("module", self.module, str)
        arguments.instance("name", self.name, str)

    @property
    def value(self) -> PythonArtifactMetadataValue:
        """This value itself."""
        return self


class FloatMetadataValue(MetadataValue[float], frozen=True, tag="float"):
    """A float. Two nan are equal here, so that a stored value equals what was written.

    Example:
        >>> MetadataValue.float(0.5) == MetadataValue.float(0.5)
        True
    """

    value: FloatOnWire | None  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride] - a field instead of a property

    def __post_init__(self) -> None:
        force_setattr(self, "value", _exact_float(self.value))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FloatMetadataValue):
            return NotImplemented
        if self.value is None or other.value is None:
            return self.value is other.value
        return self.value == other.value or (math.isnan(self.value) and math.isnan(other.value))

    def __hash__(self) -> int:
        return hash((FloatMetadataValue, None if self.value is None or math.isnan(self.value) else self.value))


class IntMetadataValue(MetadataValue[int], frozen=True, tag="int"):
    """An integer of any size.

    Example:
        >>> MetadataValue.int(3).value
        3
    """

    value: int | None  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride] - a field instead of a property

    def __post_init__(self) -> None:
        if type(self.value) is not int and self.value is not None:
            force_setattr(self, "value", int(arguments.instance("value", self.value, int)))


class BoolMetadataValue(MetadataValue[bool], frozen=True, tag="bool"):
    """A truth value.

    Example:
        >>> MetadataValue.bool(True).value
        True
    """

    value: bool | None  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride] - a field instead of a property

    def __post_init__(self) -> None:
        if self.value is not None:
            arguments.instance("value", self.value, bool)


class TimestampMetadataValue(MetadataValue[float], frozen=True, tag="timestamp"):
    """A moment: seconds since the epoch, UTC.

    Example:
        >>> MetadataValue.timestamp(1700000000.0).value
        1700000000.0
    """

    value: FloatOnWire  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride] - a field instead of a property

    def __post_init__(self) -> None:
        force_setattr(self, "value", arguments.instance("value", _exact_float(self.value), float))


class DagsterRunMetadataValue(MetadataValue[str], frozen=True, tag="run"):
    """A run, by its id."""

    run_id: str

    def __post_init__(self) -> None:
        arguments.instance("run_id", self.run_id, str)

    @property
    def value(self) -> str:
        """The run's id."""
        return self.run_id


class DagsterJobMetadataValue(MetadataValue["DagsterJobMetadataValue"], frozen=True, tag="job"):
    """A job of a code location."""

    job_name: str
    location_name: str
    repository_name: str | None = None

    def __post_init__(self) -> None:
        arguments.instance("job_name", self.job_name, str)
        arguments.instance("location_name", self.location_name, str)

    @property
    def value(self) -> DagsterJobMetadataValue:
        """This value itself."""
        return self


class DagsterAssetMetadataValue(MetadataValue[AssetKey], frozen=True, tag="asset"):
    """An asset, by its key."""

    asset_key: AssetKey

    def __post_init__(self) -> None:
        arguments.instance("asset_key", self.asset_key, AssetKey)

    @property
    def value(self) -> AssetKey:
        """The asset's key."""
        return self.asset_key


class TableMetadataValue(MetadataValue["TableMetadataValue"], frozen=True, tag="table"):
    """A few rows of a table and its columns.

    Args:
        records: the rows.
        schema: the columns; None takes the columns and types of the first row.

    Example:
        >>> MetadataValue.table([TableRecord({"id": 1})]).schema.columns[0].name
        'id'
    """

    records: Sequence[TableRecord]
    schema: TableSchema

    if TYPE_CHECKING:

        def __init__(self, records: Sequence[TableRecord], schema: TableSchema | None) -> None: ...

    def __post_init__(self) -> None:
        records = arguments.members("records", self.records, TableRecord)
        force_setattr(self, "records", records)
        if self.schema is not None:  # pyright: ignore[reportUnnecessaryComparison] - None may be given
            arguments.instance("schema", self.schema, TableSchema)
            return
        if not records:
            raise CheckError("A table without records needs a schema; none was given.")
        columns = [TableColumn(name, self.infer_column_type(value)) for name, value in records[0].data.items()]
        force_setattr(self, "schema", TableSchema(columns))

    @staticmethod
    def infer_column_type(value: object) -> str:
        """The column type of one cell: bool, int, float, and string for everything else."""
        if isinstance(value, bool):
            return "bool"
        if isinstance(value, int):
            return "int"
        return "float" if isinstance(value, float) else "string"

    @property
    def value(self) -> TableMetadataValue:
        """This value itself."""
        return self


class TableSchemaMetadataValue(MetadataValue[TableSchema], frozen=True, tag="table_schema"):
    """The columns of a table.

    Example:
        >>> schema = TableSchema([TableColumn("id", "int")])
        >>> MetadataValue.table_schema(schema).value == schema
        True
    """

    schema: TableSchema

    def __post_init__(self) -> None:
        arguments.instance("schema", self.schema, TableSchema)

    @property
    def value(self) -> TableSchema:
        """The columns."""
        return self.schema


class TableColumnLineageMetadataValue(MetadataValue[TableColumnLineage], frozen=True, tag="column_lineage"):
    """Which column was made from which."""

    column_lineage: TableColumnLineage  # pyright: ignore[reportIncompatibleMethodOverride] - shadows the constructor

    def __post_init__(self) -> None:
        arguments.instance("lineage", self.column_lineage, TableColumnLineage)

    @property
    def lineage(self) -> TableColumnLineage:
        """The lineage."""
        return self.column_lineage

    @property
    def value(self) -> TableColumnLineage:
        """The lineage."""
        return self.column_lineage

    def __repr__(self) -> str:
        return f"TableColumnLineageMetadataValue(lineage={self.column_lineage!r})"


class NullMetadataValue(MetadataValue[None], frozen=True, tag="null"):
    """Nothing, said explicitly."""

    @property
    def value(self) -> None:
        """None."""
        return None


class PoolMetadataValue(MetadataValue[str], frozen=True, tag="pool"):
    """A concurrency pool, by its name."""

    pool: str  # pyright: ignore[reportIncompatibleMethodOverride] - shadows the constructor

    def __post_init__(self) -> None:
        arguments.instance("name", self.pool, str)

    @property
    def name(self) -> str:
        """The pool's name."""
        return self.pool

    @property
    def value(self) -> str:
        """The pool's name."""
        return self.pool

    def __repr__(self) -> str:
        return f"PoolMetadataValue(name={self.pool!r})"


class CodeReferencesMetadataValue(MetadataValue["CodeReferencesMetadataValue"], frozen=True, kw_only=True, tag="code_references"):
    """Where an asset is defined.

    Example:
        >>> where = CodeReferencesMetadataValue(code_references=[LocalFileCodeReference(file_path="/shop/assets.py")])
        >>> where.code_references[0].file_path
        '/shop/assets.py'
    """

    namespace: ClassVar[str] = "dagster"
    code_references: list[LocalFileCodeReference | UrlCodeReference]

    def __post_init__(self) -> None:
        for reference in arguments.members("code_references", self.code_references, object):
            if not isinstance(reference, (LocalFileCodeReference, UrlCodeReference)):
                raise ParameterCheckError("code_references", reference, "a list of LocalFileCodeReference or UrlCodeReference")
        force_setattr(self, "code_references", list(self.code_references))

    @property
    def value(self) -> CodeReferencesMetadataValue:
        """This value itself."""
        return self


def _exact_float(value: object) -> float | None:
    if value is None or (type(value) is float and math.isfinite(value)):
        return value
    if isinstance(value, str) and value.startswith("\0"):
        return NonFinite.from_wire(value)
    exact = float(arguments.instance("value", value, float))
    return exact if math.isfinite(exact) else NonFinite(exact)


AnyMetadataValue = Union[
    TextMetadataValue,
    UrlMetadataValue,
    PathMetadataValue,
    NotebookMetadataValue,
    JsonMetadataValue,
    MarkdownMetadataValue,
    PythonArtifactMetadataValue,
    FloatMetadataValue,
    IntMetadataValue,
    BoolMetadataValue,
    TimestampMetadataValue,
    DagsterRunMetadataValue,
    DagsterJobMetadataValue,
    DagsterAssetMetadataValue,
    TableMetadataValue,
    TableSchemaMetadataValue,
    TableColumnLineageMetadataValue,
    NullMetadataValue,
    PoolMetadataValue,
    CodeReferencesMetadataValue,
]
"""The tagged union that reads any metadata value from the wire."""

if TYPE_CHECKING:
    MetadataMapping = Mapping[str, MetadataValue[Any]]
else:
    MetadataMapping = dict[str, AnyMetadataValue]
"""The type of a field that holds normalized metadata, keyed by label in the order of its author."""
