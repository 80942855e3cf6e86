"""Things that functions share, such as clients and connections: how each is set up and torn down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from contextlib import ContextDecorator, contextmanager
from functools import update_wrapper
from types import FunctionType, GeneratorType
from typing import TYPE_CHECKING, Any, overload

from dagster.define.functions import signature_of
from dagster.define.resource_contexts import InitResourceContext
from dagster.errors import (
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterResourceFunctionError,
    ParameterCheckError,
    user_code,
)

if TYPE_CHECKING:
    from typing_extensions import Self

    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field

_NO_VALUE: Any = object()


class ResourceDefinition:
    """How a resource is made from config and from other resources.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing, and returns the resource. A generator function yields it once;
            what stands behind the `yield` runs when the resource is torn down. The same holds for a context manager.
        config_schema: the config that the function takes.
        description: what the resource is, in markdown.
        required_resource_keys: resources that the function reads from its context.
        version: of the function's code.

    Raises:
        DagsterInvalidDefinitionError: the function takes more than one argument, or the schema cannot stand.

    Example:
        >>> greeting = ResourceDefinition(lambda context: f"Hello {context.resource_config}", config_schema=str)
        >>> with build_resources({"greeting": greeting}, resource_config={"greeting": {"config": "you"}}) as resources:
        ...     resources.greeting
        'Hello you'
    """

    # `__dict__`: projects put attributes of their own on definitions, `__doc__` above all.
    __slots__ = (
        "__dict__",
        "_config_schema",
        "_raw_schema",
        "_required_resource_keys",
        "_resource_fn",
        "_value",
        "description",
        "version",
    )
    kept_when_configured: tuple[str, ...] = ("required_resource_keys", "version")

    __is_resource__ = True

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: Set[str] | None = None,
        version: str | None = None,
    ) -> None:
        if not callable(resource_fn):
            raise ParameterCheckError("resource_fn", resource_fn, "callable")
        self._resource_fn = resource_fn
        self._config_schema: DefinitionSchema | None = None
        self._raw_schema = config_schema
        self.description = description
        self._required_resource_keys = frozenset(required_resource_keys or ())
        self.version = version
        self._value = _NO_VALUE
        if config_schema is not None:
            self._config_schema = _schema(config_schema)

    @property
    def resource_fn(self) -> Callable[..., Any]:
        """The function that makes the resource."""
        return self._resource_fn

    @property
    def required_resource_keys(self) -> Set[str]:
        """The resources that the function reads from its context."""
        return self._required_resource_keys

    @property
    def config_schema(self) -> DefinitionSchema:
        """The config that the resource takes; anything, when nothing was declared."""
        if self._config_schema is None:
            self._config_schema = _schema(self._raw_schema)
        return self._config_schema

    @property
    def config_field(self) -> Field:
        """The schema of the resource's `config:` entry."""
        return self.config_schema.as_field()

    def get_config_field(self) -> Field:
        """Same as `config_field`."""
        return self.config_field

    @property
    def has_config_field(self) -> bool:
        """Whether the resource takes config; every one does, if only anything."""
        return True

    @property
    def takes_declared_config(self) -> bool:
        """Whether a schema was declared. Without one there is nothing to check and nothing is imported for it."""
        return self._raw_schema is not None

    @property
    def makes_io_manager(self) -> bool:
        """Whether what it makes stores outputs and loads inputs."""
        return False

    @property
    def is_ready_made(self) -> bool:
        """Whether the resource is an object that exists already: nothing to set up, nothing to tear down."""
        return self._value is not _NO_VALUE

    @property
    def ready_made_value(self) -> Any:
        """The object, for one that `is_ready_made`."""
        return self._value

    def get_required_resource_keys(self, resource_defs: Mapping[str, ResourceDefinition]) -> Set[str]:
        """The keys that must be set up before this one, when these are all definitions of a run."""
        return self.required_resource_keys

    def config_in(self, context: InitResourceContext) -> Any:
        """The config with which `start` sets the resource up, in the form in which config is written."""
        return context.resource_config

    def start(self, context: InitResourceContext) -> tuple[Any, Callable[[], object] | None]:
        """Set the resource up; gives it and what tears it down, None when there is nothing to do.

        Called in the process of the run, before its first step.

        Raises:
            DagsterResourceFunctionError: the function raised.
        """
        if self._value is not _NO_VALUE:
            return self._value, None
        with user_code(f"Error executing resource_fn on ResourceDefinition {name_of(context)}", DagsterResourceFunctionError):
            made = self._called_with(context)
            return entered(made)

    def call_before_setup(self, act: Callable[[], object]) -> None:
        """Have `act` called each time that the resource is made."""
        function: Callable[..., Any] = self._resource_fn

        def called(*context: InitResourceContext) -> Any:
            act()
            return function(*context)

        self._resource_fn = update_wrapper(called, function)

    def _called_with(self, context: InitResourceContext) -> Any:
        return self._resource_fn(context) if takes_context(self._resource_fn) else self._resource_fn()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function directly, as a test does, with the context that `build_init_resource_context` makes.

        Raises:
            DagsterInvalidInvocationError: a context is missing or too much.
        """
        context = self._context_of_call(args, kwargs)
        if context is not None or takes_context(self._resource_fn):
            made = self._resource_fn(self._bound(context))
        else:
            made = self._resource_fn()
        return _as_context_manager(made) if isinstance(made, GeneratorType) else made  # pyright: ignore[reportUnknownArgumentType]

    def _context_of_call(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        given = [*args, *kwargs.values()]
        if not takes_context(self._resource_fn):
            if given:
                raise DagsterInvalidInvocationError(
                    "Attempted to invoke resource with argument, but underlying function has no context argument. Either specify "
                    "a context argument on the resource function, or remove the passed-in argument."
                )
            return None
        if not given:
            raise DagsterInvalidInvocationError(
                "Resource initialization function has context argument, but no context was provided when invoking."
            )
        if len(given) > 1:
            raise DagsterInvalidInvocationError(
                f"Resource initialization function takes one context. Got {len(given)} arguments."
            )
        if given[0] is not None and not isinstance(given[0], InitResourceContext):
            raise ParameterCheckError("context", given[0], "a context made by build_init_resource_context")
        return given[0]

    def _bound(self, context: InitResourceContext | None) -> InitResourceContext:
        from dagster.config.validation import process_field

        missing = self.required_resource_keys - set(context.resources.original_resource_dict if context else ())
        if missing and context is None:
            raise DagsterInvalidInvocationError(
                "Resource has required resources, but no context was provided. Use the `build_init_resource_context` function "
                "to construct a context with the required resources."
            )
        if missing:
            raise DagsterInvalidInvocationError(
                f"The resource requires {sorted(missing)}, which the context does not hold. Give them to "
                "`build_init_resource_context(resources=...)`."
            )
        if context is None and self.config_field.is_required:
            raise DagsterInvalidInvocationError(
                "Resource has required config schema, but no context was provided. Use the `build_init_resource_context` "
                "function to create a context with config."
            )
        context = context or InitResourceContext(None)
        given = {} if context.resource_config is None else {"config": context.resource_config}
        processed = process_field(self.config_field, given, "Error in config for resource")
        return context.replaced(resource_config=self.config_schema.resolve(processed), resource_def=self)

    def configured(self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None) -> Self:
        """The same resource with its config decided, wholly or by a function of other config.

        Args:
            config_or_config_fn: the config, or a function from config to it.
            config_schema: what the function takes.
            description: by default that of this resource.

        Example:
            >>> base = ResourceDefinition(lambda context: context.resource_config, config_schema=int)
            >>> with build_resources({"seven": base.configured(7)}) as resources:
            ...     resources.seven
            7
        """
        from dagster.config.definition_schemas import configured_schema

        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, owner="resource")
        return self.copy_for_configured(description, schema)

    def copy_for_configured(self, description: str | None, config_schema: Any) -> Self:
        """The same resource with another description and schema."""
        kept = {name: getattr(self, name) for name in self.kept_when_configured}
        return type(self)(self._resource_fn, config_schema, description or self.description, **kept)

    @staticmethod
    def hardcoded_resource(value: Any, description: str | None = None) -> ResourceDefinition:
        """A resource that is an object which exists already.

        Example:
            >>> ResourceDefinition.hardcoded_resource(3).ready_made_value
            3
        """
        return ready_made(ResourceDefinition(lambda: value, description=description), value)

    @staticmethod
    def none_resource(description: str | None = None) -> ResourceDefinition:
        """A resource that is None."""
        return ResourceDefinition.hardcoded_resource(None, description)

    @staticmethod
    def mock_resource(description: str | None = None) -> ResourceDefinition:
        """A resource that is a `unittest.mock.MagicMock`, a new one each time it is set up."""

        def make() -> Any:
            from unittest.mock import MagicMock

            return MagicMock()

        return ResourceDefinition(make, description=description)

    @staticmethod
    def string_resource(description: str | None = None) -> ResourceDefinition:
        """A resource that is the string given as its config."""
        return ResourceDefinition(_given_config, config_schema=str, description=description)


def _given_config(context: InitResourceContext) -> Any:
    return context.resource_config


def ready_made(definition: ResourceDefinition, value: Any) -> ResourceDefinition:
    """Mark a definition as one whose object exists already."""
    definition._value = value  # pyright: ignore[reportPrivateUsage] - the other half of the class, kept out of its API
    return definition


def _schema(raw: Any) -> DefinitionSchema:
    from dagster.config.definition_schemas import definition_schema

    return definition_schema(raw)


def name_of(context: InitResourceContext) -> str:
    """The key under which the definition of the context goes."""
    found = next((key for key, known in context.all_resource_defs.items() if known is context.resource_def), None)
    made_by = getattr(context.resource_def, "resource_cls", None) or getattr(context.resource_def, "resource_fn", None)
    return found or getattr(made_by, "__name__", "resource")


def takes_context(function: Callable[..., Any]) -> bool:
    """Whether the function of a resource asks for its context, under whatever name."""
    if isinstance(function, FunctionType) and not hasattr(function, "__wrapped__"):
        return function.__code__.co_argcount > 0 or bool(function.__code__.co_flags & 0x04)
    signature = signature_of(function)
    return bool(signature.names) or signature.takes_positional


def entered(made: Any) -> tuple[Any, Callable[[], object] | None]:
    """The resource behind what a resource function returned, and what tears it down.

    Generators and context managers made by `@contextmanager` are entered; any other object, a connection with an
    `__enter__` of its own included, is the resource itself.
    """
    if isinstance(made, GeneratorType):
        made = _as_context_manager(made)  # pyright: ignore[reportUnknownArgumentType] - of what it may yield
    if isinstance(made, ContextDecorator):
        manager: Any = made
        return manager.__enter__(), lambda: manager.__exit__(None, None, None)
    return made, None


def _as_context_manager(generator: GeneratorType[Any, Any, Any]) -> Any:
    return contextmanager(lambda: generator)()


@overload
def resource(config_schema: Callable[..., Any], /) -> ResourceDefinition: ...
@overload
def resource(
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> Callable[[Callable[..., Any]], ResourceDefinition]: ...
def resource(
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> ResourceDefinition | Callable[[Callable[..., Any]], ResourceDefinition]:
    """Decorator: makes a resource of a function, a generator function or a `@contextmanager`.

    Args:
        config_schema: the config that the function takes.
        description: by default the function's docstring.
        required_resource_keys: resources that the function reads from its context.
        version: of the function's code.

    Raises:
        DagsterInvalidDefinitionError: the function needs more than one argument.

    Example:
        >>> @resource(config_schema={"greeting": Field(str, default_value="Hello")})
        ... def greeter(context):
        ...     yield context.resource_config["greeting"]
        ...     print("torn down")
        >>> with build_resources({"greeter": greeter}) as resources:
        ...     resources.greeter
        'Hello'
        torn down
    """
    if is_decorated_function(config_schema):
        return _made_of(config_schema)

    def decorate(function: Callable[..., Any]) -> ResourceDefinition:
        return _made_of(function, config_schema, description, required_resource_keys, version)

    return decorate


def is_decorated_function(argument: Any) -> bool:
    """Whether the first argument of a decorator is the function itself, as it is without brackets."""
    return callable(argument) and not isinstance(argument, type) and not hasattr(argument, "as_field")


def _made_of(
    function: Callable[..., Any],
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> ResourceDefinition:
    check_takes_at_most_a_context(function, "@resource")
    return ResourceDefinition(
        function,
        config_schema=config_schema,
        description=description or docstring_of(function),
        required_resource_keys=required_resource_keys,
        version=version,
    )


def docstring_of(function: Callable[..., Any]) -> str | None:
    """The docstring, without its indentation."""
    if not function.__doc__:
        return None
    from inspect import cleandoc

    return cleandoc(function.__doc__)


def check_takes_at_most_a_context(function: Callable[..., Any], decorator: str) -> None:
    """Refuse a function that needs more than its context.

    Raises:
        DagsterInvalidDefinitionError: it does; the sentence names the parameters.
    """
    signature = signature_of(function)
    extra = [name for name in signature.names[1:] if name not in signature.defaults]
    if extra:
        name = getattr(function, "__name__", str(function))
        raise DagsterInvalidDefinitionError(
            f"{decorator} decorated function '{name}' expects only a single positional required argument. "
            f"Got required extra params {', '.join(extra)}"
        )


def make_values_resource(**kwargs: Any) -> ResourceDefinition:
    """A resource that is a dict of values given as its config.

    Args:
        kwargs: the type of each value by name; with none, any values are taken.

    Example:
        >>> paths = make_values_resource(root=str, depth=int)
        >>> config = {"paths": {"config": {"root": "/data", "depth": 2}}}
        >>> with build_resources({"paths": paths}, resource_config=config) as resources:
        ...     resources.paths
        {'root': '/data', 'depth': 2}
    """
    return ResourceDefinition(_given_config, config_schema=kwargs or Any)
