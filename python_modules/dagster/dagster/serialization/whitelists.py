"""Classes of users that `serialize_value` should know: named tuples, dataclasses, models of pydantic, enums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar, overload

from dagster.serialization.forms import Form, add_class, add_enum, form_named, path_of
from dagster.serialization.refusals import SerdesUsageError

T = TypeVar("T")


@overload
def whitelist_for_serdes(__cls: type[T], /) -> type[T]: ...
@overload
def whitelist_for_serdes(
    *,
    storage_name: str | None = ...,
    old_storage_names: Iterable[str] | None = ...,
    storage_field_names: Mapping[str, str] | None = ...,
    old_fields: Mapping[str, Any] | None = ...,
    skip_when_empty_fields: Iterable[str] | None = ...,
    skip_when_none_fields: Iterable[str] | None = ...,
) -> Callable[[type[T]], type[T]]: ...
def whitelist_for_serdes(
    __cls: type[Any] | None = None,
    /,
    *,
    storage_name: str | None = None,
    old_storage_names: Iterable[str] | None = None,
    storage_field_names: Mapping[str, str] | None = None,
    old_fields: Mapping[str, Any] | None = None,
    skip_when_empty_fields: Iterable[str] | None = None,
    skip_when_none_fields: Iterable[str] | None = None,
) -> Any:
    """Make a class known to `serialize_value` and `deserialize_value`: a named tuple, dataclass, pydantic model or enum.

    Args:
        storage_name: the name under which its objects are written; without: that of the class.
        old_storage_names: names under which they were written before.
        storage_field_names: name of the field -> name as it is written.
        old_fields: fields that are written for older readers, with their value.
        skip_when_empty_fields: fields that are left out when they are empty.
        skip_when_none_fields: fields that are left out when they are None.

    Raises:
        SerdesUsageError: the class is of another kind, or another class has the name already.
    """

    def decorate(of: type[Any]) -> type[Any]:
        name = storage_name or of.__name__
        if issubclass(of, Enum):
            add_enum(of, name)
            return of
        older = frozenset(old_storage_names or ())
        for taken in (name, *older):
            _refuse_another(taken, of)
        written_as = storage_field_names or {}
        form = Form(
            name=name,
            path=of,
            fields={written_as.get(field, field): field for field in _fields_of(of)},
            older_names=older,
            written_anyway=dict(old_fields or {}),
            without_none=frozenset(skip_when_none_fields or ()),
            without_empty=frozenset(skip_when_empty_fields or ()),
        )
        add_class(of, form)
        return of

    return decorate if __cls is None else decorate(__cls)


def _fields_of(of: Any) -> list[str]:
    for named in ("_fields", "model_fields", "__struct_fields__"):
        if hasattr(of, named):
            return list(getattr(of, named))
    if hasattr(of, "__dataclass_fields__"):
        from dataclasses import fields

        return [field.name for field in fields(of) if field.init]
    raise SerdesUsageError(
        f"{of} cannot be made known: it is no named tuple, dataclass, pydantic model or enum, so that its fields are not known."
    )


def _refuse_another(name: str, of: type[Any]) -> None:
    """Names are taken once; a class that is defined again, as in a notebook, replaces itself."""
    known = form_named(name)
    if known is None or (not isinstance(known.path, str) and path_of(known.path) == path_of(of)):
        return
    raise SerdesUsageError(f"Another class is written as {name!r} already: {known.path}. Give this one another storage_name.")
