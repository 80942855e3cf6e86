"""The version of an asset's data and what it was made from.

A materialization carries both as tags; the data version that nobody gave is a hash over the code version and the data versions of
the inputs, so that the same code on the same inputs has the same version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import ParameterCheckError
from dagster.keys import AssetKey

CODE_VERSION_TAG = "dagster/code_version"
DATA_VERSION_TAG = "dagster/data_version"
DATA_VERSION_IS_USER_PROVIDED_TAG = "dagster/data_version_is_user_provided"
INPUT_DATA_VERSION_TAG_PREFIX = "dagster/input_data_version"
INPUT_EVENT_POINTER_TAG_PREFIX = "dagster/input_event_pointer"

CACHE_KEY_TAG = "dagster/cache_key"
"""Of a materialization under a cache policy: stands for everything that it was made from."""

NULL_EVENT_POINTER = "NULL"


class DataVersion(msgspec.Struct, frozen=True):
    """The version of an asset's data: equal data has an equal value.

    Example:
        >>> DataVersion("2024-05-01").value
        '2024-05-01'
    """

    value: str

    def __post_init__(self) -> None:
        _check_is_string(self.value)


def _check_is_string(value: object) -> None:
    if not isinstance(value, str):
        raise ParameterCheckError("value", value, "a string")


class DataVersionsByPartition(msgspec.Struct, frozen=True):
    """The versions of an asset's partitions, as its observation found them.

    Args:
        data_versions_by_partition: keyed by partition; a string stands for the version of that value.

    Example:
        >>> DataVersionsByPartition({"2024-05-01": "a"}).data_versions_by_partition
        {'2024-05-01': DataVersion(value='a')}
    """

    data_versions_by_partition: Mapping[str, DataVersion]

    if TYPE_CHECKING:

        def __init__(self, data_versions_by_partition: Mapping[str, str | DataVersion]) -> None: ...

    def __post_init__(self) -> None:
        given: Any = self.data_versions_by_partition
        if not isinstance(given, Mapping):
            raise ParameterCheckError("data_versions_by_partition", given, "a dict")
        versions = cast("Mapping[str, str | DataVersion]", given).items()
        coerced = {key: each if isinstance(each, DataVersion) else DataVersion(each) for key, each in versions}
        force_setattr(self, "data_versions_by_partition", coerced)


DEFAULT_DATA_VERSION = DataVersion("INITIAL")
NULL_DATA_VERSION = DataVersion("NULL")


class DataProvenance(msgspec.Struct, frozen=True):
    """What a materialization was made from.

    Attributes:
        code_version: the version of the code that ran.
        input_data_versions: keyed by upstream asset.
        input_storage_ids: keyed by upstream asset; id of the event that was read, None where there was none.
        is_user_provided: whether the data version was given by user code.
    """

    code_version: str
    input_data_versions: Mapping[AssetKey, DataVersion]
    input_storage_ids: Mapping[AssetKey, int | None]
    is_user_provided: bool

    @staticmethod
    def from_tags(tags: Mapping[str, str]) -> DataProvenance | None:
        """The provenance that the tags of a materialization carry; None without a code version."""
        code_version = tags.get(CODE_VERSION_TAG)
        if code_version is None:
            return None
        versions: dict[AssetKey, DataVersion] = {}
        pointers: dict[AssetKey, int | None] = {}
        for tag, value in tags.items():
            head, _, tail = tag.partition("/")
            kind, _, key = tail.partition("/")
            if f"{head}/{kind}" == INPUT_DATA_VERSION_TAG_PREFIX:
                versions[AssetKey.from_user_string(key)] = DataVersion(value)
            elif f"{head}/{kind}" == INPUT_EVENT_POINTER_TAG_PREFIX:
                pointers[AssetKey.from_user_string(key)] = None if value == NULL_EVENT_POINTER else int(value)
        return DataProvenance(code_version, versions, pointers, DATA_VERSION_IS_USER_PROVIDED_TAG in tags)

    @property
    def input_logical_versions(self) -> Mapping[AssetKey, DataVersion]:
        """Older name of `input_data_versions`."""
        return self.input_data_versions

    def has_input_asset(self, key: AssetKey) -> bool:
        """Whether `key` was an input."""
        return key in self.input_data_versions


def computed_data_version(code_version: str, input_versions: Iterable[tuple[AssetKey, str]]) -> str:
    """The version of data made by this code from these inputs: SHA-256 over their concatenation, inputs in key order."""
    from hashlib import sha256

    values = [version for _, version in sorted(input_versions, key=lambda item: item[0])]
    return sha256("".join([code_version, *values]).encode()).hexdigest()
