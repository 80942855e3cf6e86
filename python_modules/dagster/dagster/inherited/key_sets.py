"""Metadata and tags whose keys begin with one name, as the fields of a class."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from typing_extensions import Self

from dagster.errors import CheckError
from dagster.keys import AssetKey
from dagster.metadata.tables import TableColumnLineage, TableSchema
from dagster.metadata.values import CodeReferencesMetadataValue, MetadataValue

ArbitraryMetadataMapping = Mapping[str, Any]
SYSTEM_METADATA_KEY_DAGSTER_TYPE = "dagster/dagster_type"

_RAW_TYPES = (bool, int, float, str, type(None), AssetKey, TableSchema, TableColumnLineage, MetadataValue)


class NamespacedKVSet(BaseModel, ABC):
    """Fields that stand under `<namespace>/<field>`; `{**values}` gives those that are not None."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @classmethod
    @abstractmethod
    def namespace(cls) -> str:
        """What the keys begin with."""

    @classmethod
    def current_key_by_legacy_key(cls) -> Mapping[str, str]:
        """Keys of before -> fields that they fill."""
        return {}

    def keys(self) -> Iterable[str]:
        """The whole keys of fields that are not None."""
        return [f"{self.namespace()}/{name}" for name in type(self).model_fields if getattr(self, name) is not None]

    def __getitem__(self, key: str) -> Any:
        namespace, _, name = key.rpartition("/")
        if namespace != self.namespace() or name not in type(self).model_fields:
            raise KeyError(key)
        return getattr(self, name)

    @classmethod
    def extract(cls, values: Mapping[str, Any]) -> Self:
        """The fields that the mapping has keys for."""
        of_before = {old: new for old, new in cls.current_key_by_legacy_key().items() if old in values}
        found = {name: values[old] for old, name in of_before.items()}
        found |= {name: values[f"{cls.namespace()}/{name}"] for name in cls.model_fields if f"{cls.namespace()}/{name}" in values}
        return cls(**{name: cls._of_field(name, value) for name, value in found.items()})

    @classmethod
    def _of_field(cls, name: str, value: Any) -> Any:
        return value


class NamespacedTagSet(NamespacedKVSet):
    """Tags under one name."""


class NamespacedMetadataSet(NamespacedKVSet):
    """Metadata under one name."""

    def __init__(self, **fields: Any) -> None:
        for name in type(self).model_fields:
            refused = [each for each in self._types(name) if not _is_metadata(each)]
            if refused:
                raise CheckError(f"Field {name!r} of {type(self).__name__} takes {refused[0]}, which cannot be metadata.")
        super().__init__(**fields)

    @classmethod
    def _types(cls, name: str) -> tuple[Any, ...]:
        hint = cls.model_fields[name].annotation
        return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)

    @classmethod
    def _of_field(cls, name: str, value: Any) -> Any:
        """A metadata value as it is where the field takes it so; else what it holds."""
        taken_so = any(isinstance(each, type) and isinstance(value, each) for each in cls._types(name))
        holds = isinstance(cast("object", value), MetadataValue) and not taken_so
        return value.value if holds else value


class TableMetadataSet(NamespacedMetadataSet):
    """What is known of a table, under the keys that pages show: `dagster/row_count` and so on."""

    column_schema: TableSchema | None = None
    column_lineage: TableColumnLineage | None = None
    row_count: int | None = None
    partition_row_count: int | None = None
    table_name: str | None = None
    storage_kind: str | None = None

    @classmethod
    def namespace(cls) -> str:
        return "dagster"

    @classmethod
    def current_key_by_legacy_key(cls) -> Mapping[str, str]:
        return {"relation_identifier": "table_name"}


class CodeReferencesMetadataSet(NamespacedMetadataSet):
    """Where the code of something lies: `dagster/code_references`."""

    code_references: CodeReferencesMetadataValue | None = None

    @classmethod
    def namespace(cls) -> str:
        return "dagster"


class UriMetadataSet(NamespacedMetadataSet):
    """Where something lies: `dagster/uri`."""

    uri: str | None = None

    @classmethod
    def namespace(cls) -> str:
        return "dagster"


def _is_metadata(hint: Any) -> bool:
    return isinstance(get_origin(hint) or hint, type) and issubclass(get_origin(hint) or hint, _RAW_TYPES)
