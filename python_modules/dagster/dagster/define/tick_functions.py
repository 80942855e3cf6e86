"""The functions of schedules and sensors: what they ask for, and how a test calls them directly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dagster.define.computations import is_resource_annotation
from dagster.define.functions import raw_annotations, resolved_annotation, signature_of
from dagster.define.resource_values import resource_itself
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidInvocationError


class TickFunction(msgspec.Struct, frozen=True, kw_only=True):
    """A user's function that a schedule or sensor calls.

    Attributes:
        function: the user's.
        arguments: its parameters that are no resources, in order: the context, then what the kind of sensor adds.
        resource_names: its parameters that are resources, told by their annotation.
    """

    function: Callable[..., Any]
    arguments: tuple[str, ...]
    resource_names: frozenset[str]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    @property
    def context_name(self) -> str | None:
        """The name of the parameter that is the context; None where it takes none."""
        return self.arguments[0] if self.arguments else None


def tick_function(
    function: Callable[..., Any], of_what: str, required_resource_keys: frozenset[str] = frozenset()
) -> TickFunction:
    """What the function of a schedule or sensor asks for.

    Args:
        function: the user's.
        of_what: `@schedule`, for the sentence.
        required_resource_keys: those that the decorator names.

    Raises:
        CheckError: resources both in the decorator and among the parameters.
    """
    signature = signature_of(function)
    annotations = raw_annotations(function)
    resources = frozenset(
        name
        for name in signature.names
        if name in annotations and is_resource_annotation(resolved_annotation(function, annotations[name]))
    )
    if resources and required_resource_keys:
        raise CheckError(
            f"Cannot specify resource requirements in both {of_what} decorator and as arguments to the decorated function: "
            f"{sorted(required_resource_keys)} there, {sorted(resources)} here."
        )
    return TickFunction(
        function=function,
        arguments=tuple(name for name in signature.names if name not in resources),
        resource_names=resources,
    )


def called_directly(
    tick: TickFunction, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, kind: str, name: str, context_type: type[Any]
) -> Any:
    """Call the function as a test does: with a context made by `build_..._context`, or without if it takes none.

    Args:
        tick: the function.
        args, kwargs: what the test gives: at most a context, and resources by name.
        kind: `schedule` or `sensor`.
        name: of the schedule or sensor.
        context_type: of the context.

    Returns:
        What the function returns.

    Raises:
        DagsterInvalidInvocationError: the context is missing, or there is more than it.
        DagsterInvalidDefinitionError: a resource is not provided.
    """
    resources = {key: value for key, value in kwargs.items() if key in tick.resource_names}
    others = {key: value for key, value in kwargs.items() if key not in tick.resource_names}
    context = _context_of_call(tick, args, others, kind)
    if tick.context_name is None:
        context = context if isinstance(context, context_type) else None
    elif not isinstance(context, context_type):
        raise CheckError(f"The context of a {kind} is a {context_type.__name__}. Got {context!r} of type {type(context)}.")
    if resources and context is not None:
        context = context.merge_resources(resources)
    elif resources:
        from dagster.define.tick_contexts import opened

        resources = opened(resources)
    filled = {key: _resource(key, resources, context, kind, name) for key in tick.resource_names}
    return tick.function(context, **filled) if tick.context_name is not None else tick.function(**filled)


def _context_of_call(tick: TickFunction, args: tuple[Any, ...], others: Mapping[str, Any], kind: str) -> Any:
    what = kind.capitalize()
    if len(args) + len(others) > 1:
        raise DagsterInvalidInvocationError(
            f"{what} invocation received multiple non-resource arguments. Only a first positional context parameter should be "
            f"provided when invoking. Got {len(args)} positional ones and {sorted(others)}."
        )
    if tick.context_name is None:
        return args[0] if args else next(iter(others.values()), None)
    if others and tick.context_name not in others:
        raise DagsterInvalidInvocationError(f"{what} invocation expected argument '{tick.context_name}'. Got {sorted(others)}.")
    given = args[0] if args else others.get(tick.context_name)
    if given is None:
        raise DagsterInvalidInvocationError(
            f"{what} evaluation function expected context argument, but no context argument was provided when invoking. Make one "
            f"with build_{kind}_context()."
        )
    return given


def _resource(key: str, resources: Mapping[str, Any], context: Any, kind: str, name: str) -> Any:
    if context is not None and key in context.resource_defs:
        return resource_itself(context.resources, key)
    if key in resources:
        return resources[key]
    raise DagsterInvalidDefinitionError(
        f"Resource with key '{key}' required by {kind} '{name}' was not provided. Give it by name, or to "
        f"build_{kind}_context(resources={{'{key}': ...}})."
    )
