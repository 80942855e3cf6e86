"""Classes that are made from files: what may stand there as a pydantic model, and how an object comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union, cast, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from typing_extensions import Self

from dagster.components.fields import (
    NO_DEFAULT,
    OMITTED,
    FieldRule,
    Omitted,
    element_of,
    fields_of,
    is_plain_data,
    members_of,
    plain,
    value_of,
)
from dagster.components.positions import Document, documents
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvers import called, resolver_in
from dagster.errors import closest

_PLAIN_NAMES = frozenset({"str", "int", "float", "bool", "none", "date", "datetime"})


class Model(BaseModel):
    """A pydantic model that refuses keys it does not know; the base of what users write in component files.

    Example:
        >>> class Table(Model):
        ...     name: str
        >>> Table(name="orders")
        Table(name='orders')
        >>> Table(name="orders", nmae="orders")
        Traceback (most recent call last):
            ...
        pydantic_core._pydantic_core.ValidationError: 1 validation error for Table
    """

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Resolvable:
    """A class that can be made from a file: a `Model`, a dataclass, or one with an annotated constructor.

    Every field may be written as a template. Fields of types that no file holds need a `Resolver` in their annotation.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Column(Resolvable):
        ...     name: str
        ...     width: int = 10
        >>> Column.resolve_from_yaml("{name: id, width: '{{ 2 * 8 }}'}")
        Column(name='id', width=16)
    """

    @classmethod
    def model(cls) -> type[BaseModel]:
        """What may stand in the file, as a pydantic model.

        Raises:
            DagsterComponentError: a field is of a type that no file holds.
        """
        made = cls.__dict__.get("_dagster_model")
        if made is None:
            made = _model_of(cls)
            setattr(cls, "_dagster_model", made)  # noqa: B010 - an attribute that pydantic's metaclass would take for a field
        return made

    @classmethod
    def get_form_config(cls) -> Any:
        """How a form shows the class; None leaves it to the form."""
        return None

    @classmethod
    def resolve_from_model(cls, context: ResolutionContext, model: BaseModel) -> Self:
        """An object of what stands in the file.

        Args:
            context: what templates see, and where the model stands.
            model: of `model()`.

        Raises:
            DagsterComponentError: a template or resolver fails, or the class refuses the values; names file, line and key.
        """
        values = resolve_fields(model, cls, context)
        try:
            return cls(**values)
        except ValidationError as refused:
            raise refusal(refused, context) from refused

    @classmethod
    def resolve_from_dict(cls, dictionary: dict[str, Any]) -> Self:
        """An object of a dict as a file would hold it."""
        context = ResolutionContext.default()
        return cls.resolve_from_model(context, validated(cls.model(), dictionary, context))

    @classmethod
    def resolve_from_yaml(cls, yaml: str, *, scope: Mapping[str, Any] | None = None) -> Self:
        """An object of a text of YAML.

        Args:
            yaml: one document.
            scope: more names for its templates.

        Raises:
            DagsterComponentError: it does not fit; names line and key.
        """
        found = documents(yaml, "<string>")
        document = found[0] if found else None
        context = ResolutionContext.default().with_scope(**(scope or {}))
        if document is not None:
            context = context.with_source_position_tree(document.positions)
        return cls.resolve_from_model(context, validated(cls.model(), _value(document), context))


def _value(document: Document | None) -> Any:
    return {} if document is None else document.value


def validated(model: type[BaseModel], value: Any, context: ResolutionContext) -> BaseModel:
    """A value of a file as the model of what may stand there.

    Raises:
        DagsterComponentError: it does not fit; names file, line and key of everything that does not.
    """
    try:
        return model.model_validate(value)
    except ValidationError as refused:
        raise refusal(refused, context, model.model_fields) from refused


def refusal(refused: ValidationError, context: ResolutionContext, known: Iterable[str] = ()) -> DagsterComponentError:
    """What pydantic refused, with the places in the file; of the forms that a value may take, the one it comes nearest to.

    Args:
        refused: what pydantic says.
        context: where the value stands.
        known: the keys that the value may have.
    """
    problems: dict[tuple[tuple[str | int, ...], str], DagsterComponentError] = {}
    for location, error in _narrowed([(error["loc"], error) for error in refused.errors()]):
        keys = (*context.path, *location)
        said = _sentence(error, location, known)
        problems.setdefault((keys, said), DagsterComponentError(said, _place(context, keys), keys))
    return DagsterComponentError.of(problems.values())


def _sentence(error: Any, location: Sequence[str | int], known: Iterable[str]) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return "Nothing of this name may be written here." + (closest(str(location[0]), known) if len(location) == 1 else "")
    if kind == "missing":
        return "This must be written."
    said = str(error.get("ctx", {}).get("error", error["msg"])) if kind == "value_error" else error["msg"]
    return f"{said}, found {error['input']!r:.80}."


def _narrowed(errors: list[tuple[tuple[str | int, ...], Any]]) -> list[tuple[tuple[str | int, ...], Any]]:
    """Errors with the keys of the file; of those about members of a union, those about the member with the fewest.

    Any field may be a template, so that text is one form of each value; it is meant only where there is no other.
    """
    kept: list[tuple[tuple[str | int, ...], Any]] = []
    unions: dict[tuple[str | int, ...], dict[str | int, list[tuple[tuple[str | int, ...], Any]]]] = {}
    for location, error in errors:
        at = next((index for index, part in enumerate(location) if _names_a_member(part)), None)
        if at is None:
            kept.append((location, error))
        else:
            below = unions.setdefault(location[:at], {}).setdefault(location[at], [])
            below.append((location[:at] + location[at + 1 :], error))
    for members in unions.values():
        narrowed = {member: _narrowed(found) for member, found in members.items()}
        kept += _of_another_kind(narrowed) or narrowed[min(narrowed, key=lambda each: (each == "str", len(narrowed[each])))]
    return kept


def _of_another_kind(narrowed: Mapping[str | int, list[tuple[tuple[str | int, ...], Any]]]) -> list[Any]:
    """Where members say by a word which they are (`type: daily`), and the word is that of none: the words that there are."""
    words = [[each for each in found if each[1]["type"] == "literal_error"] for key, found in narrowed.items() if key != "str"]
    if len(words) < 2 or not all(words):
        return []
    location, error = words[0][0]
    expected = ", ".join(str(each[0][1]["ctx"]["expected"]) for each in words)
    return [(location, {**error, "msg": f"Input should be one of {expected}"})]


def _place(context: ResolutionContext, keys: tuple[str | int, ...]) -> str:
    return context.source_position_tree.place(keys) if context.source_position_tree else ""


def _names_a_member(part: str | int) -> bool:
    """Whether pydantic put this part of a location there, for a member of a union."""
    return isinstance(part, str) and (part in _PLAIN_NAMES or part.endswith("Model") or "[" in part)


def resolve_fields(model: BaseModel, resolved_cls: Any, context: ResolutionContext) -> Mapping[str, Any]:
    """The arguments of a class, of what stands in the file; what is not written is left to the class.

    Raises:
        DagsterComponentError: a template or resolver fails; names file, line and key.
    """
    values: dict[str, Any] = {}
    for rule in fields_of(resolved_cls):
        if rule.written_name not in model.model_fields_set or isinstance(getattr(model, rule.written_name), Omitted):
            continue
        if rule.resolver is not None and not rule.resolver.is_default:
            values[rule.name] = rule.resolver.execute(context, model, rule.name)
        else:
            value = getattr(model, rule.written_name)
            values[rule.name] = _resolved(plain(rule.annotation), value, context.at_path(rule.written_name))
    return values


def _resolved(annotation: Any, value: Any, context: ResolutionContext) -> Any:
    """A value as its type says: objects of `Resolvable` classes are made, elements resolved, templates rendered."""
    resolver = resolver_in(annotation)
    if resolver is not None and not resolver.is_default:
        return resolver.resolved(context, value)
    annotation = plain(annotation)
    if isinstance(value, str):
        return _of_text(annotation, context.resolve_value(value), context)
    if is_plain_data(annotation):
        return context.resolve_value(value)
    if len(members_of(annotation)) > 1:
        return _resolved(_member_for(value, members_of(annotation)), value, context)
    element, of_values = element_of(annotation), value_of(annotation)
    if element is not None and isinstance(value, (list, tuple, set)):
        elements = cast("list[Any]", value)
        made = [_resolved(element, each, context.at_path(index)) for index, each in enumerate(elements)]
        return made if get_origin(annotation) not in (tuple, set, frozenset) else get_origin(annotation)(made)
    if of_values is not None and isinstance(value, dict):
        entries = cast("dict[Any, Any]", value).items()
        return {key: _resolved(of_values, each, context.at_path(key)) for key, each in entries}
    if isinstance(annotation, type) and issubclass(annotation, Resolvable) and isinstance(value, BaseModel):
        return called(annotation.resolve_from_model, context, value)
    return context.resolve_value(value)


def _of_text(annotation: Any, given: Any, context: ResolutionContext) -> Any:
    """What a text stands for: of a union that has no text itself, what the member makes of it that is written as text."""
    members = members_of(annotation)
    resolvers = [resolver for resolver in map(resolver_in, members) if resolver is not None and not resolver.is_default]
    if not isinstance(given, str) or str in members or len(members) < 2:
        return given
    written = next((each for each in resolvers if str in members_of(each.model_field_type)), None)
    return called(written.fn, context, given) if written else given


def _member_for(value: Any, members: tuple[Any, ...]) -> Any:
    """The member of a union that a value of the model is of."""
    return next((member for member in members if _is_of(value, member)), Any)


def _is_of(value: Any, member: Any) -> bool:
    kind, resolver = plain(member), resolver_in(member)
    if isinstance(value, BaseModel):
        written = resolver.model_field_type if resolver and resolver.model_field_type else kind
        return any(isinstance(form, type) and isinstance(value, _model_class(form)) for form in members_of(written))
    if isinstance(value, (list, tuple, set)):
        return element_of(kind) is not None
    if isinstance(value, dict):
        return value_of(kind) is not None
    return isinstance(kind, type) and type(value) is kind


def _model_class(kind: type[Any]) -> type[Any]:
    return kind.model() if issubclass(kind, Resolvable) else kind


def _model_of(cls: type[Resolvable]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for rule in fields_of(cls):
        written = _written_type(rule)
        default = ... if rule.default is NO_DEFAULT else rule.default
        if default is not ... and not isinstance(default, (str, int, float, bool, type(None))):
            default = OMITTED
        extra = rule.resolver.json_schema_extra if rule.resolver else None
        fields[rule.written_name] = (
            written,
            Field(default, description=rule.description, examples=rule.examples, json_schema_extra=extra),
        )
    made = create_model(f"{cls.__name__}Model", __base__=Model, __module__=cls.__module__, **fields)
    made.__doc__ = cls.__doc__
    return made


def _written_type(rule: FieldRule) -> Any:
    """What may stand in the file for a field: its own form, or a template."""
    resolver = rule.resolver
    if resolver is not None and resolver.model_field_type is not None:
        return _form_of(resolver.model_field_type, rule)
    if resolver is not None and not resolver.is_default:
        return _with_template(plain(rule.annotation))
    return _with_template(_form_of(plain(rule.annotation), rule))


def _with_template(form: Any) -> Any:
    return form if str in members_of(form) or form is Any else Union[form, str]


def _form_of(annotation: Any, rule: FieldRule) -> Any:
    """What may stand in the file for a value of a type, templates aside."""
    resolver = resolver_in(annotation)
    if resolver is not None and resolver.model_field_type is not None:
        return _form_of(resolver.model_field_type, rule)
    if resolver is not None and not resolver.is_default:
        return plain(annotation)
    annotation = plain(annotation) if resolver is not None else annotation
    if isinstance(annotation, type) and issubclass(annotation, Resolvable):
        return annotation.model()  # pyright: ignore[reportUnknownVariableType] - of any class
    if is_plain_data(annotation):
        return cast("Any", annotation)
    if len(members_of(annotation)) > 1:
        return Union[tuple(_form_of(each, rule) for each in members_of(annotation))]  # pyright: ignore[reportInvalidTypeArguments]
    if element_of(annotation) is not None:
        return tuple[_with_template(_form_of(element_of(annotation), rule)), ...]
    if value_of(annotation) is not None:
        return dict[str, _with_template(_form_of(value_of(annotation), rule))]  # pyright: ignore[reportInvalidTypeArguments]
    name = getattr(cast("Any", annotation), "__name__", str(cast("Any", annotation)))
    raise DagsterComponentError(
        f"The field {rule.name!r} is of the type {name}, which no file holds. Say how it is made: "
        f"Annotated[{name}, Resolver(function, model_field_type=str)], or make {name} a Resolvable."
    )
