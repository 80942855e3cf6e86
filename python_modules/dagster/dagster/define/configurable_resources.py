"""Resources as classes with typed fields."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from pydantic import field_validator

from dagster.config.annotations import discriminated, is_resource_field, plain_value, resolved_value, shape_of
from dagster.config.configs import Config, SetUp, keep_deferred
from dagster.config.definition_schemas import DefinitionSchema
from dagster.config.evaluations import ROOT
from dagster.config.fields import Field
from dagster.config.validation import default_config
from dagster.define.nested_resources import keys_of_nested, start_all
from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resources import ResourceDefinition, entered, name_of
from dagster.errors import CheckError, DagsterResourceFunctionError, user_code

if TYPE_CHECKING:
    from typing_extensions import Self

TResValue = TypeVar("TResValue")
TFactory = TypeVar("TFactory", bound="ConfigurableResourceFactory[Any]")

_CONTEXT = "_resource_context"
_DEFINITION = "_resource_definition"


class ConfigurableResourceFactory(Config, Generic[TResValue]):
    """The base of resources as classes whose functions get something else than the object itself: what `create_resource` gives.

    Example:
        >>> class Connection(ConfigurableResourceFactory[str]):
        ...     host: str
        ...     def create_resource(self, context):
        ...         return f"connected to {self.host}"
        >>> with build_resources({"connection": Connection(host="db")}) as resources:
        ...     resources.connection
        'connected to db'
    """

    __is_resource__ = True

    def __init__(self, **data: Any) -> None:
        type(self).to_config_schema()  # a field that config cannot say is refused where the resource is made
        super().__init__(**data)

    _keep_deferred = field_validator("*", mode="wrap", check_fields=False)(keep_deferred)

    def _frozen_sentence(self) -> str:
        return (
            f"'{type(self).__name__}' is a Pythonic resource and does not support item assignment, as it inherits from "
            "'pydantic.BaseModel' with frozen=True. If trying to maintain state on this resource, consider building a separate, "
            "stateful client class, and provide a method on the resource to construct and return the stateful client."
        )

    @classmethod
    def configure_at_launch(cls, **kwargs: Any) -> PartialResource[Self]:
        """The resource with its config, or the rest of it, given when a run is launched.

        Args:
            kwargs: fields that are decided now; run config may say otherwise.

        Example:
            >>> class Api(ConfigurableResource):
            ...     url: str
            >>> defs = Definitions(resources={"api": Api.configure_at_launch()})
        """
        cls.to_config_schema()
        return PartialResource(cls, kwargs)

    def create_resource(self, context: InitResourceContext) -> TResValue:
        """What functions get as the resource; called once per run in each of its processes.

        Args:
            context: config, required resources, instance and run.
        """
        raise NotImplementedError(f"{type(self).__name__} must implement `create_resource`.")

    def setup_for_execution(self, context: InitResourceContext) -> None:
        """Called before `create_resource`: opens what the resource holds while a run goes on."""

    def teardown_after_execution(self, context: InitResourceContext) -> None:
        """Called after the run's steps in this process, also when one failed; not when the setup failed."""

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Generator[TResValue]:
        """The resource for the time of a run; override it where setup and teardown are one `with`."""
        self.setup_for_execution(context)
        made = self.create_resource(context)
        try:
            yield made
        finally:
            self.teardown_after_execution(context)

    def get_resource_context(self) -> InitResourceContext:
        """What the resource was told when it was set up.

        Raises:
            CheckError: it has not been set up by a run.
        """
        context = self.__dict__.get(_CONTEXT)
        if context is None:
            raise CheckError("Expected non-None value: Attempted to get context before resource was initialized.")
        return context

    def with_resource_context(self, resource_context: InitResourceContext) -> Self:
        """A copy that answers `get_resource_context` with this."""
        copied = self.model_copy()
        _remember(copied, _CONTEXT, resource_context)
        return copied

    def with_replaced_resource_context(self, resource_context: InitResourceContext) -> Self:
        """Same as `with_resource_context`."""
        return self.with_resource_context(resource_context)

    @property
    def nested_resources(self) -> Mapping[str, Any]:
        """The fields that are resources, by name; without those that are None."""
        return {name: value for name in _nested_fields(type(self)) if (value := getattr(self, name)) is not None}

    def to_config_value(self) -> dict[str, Any]:
        """The resource's own config as config writes it, without that of nested resources."""
        nested = {info.alias or name for name, info in _nested_fields(type(self)).items()}
        return {key: value for key, value in super().to_config_value().items() if key not in nested}

    def get_resource_definition(self) -> ConfigurableResourceDefinition:
        """The definition under which the resource takes part in runs; always the same one."""
        known = self.__dict__.get(_DEFINITION)
        if known is None:
            known = ConfigurableResourceDefinition(type(self), self)
            _remember(self, _DEFINITION, known)
        return known

    def __copy__(self) -> Self:
        copied = super().__copy__()
        vars(copied).pop(_DEFINITION, None)  # it speaks of the original
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return super(ConfigurableResourceFactory, self._outside_of_runs()).__deepcopy__(memo)

    def __getstate__(self) -> dict[Any, Any]:
        return super(ConfigurableResourceFactory, self._outside_of_runs()).__getstate__()

    def _outside_of_runs(self) -> Self:
        copied = self.__copy__()
        vars(copied).pop(_CONTEXT, None)
        return copied

    def process_config_and_initialize(self) -> TResValue:
        """The resource set up outside of any run: variables looked up, nested resources set up.

        Raises:
            CheckError: it has something to tear down; use `process_config_and_initialize_cm`.
            DagsterInvalidConfigError: a variable is not set.
        """
        _refuse_teardown(self, "process_config_and_initialize_cm")
        made, _ = self.get_resource_definition().start(InitResourceContext(None))
        return made

    @contextmanager
    def process_config_and_initialize_cm(self) -> Generator[TResValue]:
        """Context manager: the resource set up outside of any run, and torn down at the end."""
        made, close = self.get_resource_definition().start(InitResourceContext(None))
        try:
            yield made
        finally:
            if close is not None:
                close()

    @classmethod
    def from_resource_context(cls, context: InitResourceContext, nested_resources: Mapping[str, Any] | None = None) -> TResValue:
        """The resource made inside of a `@resource` function whose config schema is `cls.to_config_schema()`.

        Args:
            context: that of the function.
            nested_resources: the fields that are resources.

        Raises:
            CheckError: it has something to tear down; use `from_resource_context_cm`.

        Example:
            >>> class Api(ConfigurableResource):
            ...     url: str
            >>> @resource(config_schema=Api.to_config_schema())
            ... def api(context):
            ...     return Api.from_resource_context(context)
        """
        made = cls.from_processed({**(context.resource_config or {}), **(nested_resources or {})})
        _refuse_teardown(made, "from_resource_context_cm")
        return begun(made, context)[0]

    @classmethod
    @contextmanager
    def from_resource_context_cm(
        cls, context: InitResourceContext, nested_resources: Mapping[str, Any] | None = None
    ) -> Generator[TResValue]:
        """Context manager: like `from_resource_context`, torn down at the end."""
        made, close = begun(cls.from_processed({**(context.resource_config or {}), **(nested_resources or {})}), context)
        try:
            yield made
        finally:
            if close is not None:
                close()


