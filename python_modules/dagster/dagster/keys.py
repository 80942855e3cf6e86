"""Names of assets and of their checks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring_ascii  # as `json.dumps` writes a string, without what surrounds it
from typing import TYPE_CHECKING, Any, Union, cast

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import CheckError, DagsterInvariantViolationError, ParameterCheckError

if TYPE_CHECKING:
    from typing import TypeAlias

CoercibleToAssetKeyPrefix: TypeAlias = Union[str, Sequence[str]]
CoercibleToAssetKey: TypeAlias = Union["AssetKey", str, Sequence[str]]

_UNESCAPED_SLASH = re.compile(r"(?<!\\)/")


class AssetKey:
    """The name of an asset: one or more parts, the first ones being its namespace.

    Args:
        path: the parts in order; a plain string is one part, also when it holds a slash.

    Example:
        >>> AssetKey(["sales", "orders"]).to_user_string()
        'sales/orders'
        >>> AssetKey.from_user_string("sales/orders").path
        ['sales', 'orders']
    """

    __slots__ = ("_hash", "_text", "parts")

    parts: tuple[str, ...]
    _text: str

    def __init__(self, path: str | Sequence[str]) -> None:
        parts = (path,) if isinstance(path, str) else _checked_parts(path)
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "_hash", hash(parts))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"AssetKey is frozen; make another one instead of setting {name!r}.")

    def __reduce__(self) -> tuple[type[AssetKey], tuple[tuple[str, ...]]]:
        return AssetKey, (self.parts,)

    def __hash__(self) -> int:
        return self._hash  # pyright: ignore[reportAttributeAccessIssue] - a slot without annotation

    def __eq__(self, other: object) -> bool:
        return self.parts == other.parts if isinstance(other, AssetKey) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self.parts < other.parts if isinstance(other, AssetKey) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.parts <= other.parts if isinstance(other, AssetKey) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.parts > other.parts if isinstance(other, AssetKey) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.parts >= other.parts if isinstance(other, AssetKey) else NotImplemented

    def __repr__(self) -> str:
        return f"AssetKey({list(self.parts)!r})"

    @property
    def path(self) -> list[str]:
        """The parts in order, as a new list."""
        return list(self.parts)

    def to_user_string(self) -> str:
        """The parts joined with slashes, as people write it."""
        return "/".join(self.parts)

    def to_escaped_user_string(self) -> str:
        r"""Like `to_user_string`, with a slash inside of a part written as `\/`; `from_escaped_user_string` reads it."""
        return "/".join(part.replace("/", "\\/") for part in self.parts)

    def to_string(self) -> str:
        """The parts as a JSON array; the form in which keys are stored and sorted in a database."""
        try:
            return self._text
        except AttributeError:  # asked for the first time; who asks once asks again, with each event and each question
            text = f"[{', '.join(map(encode_basestring_ascii, self.parts))}]"
            object.__setattr__(self, "_text", text)
            return text

    def to_db_string(self) -> str:
        """Same as `to_string`."""
        return self.to_string()

    def to_python_identifier(self, suffix: str | None = None) -> str:
        """The parts, and the suffix if there is one, joined with two underscores; dashes and dots become underscores.

        Without a suffix it is the name of the asset's step.
        """
        parts = self.parts if suffix is None else (*self.parts, suffix)
        return "__".join(parts).replace("-", "_").replace(".", "_")

    def to_graphql_input(self) -> Mapping[str, Sequence[str]]:
        """The key as the input object of the GraphQL API."""
        return {"path": self.path}

    def has_prefix(self, prefix: Sequence[str]) -> bool:
        """Whether the first parts are `prefix`."""
        return self.parts[: len(prefix)] == tuple(prefix)

    def with_prefix(self, prefix: CoercibleToAssetKeyPrefix) -> AssetKey:
        """The key with `prefix` before it."""
        return AssetKey((prefix, *self.parts) if isinstance(prefix, str) else (*prefix, *self.parts))

    @staticmethod
    def from_user_string(asset_key_string: str) -> AssetKey:
        """The key that people write as `sales/orders`."""
        return AssetKey(asset_key_string.split("/"))

    @staticmethod
    def from_escaped_user_string(asset_key_string: str) -> AssetKey:
        r"""The inverse of `to_escaped_user_string`: `a\/b/c` has the two parts `a/b` and `c`."""
        return AssetKey([part.replace("\\/", "/") for part in _UNESCAPED_SLASH.split(asset_key_string)])

    @staticmethod
    def from_db_string(asset_key_string: str | None) -> AssetKey | None:
        """The inverse of `to_db_string`; None for None or an empty string."""
        return AssetKey(json.loads(asset_key_string)) if asset_key_string else None

    @staticmethod
    def get_db_prefix(path: Sequence[str]) -> str:
        """What the `to_db_string` of every key that begins with `path` begins with."""
        return json.dumps(list(path))[:-2]

    @staticmethod
    def from_graphql_input(graphql_input_asset_key: Mapping[str, Sequence[str]]) -> AssetKey:
        """The inverse of `to_graphql_input`."""
        return AssetKey(graphql_input_asset_key["path"])

    @staticmethod
    def from_coercible(arg: CoercibleToAssetKey) -> AssetKey:
        """A key from a key, a string (one part) or a sequence of parts.

        Raises:
            CheckError: `arg` is none of these.
        """
        if isinstance(arg, AssetKey):
            return arg
        if isinstance(arg, (str, list, tuple)):
            return AssetKey(arg)
        raise CheckError(f"An asset key is an AssetKey, a string or a sequence of strings. Got {arg!r}, which is {type(arg)}.")

    @staticmethod
    def from_coercible_or_definition(arg: object) -> AssetKey:
        """A key from what `from_coercible` takes or from anything that has one (`AssetSpec`, `AssetsDefinition`)."""
        key: Any = arg if isinstance(arg, (str, list, tuple)) else getattr(arg, "key", arg)  # pyright: ignore[reportUnknownVariableType]
        return AssetKey.from_coercible(key)


_DECODED_AT_MOST = 10_000


class _DecodedKeys(dict[tuple[object, ...], AssetKey]):
    """Keys by their parts, made when they are first asked for; a dict, because it is asked once for each event that is read."""

    def __missing__(self, parts: tuple[object, ...]) -> AssetKey:
        key = AssetKey(cast("tuple[str, ...]", parts))
        if len(self) < _DECODED_AT_MOST:
            self[parts] = key
        return key


decoded_keys: Mapping[tuple[object, ...], AssetKey] = _DecodedKeys()
"""The key of parts that were decoded: as `AssetKey(parts)`, and the same object for the keys that come again and again."""


def _checked_parts(path: Iterable[object]) -> tuple[str, ...]:
    if not isinstance(path, (list, tuple)):
        raise ParameterCheckError("path", path, "a Sequence")
    for part in path:
        if not isinstance(part, str):
            raise CheckError(f"Member of sequence mismatches type. Expected <class 'str'>. Got {part!r} of type {type(part)}.")
    return cast("tuple[str, ...]", tuple(path))


def key_prefix_of(prefix: CoercibleToAssetKeyPrefix | None) -> tuple[str, ...]:
    """The parts of a `key_prefix` argument; no parts for None.

    Raises:
        ParameterCheckError: it is neither a string nor strings in a list.
    """
    if prefix is None:
        return ()
    if isinstance(prefix, str):
        return (prefix,)
    parts: Any = prefix
    if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in cast("Sequence[Any]", parts)):
        raise ParameterCheckError("key_prefix", prefix, "a string or a list of strings")
    return tuple(prefix)


class AssetCheckKey(msgspec.Struct, frozen=True, order=True):
    """The name of a check: the asset and the check's own name.

    Example:
        >>> AssetCheckKey(AssetKey("orders"), "not_empty").to_user_string()
        'orders:not_empty'
    """

    asset_key: AssetKey
    name: str

    def __post_init__(self) -> None:
        force_setattr(self, "asset_key", AssetKey.from_coercible(self.asset_key))

    def to_user_string(self) -> str:
        """The asset, a colon, the name."""
        return f"{self.asset_key.to_user_string()}:{self.name}"

    @staticmethod
    def from_user_string(string: str) -> AssetCheckKey:
        """The inverse of `to_user_string`."""
        asset, _, name = string.rpartition(":")
        if not asset or not name:
            raise DagsterInvariantViolationError(f"A check is written as `asset:check`. Got {string!r}.")
        return AssetCheckKey(AssetKey.from_user_string(asset), name)

    def to_db_string(self) -> str:
        """The key as a JSON object, the form in which it is stored."""
        return json.dumps({"asset_key": self.asset_key.to_string(), "check_name": self.name})

    @staticmethod
    def from_db_string(db_string: str) -> AssetCheckKey | None:
        """The inverse of `to_db_string`; None for a string that is no check key."""
        try:
            values = json.loads(db_string)
            return AssetCheckKey(AssetKey(json.loads(values["asset_key"])), values["check_name"])
        except (ValueError, TypeError, KeyError):
            return None

    @staticmethod
    def from_graphql_input(graphql_input: Mapping[str, object]) -> AssetCheckKey:
        """The key from the input object of the GraphQL API."""
        asset_key: Any = graphql_input["assetKey"]
        return AssetCheckKey(AssetKey.from_graphql_input(asset_key), str(graphql_input["name"]))

    def with_asset_key_prefix(self, prefix: CoercibleToAssetKeyPrefix) -> AssetCheckKey:
        """The same check on the asset with `prefix` before its key."""
        return AssetCheckKey(self.asset_key.with_prefix(prefix), self.name)

    def replace_asset_key(self, asset_key: AssetKey) -> AssetCheckKey:
        """The same check on another asset."""
        return AssetCheckKey(asset_key, self.name)


class AssetJobKey(msgspec.Struct, frozen=True, order=True):
    """The name of a job of assets, where conditions decide about jobs.

    Example:
        >>> AssetJobKey("nightly").to_user_string()
        'nightly'
    """

    job_name: str

    def __post_init__(self) -> None:
        if not isinstance(self.job_name, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
            raise ParameterCheckError("job_name", self.job_name, "a str")

    def to_user_string(self) -> str:
        """The name."""
        return self.job_name

    @staticmethod
    def from_user_string(user_string: str) -> AssetJobKey:
        """The inverse of `to_user_string`."""
        return AssetJobKey(user_string)

    def to_db_string(self) -> str:
        """The key as a JSON object, the form in which it is stored."""
        return json.dumps({"job_name": self.job_name})

    @staticmethod
    def from_db_string(db_string: str) -> AssetJobKey | None:
        """The inverse of `to_db_string`; None for a string that is no key of a job."""
        try:
            return AssetJobKey(json.loads(db_string)["job_name"])
        except (ValueError, TypeError, KeyError):
            return None

    @staticmethod
    def from_graphql_input(graphql_input: Mapping[str, object]) -> AssetJobKey:
        """The key from the input object of the GraphQL API."""
        return AssetJobKey(str(graphql_input["jobName"]))
