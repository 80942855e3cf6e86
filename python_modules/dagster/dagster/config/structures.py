"""How config types that are made of others check and finish values. The constructors users call are in `fields`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeGuard, cast

from dagster.config.evaluations import (
    ConfigPath,
    EvaluationError,
    alias_collision,
    fields_not_defined,
    missing_fields,
    none_not_allowed,
    selector_error,
    wrong_kind,
)
from dagster.config.types import ConfigType, ConfigTypeKind
from dagster.errors import ParameterCheckError


class FieldFacts(Protocol):
    """What a dict's type must know of its entries."""

    @property
    def config_type(self) -> ConfigType: ...
    @property
    def description(self) -> str | None: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def is_secret(self) -> bool: ...
    @property
    def default_provided(self) -> bool: ...
    @property
    def default_value(self) -> Any: ...
    @property
    def default_value_as_json_str(self) -> str: ...
    @property
    def example(self) -> Any: ...


class NoneableType(ConfigType):
    """None, or a value of the inner type."""

    __slots__ = ("inner_type",)

    def __init__(self, inner_type: ConfigType) -> None:
        self.inner_type = inner_type
        super().__init__(key=f"Noneable.{inner_type.key}", kind=ConfigTypeKind.NONEABLE)

    @property
    def text(self) -> str:
        return f"{self.inner_type.text}?"

    @property
    def example(self) -> Any:
        return None

    @property
    def is_optional(self) -> bool:
        return True

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        return (self.inner_type,)

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is not None:
            self.inner_type.check(value, path, errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        return None if value is None else self.inner_type.finish(value, path, errors)


class ArrayType(ConfigType):
    """A list of values of one type."""

    __slots__ = ("inner_type",)

    def __init__(self, inner_type: ConfigType) -> None:
        self.inner_type = inner_type
        super().__init__(key=f"Array.{inner_type.key}", kind=ConfigTypeKind.ARRAY)

    @property
    def text(self) -> str:
        return f"[{self.inner_type.text}]"

    @property
    def example(self) -> Any:
        return []

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        return (self.inner_type,)

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not isinstance(value, list):
            errors.append(wrong_kind(path, value, "list", self.text))
        else:
            for index, item in enumerate(cast("list[Any]", value)):
                self.inner_type.check(item, path.item(index), errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        return [self.inner_type.finish(item, path.item(index), errors) for index, item in enumerate(value)]


class MapType(ConfigType):
    """A dict with any keys of one scalar type and values of one type."""

    __slots__ = ("inner_type", "key_type")

    def __init__(self, key_type: ConfigType, inner_type: ConfigType, key_label_name: str | None) -> None:
        if key_type.kind is not ConfigTypeKind.SCALAR:
            raise ParameterCheckError("key_type", key_type, "a scalar type (int, float, bool or str)")
        self.key_type = key_type
        self.inner_type = inner_type
        label = f":name: {key_label_name}" if key_label_name else ""
        key = f"Map.{key_type.key}.{inner_type.key}{label}"
        super().__init__(key=key, kind=ConfigTypeKind.MAP, given_name=key_label_name)

    @property
    def key_label_name(self) -> str | None:
        """What the keys are."""
        return self.given_name

    @property
    def text(self) -> str:
        label = f"{self.given_name}: " if self.given_name else ""
        return f"{{ [{label}{self.key_type.text}]: {self.inner_type.text} }}"

    @property
    def example(self) -> Any:
        return {}

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        return (self.key_type, self.inner_type)

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not _is_dict(value):
            errors.append(wrong_kind(path, value, "dict", self.text))
        else:
            for key, inner in value.items():
                self.key_type.check(key, path.map_key(key), errors)
                self.inner_type.check(inner, path.map_value(key), errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        return {key: self.inner_type.finish(inner, path.map_value(key), errors) for key, inner in value.items()}


class ScalarUnionType(ConfigType):
    """A scalar, or else a dict or list of another type."""

    __slots__ = ("non_scalar_type", "scalar_type")

    def __init__(self, scalar_type: ConfigType, non_scalar_type: ConfigType, key: str | None) -> None:
        if scalar_type.kind is not ConfigTypeKind.SCALAR:
            raise ParameterCheckError("scalar_type", scalar_type, "a scalar type (int, float, bool or str)")
        self.scalar_type = scalar_type
        self.non_scalar_type = non_scalar_type
        key = key or f"ScalarUnion.{scalar_type.key}-{non_scalar_type.key}"
        super().__init__(key=key, kind=ConfigTypeKind.SCALAR_UNION)

    @property
    def text(self) -> str:
        return f"({self.scalar_type.text} | {self.non_scalar_type.text})"

    @property
    def example(self) -> Any:
        return self.scalar_type.example

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        return (self.scalar_type, self.non_scalar_type)

    def _meant_by(self, value: Any) -> ConfigType:
        return self.non_scalar_type if isinstance(value, dict | list) else self.scalar_type

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        else:
            self._meant_by(value).check(value, path, errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        return self._meant_by(value).finish(value, path, errors)


class FieldsType(ConfigType):
    """A dict with named entries.

    Attributes:
        fields: the entries, sorted by name.
    """

    __slots__ = ("fields",)

    def __init__(self, fields: Mapping[str, FieldFacts], kind: ConfigTypeKind, prefix: str, description: str | None) -> None:
        self.fields = dict(sorted(fields.items()))
        super().__init__(key=f"{prefix}.{_digest(self.fields, description)}", kind=kind, description=description)

    @property
    def text(self) -> str:
        entries = [f"{name}{'' if field.is_required else '?'}: {field.config_type.text}" for name, field in self.fields.items()]
        return f"{{ {' '.join(entries)} }}" if entries else "{ }"

    @property
    def example(self) -> Any:
        return {name: field.example for name, field in self.fields.items() if field.is_required}

    @property
    def inner_types(self) -> Sequence[ConfigType]:
        return [field.config_type for field in self.fields.values()]

    def _checked_dict(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> dict[str, Any] | None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not _is_dict(value):
            errors.append(wrong_kind(path, value, "dict", self.text, "."))
        else:
            return value
        return None


class ShapeType(FieldsType):
    """A dict with these entries; with others as well if it is open."""

    __slots__ = ("field_aliases", "is_open")

    def __init__(
        self,
        fields: Mapping[str, FieldFacts],
        description: str | None,
        field_aliases: Mapping[str, str] | None = None,
        is_open: bool = False,
    ) -> None:
        self.field_aliases = dict(field_aliases or {})
        self.is_open = is_open
        kind = ConfigTypeKind.PERMISSIVE_SHAPE if is_open else ConfigTypeKind.STRICT_SHAPE
        super().__init__(fields, kind, "Permissive" if is_open else "Shape", description)

    @property
    def is_optional(self) -> bool:
        return not any(field.is_required for field in self.fields.values())

    @property
    def implied_default(self) -> Any:
        return {name: field.default_value for name, field in self.fields.items() if field.default_provided}

    def _named(self, value: dict[str, Any], path: ConfigPath, errors: list[EvaluationError]) -> dict[str, Any]:
        if not self.field_aliases:
            return value
        named = dict(value)
        for name, alias in self.field_aliases.items():
            if name in value and alias in value:
                errors.append(alias_collision(path, name, alias))
                del named[alias]
            elif alias in named:
                named[name] = named.pop(alias)
        return named

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        entries = self._checked_dict(value, path, errors)
        if entries is None:
            return
        entries = self._named(entries, path, errors)
        unknown = [str(name) for name in entries if name not in self.fields]
        if unknown and not self.is_open:
            errors.append(fields_not_defined(path, sorted(unknown), self.text, list(self.fields)))
        missing = {name: field.example for name, field in self.fields.items() if field.is_required and name not in entries}
        if missing:
            errors.append(missing_fields(path, missing))
        for name, field in self.fields.items():
            if name in entries:
                field.config_type.check(entries[name], path.field(name), errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        entries = self._named(value, path, errors)
        finished: dict[str, Any] = {}
        for name, entry in entries.items():
            field = self.fields.get(name)
            finished[name] = entry if field is None else field.config_type.finish(entry, path.field(name), errors)
        for name, field in self.fields.items():
            if name not in entries and field.default_provided:
                finished[name] = finish_default(field, path.field(name), errors)
        return finished


class SelectorType(FieldsType):
    """A dict with exactly one of these entries."""

    __slots__ = ()

    def __init__(self, fields: Mapping[str, FieldFacts], description: str | None) -> None:
        super().__init__(fields, ConfigTypeKind.SELECTOR, "Selector", description)

    @property
    def example(self) -> Any:
        return "<selector>"

    @property
    def is_optional(self) -> bool:
        return len(self.fields) == 1 and not next(iter(self.fields.values())).is_required

    @property
    def implied_default(self) -> Any:
        return {name: field.default_value for name, field in self.fields.items() if field.default_provided}

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None:
            errors.append(none_not_allowed(path, self.text))
        elif not _is_dict(value):
            errors.append(wrong_kind(path, value, "dict", self.text))
        elif len(value) > 1:
            chosen, available = sorted(map(str, value)), list(self.fields)
            sentence = f"You can only specify a single field {path}. You specified {chosen}. The available fields are {available}"
            errors.append(selector_error(path, sentence, chosen))
        elif not value:
            self._check_nothing_chosen(path, errors)
        else:
            self._check_chosen(*next(iter(value.items())), path, errors)

    def _check_nothing_chosen(self, path: ConfigPath, errors: list[EvaluationError]) -> None:
        defined = list(self.fields)
        if len(defined) > 1:
            sentence = f"Must specify a field {path} if more than one field is defined. Defined fields: {defined}"
            errors.append(selector_error(path, sentence))
        elif not self.is_optional:
            errors.append(selector_error(path, f"Must specify the required field {path}. Defined fields: {defined}"))

    def _check_chosen(self, name: str, inner: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if name not in self.fields:
            errors.append(fields_not_defined(path, [str(name)], self.text, list(self.fields)))
        else:
            chosen = self.fields[name].config_type
            chosen.check(_dict_for_none(chosen, inner), path.field(name), errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        if not value:
            name, field = next(iter(self.fields.items()))
            return {name: finish_default(field, path.field(name), errors) if field.default_provided else None}
        name, inner = next(iter(value.items()))
        chosen = self.fields[name].config_type
        return {name: chosen.finish(_dict_for_none(chosen, inner), path.field(name), errors)}


class PlainOrSelectorType(SelectorType):
    """A value that is no dict, or a dict with exactly one of these entries."""

    __slots__ = ()

    def check(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> None:
        if value is None or _is_dict(value):
            super().check(value, path, errors)

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        return super().finish(value, path, errors) if _is_dict(value) else value


def finish_default(field: FieldFacts, path: ConfigPath, errors: list[EvaluationError]) -> Any:
    """What code gets for a field that is left out; None stands for itself, whatever the type."""
    default = field.default_value
    return None if default is None else field.config_type.finish(default, path, errors)


def _dict_for_none(chosen: ConfigType, inner: Any) -> Any:
    # `some_choice:` alone in YAML reads as None and means: with all defaults.
    return {} if inner is None and isinstance(chosen, FieldsType) else inner


def _is_dict(value: Any) -> TypeGuard[dict[Any, Any]]:
    return isinstance(value, Mapping)


def _digest(fields: Mapping[str, FieldFacts], description: str | None) -> str:
    from hashlib import sha1

    parts = [description or ""]
    for name, field in fields.items():
        default = field.default_value_as_json_str if field.default_provided else ""
        parts.append(f"{name}:{field.config_type.key}:{field.is_required}:{default}:{field.description}:{field.is_secret}")
    return sha1("\n".join(parts).encode(), usedforsecurity=False).hexdigest()
