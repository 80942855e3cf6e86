"""Declares what stores outputs and loads inputs: resources that are IO managers or input managers."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, overload

from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resources import (
    ResourceDefinition,
    check_takes_at_most_a_context,
    docstring_of,
    is_decorated_function,
    ready_made,
    takes_context,
)
from dagster.errors import CheckError


def is_io_manager(value: object) -> bool:
    """Whether the object's class stores outputs and loads inputs; told by its methods, since the port lives on a higher floor."""
    return hasattr(type(value), "handle_output") and hasattr(type(value), "load_input")


class IOManagerDefinition(ResourceDefinition):
    """A resource whose function makes an `IOManager`.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing, and returns the IO manager.
        config_schema: the config that the function takes.
        description: what the IO manager does.
        required_resource_keys: resources that the function reads from its context.
        version: of the function's code.
        input_config_schema: config that each input loaded by it may take.
        output_config_schema: config that each output stored by it may take.

    Example:
        >>> files = IOManagerDefinition(lambda context: FilesystemIOManager(base_dir=context.resource_config), config_schema=str)
    """

    __slots__ = ("input_config_schema", "output_config_schema")
    kept_when_configured = (*ResourceDefinition.kept_when_configured, *__slots__)

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: Set[str] | None = None,
        version: str | None = None,
        input_config_schema: Any = None,
        output_config_schema: Any = None,
    ) -> None:
        super().__init__(resource_fn, config_schema, description, required_resource_keys, version)
        self.input_config_schema = input_config_schema
        self.output_config_schema = output_config_schema

    @property
    def makes_io_manager(self) -> bool:
        return True

    def start(self, context: InitResourceContext) -> tuple[Any, Callable[[], object] | None]:
        made, close = super().start(context)
        if not is_io_manager(made):
            raise CheckError(f"The function of an IO manager returned {made!r}, which has no `handle_output` and `load_input`.")
        return made, close

    @staticmethod
    def hardcoded_io_manager(value: Any, description: str | None = None) -> IOManagerDefinition:
        """A definition of an IO manager that exists already.

        Example:
            >>> IOManagerDefinition.hardcoded_io_manager(InMemoryIOManager()).is_ready_made
            True
        """
        definition = IOManagerDefinition(lambda: value, description=description)
        ready_made(definition, value)
        return definition


@overload
def io_manager(config_schema: Callable[..., Any], /) -> IOManagerDefinition: ...
@overload
def io_manager(
    config_schema: Any = None,
    description: str | None = None,
    output_config_schema: Any = None,
    input_config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> Callable[[Callable[..., Any]], IOManagerDefinition]: ...
def io_manager(
    config_schema: Any = None,
    description: str | None = None,
    output_config_schema: Any = None,
    input_config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> IOManagerDefinition | Callable[[Callable[..., Any]], IOManagerDefinition]:
    """Decorator: makes a resource of a function that returns an `IOManager`.

    Args:
        config_schema: the config that the function takes.
        description: by default the function's docstring.
        output_config_schema: config that each output stored by it may take.
        input_config_schema: config that each input loaded by it may take.
        required_resource_keys: resources that the function reads from its context.
        version: of the function's code.

    Example:
        >>> @io_manager(config_schema={"base_dir": str})
        ... def files(context):
        ...     return FilesystemIOManager(base_dir=context.resource_config["base_dir"])
    """

    def made_of(function: Callable[..., Any]) -> IOManagerDefinition:
        check_takes_at_most_a_context(function, "@io_manager")
        return IOManagerDefinition(
            function,
            config_schema=None if is_decorated_function(config_schema) else config_schema,
            description=description or docstring_of(function),
            required_resource_keys=required_resource_keys,
            version=version,
            input_config_schema=input_config_schema,
            output_config_schema=output_config_schema,
        )

    return made_of(config_schema) if is_decorated_function(config_schema) else made_of


class InputManagerDefinition(ResourceDefinition):
    """A resource that loads inputs: the object it makes has `load_input`.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing, and returns the input manager.
        config_schema: the config that the function takes.
        description: what is loaded.
        input_config_schema: config that each input loaded by it may take.
        required_resource_keys: resources that the loading reads from its context.
        version: of the function's code.

    Example:
        >>> loader = InputManagerDefinition(lambda: FunctionInputManager(lambda context: 3))
    """

    __slots__ = ("input_config_schema",)
    kept_when_configured = (*ResourceDefinition.kept_when_configured, *__slots__)

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        input_config_schema: Any = None,
        required_resource_keys: Set[str] | None = None,
        version: str | None = None,
    ) -> None:
        super().__init__(resource_fn, config_schema, description, required_resource_keys, version)
        self.input_config_schema = input_config_schema


class FunctionInputManager:
    """Loads inputs by calling one function."""

    __slots__ = ("_load",)

    def __init__(self, load: Callable[..., Any]) -> None:
        self._load = load

    def load_input(self, context: Any) -> Any:
        """The value of the input: what the function gives for its `InputContext`."""
        return self._load(context) if takes_context(self._load) else self._load()


@overload
def input_manager(config_schema: Callable[..., Any], /) -> InputManagerDefinition: ...
@overload
def input_manager(
    config_schema: Any = None,
    description: str | None = None,
    input_config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> Callable[[Callable[..., Any]], InputManagerDefinition]: ...
def input_manager(
    config_schema: Any = None,
    description: str | None = None,
    input_config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    version: str | None = None,
) -> InputManagerDefinition | Callable[[Callable[..., Any]], InputManagerDefinition]:
    """Decorator: makes a resource that loads inputs by the function.

    Args:
        config_schema: the config of the resource, `context.resource_config` in the function.
        description: by default the function's docstring.
        input_config_schema: config that each input may take, `context.config` in the function.
        required_resource_keys: resources that the function reads from its context.
        version: of the function's code.

    Example:
        >>> @input_manager
        ... def three(context):
        ...     return 3
    """

    def made_of(function: Callable[..., Any]) -> InputManagerDefinition:
        check_takes_at_most_a_context(function, "@input_manager")
        manager = FunctionInputManager(function)
        return InputManagerDefinition(
            lambda: manager,
            config_schema=None if is_decorated_function(config_schema) else config_schema,
            description=description or docstring_of(function),
            input_config_schema=input_config_schema,
            required_resource_keys=required_resource_keys,
            version=version,
        )

    return made_of(config_schema) if is_decorated_function(config_schema) else made_of
