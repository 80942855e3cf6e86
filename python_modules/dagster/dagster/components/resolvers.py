"""How a value of a file becomes a field of a component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.errors import CheckError, DagsterError, text_of
from dagster.events.frames import frames_of, of_the_user

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T")
ResolverFunction = Callable[[ResolutionContext, Any], Any]


class Resolver:
    """Says how a field is made of what stands in a file; written into the field's annotation.

    Args:
        fn: takes the `ResolutionContext` and what stands there, and gives the field's value.
        model_field_name: the key in the file; without: the name of the field.
        model_field_type: what may stand in the file; without: the type of the field.
        description: what the field is for.
        examples: what may be written.
        inject_before_resolve: whether a template is rendered first; one that gives anything but text is the value then.
        json_schema_extra: more for the schema of the file.
        form_config: how a form shows the field; kept and not read.

    Example:
        >>> from typing import Annotated
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Table(Resolvable):
        ...     columns: Annotated[list[str], Resolver(lambda context, text: text.split(","), model_field_type=str)]
        >>> Table.resolve_from_yaml("columns: id,name")
        Table(columns=['id', 'name'])
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        *,
        model_field_name: str | None = None,
        model_field_type: Any = None,
        description: str | None = None,
        examples: list[Any] | None = None,
        inject_before_resolve: bool = True,
        json_schema_extra: dict[str, Any] | None = None,
        form_config: Any = None,
    ) -> None:
        if not callable(fn):  # pyright: ignore[reportUnnecessaryComparison] - users call this
            raise CheckError(f"A Resolver takes a function of the context and the value. Got {fn!r}.")
        self.fn = fn
        self.model_field_name = model_field_name
        self.model_field_type = model_field_type
        self.description = description
        self.examples = examples
        self.inject_before_resolve = inject_before_resolve
        self.json_schema_extra = json_schema_extra
        self.form_config = form_config
        self.is_default = False
        self.resolves_from_parent_object = False

    @staticmethod
    def default(
        *,
        model_field_name: str | None = None,
        model_field_type: Any = None,
        description: str | None = None,
        examples: list[Any] | None = None,
        json_schema_extra: dict[str, Any] | None = None,
        form_config: Any = None,
    ) -> Resolver:
        """A resolver that does what a field without one does; for what else is said of the field."""
        resolver = Resolver(
            ResolutionContext.resolve_value,
            model_field_name=model_field_name,
            model_field_type=model_field_type,
            description=description,
            examples=examples,
            json_schema_extra=json_schema_extra,
            form_config=form_config,
        )
        resolver.is_default = True
        return resolver

    @staticmethod
    def from_model(fn: ResolverFunction, **kwargs: Any) -> Resolver:
        """A resolver that is given all that stands in the file, not the one value.

        Args:
            fn: takes the context and the model, whose attributes are the keys of the file.
            kwargs: as of `Resolver`.
        """
        resolver = Resolver(fn, **kwargs)
        resolver.resolves_from_parent_object = True
        return resolver

    @staticmethod
    def passthrough(description: str | None = None, examples: list[Any] | None = None) -> Resolver:
        """A resolver that leaves what stands in the file as it is, templates included."""
        return Resolver(as_it_is, description=description, examples=examples, inject_before_resolve=False)

    @staticmethod
    def union(arg_resolver_pairs: Sequence[tuple[type, Resolver]]) -> Resolver:
        """The first of several resolvers that does not raise.

        Args:
            arg_resolver_pairs: what may stand in the file, and its resolver.
        """
        pairs = list(arg_resolver_pairs)

        def first_that_fits(context: ResolutionContext, value: Any) -> Any:
            refused: list[str] = []
            for _, resolver in pairs:
                try:
                    return resolver.fn(context, value)
                except Exception as raised:
                    refused.append(text_of(raised))
            raise DagsterComponentError(f"No form of this value fits: {'; '.join(refused)}", context.place, context.path)

        from typing import Union

        written = tuple(_written_as(argument, resolver) for argument, resolver in pairs)
        return Resolver(first_that_fits, model_field_type=Union[written])  # pyright: ignore[reportArgumentType] - a type made at run time

    def with_outer_resolver(self, outer: Resolver) -> Resolver:
        """This resolver with what another one says of the field laid over it."""
        combined = Resolver(
            self.fn,
            model_field_name=outer.model_field_name or self.model_field_name,
            model_field_type=outer.model_field_type or self.model_field_type,
            description=outer.description or self.description,
            examples=outer.examples or self.examples,
            inject_before_resolve=self.inject_before_resolve,
            json_schema_extra=outer.json_schema_extra or self.json_schema_extra,
        )
        combined.is_default = self.is_default
        combined.resolves_from_parent_object = self.resolves_from_parent_object
        return combined

    def execute(self, context: ResolutionContext, model: BaseModel, field_name: str) -> Any:
        """The value of a field.

        Args:
            context: of what the model was made from.
            model: what stands in the file.
            field_name: the field.

        Raises:
            DagsterComponentError: a template cannot be rendered, or the function raises.
        """
        name = self.model_field_name or field_name
        if self.resolves_from_parent_object:
            return called(self.fn, context, model)
        return self.resolved(context.at_path(name), getattr(model, name))

    def resolved(self, context: ResolutionContext, value: Any) -> Any:
        """What the function makes of a value; a template that gives anything but text is the value."""
        if isinstance(value, str) and self.inject_before_resolve:
            value = context.resolve_value(value)
            if not isinstance(value, str):
                return value
        return called(self.fn, context, value)


def as_it_is(_context: ResolutionContext, value: Any) -> Any:
    """What stands in the file, or what its template gives."""
    return value


def called(fn: Callable[..., Any], context: ResolutionContext, value: Any) -> Any:
    """What a resolver's function gives.

    Raises:
        DagsterComponentError: it raised; says where in the user's code, and at which key of which file.
    """
    try:
        return fn(context, value)
    except DagsterComponentError:
        raise
    except (DagsterError, CheckError) as refused:
        raise DagsterComponentError(str(refused), context.place, context.path) from refused
    except Exception as raised:
        frames = of_the_user(frames_of(raised.__traceback__))
        where = f" ({frames[-1].place})" if frames else ""
        raise DagsterComponentError(
            f"The value cannot be resolved: {type(raised).__name__}: {text_of(raised)}{where}", context.place, context.path
        ) from raised


def resolver_in(annotation: Any) -> Resolver | None:
    """The resolver that an annotation holds at its top."""
    if get_origin(annotation) is not Annotated:
        return None
    return next((each for each in get_args(annotation)[1:] if isinstance(each, Resolver)), None)


def _written_as(argument: Any, resolver: Resolver) -> Any:
    return resolver.model_field_type or argument


Injected = Annotated[T, Resolver.default(model_field_type=str)]
"""A field whose value comes out of a template: `Injected[Client]` is written `"{{ client }}"`.

Example:
    >>> class Loader(Model, Resolvable):
    ...     client: Injected[Client]
    >>> type(Loader.resolve_from_yaml("client: '{{ warehouse }}'", scope={"warehouse": Client()}).client).__name__
    'Client'
"""