class ConfigurableResource(ConfigurableResourceFactory[TResValue]):
    """A resource as a class: its fields are its config, its methods are what assets and ops call.

    A field that is a `ConfigurableResource` itself is set up first. Objects are frozen; what is opened for a run goes into a
    private attribute in `setup_for_execution`. Each run in each process gets an object of its own.

    Raises:
        pydantic.ValidationError: values do not fit the fields.

    Example:
        >>> class Api(ConfigurableResource):
        ...     url: str
        ...     retries: int = 3
        ...     def page(self, name):
        ...         return f"{self.url}/{name}"
        >>> Api(url="https://example.org").page("orders")
        'https://example.org/orders'
    """

    def create_resource(self, context: InitResourceContext) -> TResValue:
        return cast("TResValue", self)  # what such a class gives is itself


def _remember(made: ConfigurableResourceFactory[Any], name: str, value: object) -> None:
    """Keep something beside the fields: pydantic neither compares, shows nor stores it."""
    object.__setattr__(made, name, value)


def begun(made: ConfigurableResourceFactory[Any], context: InitResourceContext) -> tuple[Any, Callable[[], object] | None]:
    """Set up an object whose config and nested resources are in place; gives the resource and what tears it down."""
    _remember(made, _CONTEXT, context)
    kind: Any = type(made)
    base: Any = ConfigurableResourceFactory
    if kind.yield_for_execution is not base.yield_for_execution:
        return entered(made.yield_for_execution(context))
    made.setup_for_execution(context)
    value = made.create_resource(context)
    if kind.teardown_after_execution is base.teardown_after_execution:
        return value, None
    return value, partial(made.teardown_after_execution, context)


