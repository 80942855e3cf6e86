"""Hooks: functions that are called when a step has ended well or badly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from dagster.arguments import check_argument, check_callable, check_optional
from dagster.define.functions import place_of, signature_of
from dagster.define.hook_contexts import HookContext
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError
from dagster.specs.names import checked_name

HookFunction = Callable[[HookContext], Any]


class HookExecutionResult(msgspec.Struct, frozen=True):
    """What a hook did with an event of a step.

    Args:
        hook_name: the hook.
        is_skipped: whether the event was none of those that it waits for.

    Example:
        >>> HookExecutionResult("tell_the_team", is_skipped=True).is_skipped
        True
    """

    hook_name: str
    is_skipped: bool | None = False

    def __post_init__(self) -> None:
        check_argument("hook_name", self.hook_name, str)
        check_optional("is_skipped", self.is_skipped, bool)
        force_setattr(self, "is_skipped", bool(self.is_skipped))


class HookDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """A function that is called when a step has ended. Made by `@success_hook` and `@failure_hook`.

    Args:
        name: letters, digits and underscores.
        hook_fn: takes the context and the events of the step, and returns a `HookExecutionResult`.
        required_resource_keys: resources that it asks its context for.
        decorated_fn: the user's function, for the decorators.

    Raises:
        DagsterInvalidDefinitionError: a name that cannot be.
        CheckError: an argument of a wrong type.

    Example:
        >>> @success_hook(required_resource_keys={"chat"})
        ... def tell(context: HookContext):
        ...     context.resources.chat.append(context.job_name)
        >>> said = []
        >>> tell(build_hook_context(resources={"chat": said}, job_name="nightly"))
        >>> said
        ['nightly']
    """

    name: str
    hook_fn: Callable[..., Any]
    required_resource_keys: Set[str] = frozenset()
    decorated_fn: HookFunction | None = None

    def __post_init__(self) -> None:
        check_argument("name", self.name, str)
        checked_name(self.name)
        check_callable("hook_fn", self.hook_fn)
        force_setattr(self, "required_resource_keys", frozenset(self.required_resource_keys or ()))

    @property
    def place(self) -> str:
        """File and line of the user's function."""
        return place_of(self.decorated_fn or self.hook_fn)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the decorated function, as a test does: with the context that `build_hook_context` makes.

        Raises:
            DagsterInvalidInvocationError: it was made by no decorator, or was not given exactly a context.
            DagsterInvalidDefinitionError: the context lacks a resource that it requires.
        """
        if self.decorated_fn is None:
            raise DagsterInvalidInvocationError("Only hook definitions created using one of the hook decorators can be invoked.")
        if len(args) + len(kwargs) != 1:
            raise DagsterInvalidInvocationError(
                f"Decorated function expects one parameter, {self._context_name}, but {len(args) + len(kwargs)} were provided."
            )
        if kwargs and self._context_name not in kwargs:
            raise DagsterInvalidInvocationError(
                f"Could not find expected argument '{self._context_name}'. Provided kwargs: {sorted(kwargs)}"
            )
        context = args[0] if args else kwargs[self._context_name]
        for key in sorted(self.required_resource_keys):
            if not hasattr(context.resources, key):
                raise DagsterInvalidDefinitionError(
                    f'The hook "{self.name}" requires resource "{key}", which the context does not have. Give it: '
                    f"build_hook_context(resources={{{key!r}: ...}})."
                )
        return self.decorated_fn(context)

    @property
    def _context_name(self) -> str:
        assert self.decorated_fn is not None, "asked for a decorated hook"
        return signature_of(self.decorated_fn).names[0]


def success_hook(
    hook_fn: HookFunction | None = None, *, name: str | None = None, required_resource_keys: Set[str] | None = None
) -> Any:
    """Make a hook out of the function to call when a step has succeeded.

    Args:
        hook_fn: takes a `HookContext`.
        name: without: the function's name.
        required_resource_keys: resources that it asks its context for.

    Raises:
        DagsterInvalidDefinitionError: the function takes no context.

    Example:
        >>> @success_hook
        ... def cheer(context):
        ...     print(context.job_name)
        >>> cheer.name
        'cheer'
    """
    return _decorated("STEP_SUCCESS", hook_fn, name, required_resource_keys)


def failure_hook(name: Any = None, required_resource_keys: Set[str] | None = None) -> Any:
    """Make a hook out of the function to call when a step has failed.

    Args:
        name: without: the function's name.
        required_resource_keys: resources that it asks its context for.

    Raises:
        DagsterInvalidDefinitionError: the function takes no context.

    Example:
        >>> @failure_hook
        ... def alarm(context):
        ...     print(context.op_exception)
        >>> alarm(build_hook_context(op_exception=ValueError("too few rows")))
        too few rows
    """
    if callable(name):
        return _decorated("STEP_FAILURE", name, None, required_resource_keys)
    return _decorated("STEP_FAILURE", None, name, required_resource_keys)


def _decorated(waits_for: str, function: HookFunction | None, name: str | None, keys: Set[str] | None) -> Any:
    def decorate(decorated: HookFunction) -> HookDefinition:
        _check_context(decorated)
        hook_name = name or decorated.__name__

        def hook_fn(context: HookContext, event_list: Any) -> HookExecutionResult:
            if not any(getattr(event, "event_type_value", None) == waits_for for event in event_list):
                return HookExecutionResult(hook_name, is_skipped=True)
            decorated(context)
            return HookExecutionResult(hook_name)

        return HookDefinition(name=hook_name, hook_fn=hook_fn, required_resource_keys=keys or frozenset(), decorated_fn=decorated)

    return decorate if function is None else decorate(function)


def _check_context(function: HookFunction) -> None:
    names = signature_of(function).names
    if not names or names[0] not in _CONTEXT_NAMES:
        raise DagsterInvalidDefinitionError(
            f"'{getattr(function, '__name__', function)}' decorated function does not have required positional parameter "
            "'context'. A hook takes its context as the first parameter, which is named 'context'."
        )


_CONTEXT_NAMES = frozenset({"context", "_context", "context_", "_", "__"})


def checked_hooks(hooks: Mapping[Any, Any] | Set[Any] | None) -> frozenset[HookDefinition]:
    """The hooks of a definition.

    Raises:
        CheckError: something among them is no hook.
    """
    for hook in hooks or ():
        check_argument("hooks", hook, HookDefinition)
    return frozenset(hooks or ())