def _refuse_teardown(made: ConfigurableResourceFactory[Any], alternative: str) -> None:
    if _has_teardown(made):
        raise CheckError(
            f"{type(made).__name__} has something to tear down: it, or a resource inside of it, overrides yield_for_execution or "
            f"teardown_after_execution. Use {alternative} in a `with` statement."
        )


def _has_teardown(made: Any) -> bool:
    if not hasattr(made, "teardown_after_execution"):
        return False
    kind: Any = made.__class__
    base: Any = ConfigurableResourceFactory
    overridden = any(
        getattr(kind, name) is not getattr(base, name) for name in ("yield_for_execution", "teardown_after_execution")
    )
    return overridden or any(map(_has_teardown, made.nested_resources.values()))


_NESTED: WeakKeyDictionary[type[Config], dict[str, Any]] = WeakKeyDictionary()


def _nested_fields(cls: type[Config]) -> dict[str, Any]:
    known = _NESTED.get(cls)
    if known is None:
        known = _NESTED[cls] = {name: info for name, info in cls.model_fields.items() if is_resource_field(info)}
    return known


class PartialResource(Generic[TFactory]):
    """A resource whose config is given at launch, in part or as a whole; what `configure_at_launch` makes.

    Attributes:
        resource_cls: the class.
        data: the fields that are decided.
    """

    __is_deferred__: ClassVar[bool] = True

    def __init__(self, resource_cls: type[TFactory], data: Mapping[str, Any]) -> None:
        self.resource_cls = resource_cls
        self.data = dict(data)
        self._definition: ConfigurableResourceDefinition | None = None

    @property
    def nested_resources(self) -> Mapping[str, Any]:
        """The fields that are resources and are decided."""
        nested = _nested_fields(self.resource_cls)
        return {name: value for name in nested if (value := self.data.get(nested[name].alias or name)) is not None}

    def get_resource_definition(self) -> ConfigurableResourceDefinition:
        """The definition under which the resource takes part in runs; always the same one."""
        if self._definition is None:
            self._definition = ConfigurableResourceDefinition(self.resource_cls, self)
        return self._definition

    def __repr__(self) -> str:
        return f"PartialResource(data={self.data!r}, resource_cls={self.resource_cls!r})"


class ConfigurableResourceDefinition(ResourceDefinition):
    """The definition of a `ConfigurableResource`, whole or partial.

    Args:
        resource_cls: the class.
        origin: the object that the user made.
    """

    __slots__ = ("_needs_config", "origin", "resource_cls")

    def __init__(self, resource_cls: type[ConfigurableResourceFactory[Any]], origin: Any) -> None:
        super().__init__(self._made_once, description=own_docstring(resource_cls))
        self.resource_cls: type[ConfigurableResourceFactory[Any]] = resource_cls
        self.origin = origin
        self._needs_config: bool | None = None

    @property
    def is_partial(self) -> bool:
        """Whether some of the config is decided at launch."""
        return isinstance(self.origin, PartialResource)

    def _made_once(self, context: InitResourceContext) -> Any:
        return self.start(context)[0]

    @property
    def configurable_resource_cls(self) -> type[ConfigurableResourceFactory[Any]]:
        """The class."""
        return self.resource_cls

    @property
    def makes_io_manager(self) -> bool:
        return hasattr(self.resource_cls, "create_io_manager")

    @property
    def input_config_schema(self) -> Any:
        """Of a class of IO managers: the config that each input loaded by it may take."""
        return self._schema_of("input_config_schema")

    @property
    def output_config_schema(self) -> Any:
        """Of a class of IO managers: the config that each output stored by it may take."""
        return self._schema_of("output_config_schema")

    def _schema_of(self, method: str) -> Any:
        # The methods are those of a class on a higher floor.
        declared: Any = getattr(self.resource_cls, method, None) if self.makes_io_manager else None
        return None if declared is None else declared()

    @property
    def nested_resources(self) -> Mapping[str, Any]:
        """The fields that are resources, by name."""
        return self.origin.nested_resources

    @property
    def takes_declared_config(self) -> bool:
        """Whether a run must look at config: something is decided at launch, or stands in a variable."""
        if self._needs_config is None:
            self._needs_config = self.is_partial or _has_deferred(self._own_values())
        return self._needs_config

    @property
    def config_schema(self) -> DefinitionSchema:
        if self._config_schema is None:
            self._config_schema = DefinitionSchema(self._field())
        return self._config_schema

    def _field(self) -> Field:
        # Run config adds to what `configure_at_launch` decided, and stands instead of a whole object.
        if self.is_partial:
            return Field(shape_of(self.resource_cls, self._decided()))
        return Field(shape_of(self.resource_cls), default_value=self._decided())

    def _decided(self) -> dict[str, Any]:
        infos = {info.alias or name: info for name, info in self.resource_cls.model_fields.items()}
        values = self._own_values()
        return {key: discriminated(infos[key], plain_value(value)) for key, value in values.items() if key in infos}

    def get_required_resource_keys(self, resource_defs: Mapping[str, ResourceDefinition]) -> frozenset[str]:
        """The keys of nested resources that must be set up before this one, since only a run decides their config.

        Raises:
            DagsterInvalidDefinitionError: such a resource is not among the resources of the run.
        """
        return keys_of_nested(self.resource_cls.__name__, self.nested_resources, resource_defs)

    def start(self, context: InitResourceContext) -> tuple[Any, Callable[[], object] | None]:
        """Set up nested resources, then this one; the teardown goes the other way."""
        config = self._config_for(context)
        nested, close_nested = start_all(self.nested_resources, context)
        try:
            with user_code(f"Error executing resource_fn on ResourceDefinition {name_of(context)}", DagsterResourceFunctionError):
                made = self._made_with(config, nested, name_of(context))
                own = context.replaced(resource_config=self.config_in(context), resource_def=self)
                value, close = begun(made, own)
        except BaseException:
            close_nested()
            raise
        if close is None:
            return value, close_nested if nested else None
        return value, partial(_close_both, close, close_nested)

    def config_in(self, context: InitResourceContext) -> Any:
        return {key: resolved_value(value) for key, value in self._config_for(context).items()}

    def _config_for(self, context: InitResourceContext) -> Mapping[str, Any]:
        """The processed config: that of the run, or what the object itself says."""
        if context.resource_config is not None:
            return context.resource_config
        if not self.takes_declared_config:
            return self._own_values()
        return default_config(self.config_field, f"Error in config for resource {name_of(context)}") or {}

    def _made_with(self, config: Mapping[str, Any], nested: Mapping[str, Any], name: str) -> ConfigurableResourceFactory[Any]:
        fields = self.resource_cls.model_fields
        by_key = {fields[name].alias or name: SetUp(value) for name, value in nested.items()}
        path = ROOT.field("resources").field(name).field("config")
        return self.resource_cls.from_processed({**config, **by_key}, owner=f'resource "{name}"', path=path)

    def _own_values(self) -> dict[str, Any]:
        """The fields that are no resources, by the names under which config writes them."""
        keys = self._nested_keys()
        if self.is_partial:
            return {key: value for key, value in self.origin.data.items() if key not in keys}
        fields = {info.alias or name: getattr(self.origin, name) for name, info in self.resource_cls.model_fields.items()}
        return {key: value for key, value in fields.items() if key not in keys} | (self.origin.model_extra or {})

    def _nested_keys(self) -> set[str]:
        return {info.alias or name for name, info in _nested_fields(self.resource_cls).items()}


def _has_deferred(value: object) -> bool:
    """Whether a variable of the environment stands anywhere in `value`."""
    if hasattr(type(value), "__is_deferred__"):
        return True
    if isinstance(value, Mapping):
        return any(map(_has_deferred, cast("Mapping[Any, Any]", value).values()))
    if isinstance(value, list | tuple):
        return any(map(_has_deferred, cast("list[Any]", value)))
    return isinstance(value, Config) and any(map(_has_deferred, value.__dict__.values()))


def _close_both(close: Callable[[], object], close_nested: Callable[[], object]) -> None:
    try:
        close()
    finally:
        close_nested()


def own_docstring(cls: type[Any]) -> str | None:
    """The docstring of the class itself, not that of a base."""
    text = cls.__dict__.get("__doc__")
    return text.strip() if text else None
