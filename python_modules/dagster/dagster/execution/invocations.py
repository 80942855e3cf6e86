"""Direct calls of decorated functions, as tests make them: no run, no storage, the function's own return value.

What is checked is what a run would check too: that every argument is there, that config and resources fit, the types of
arguments and results, and that each output that is owed is given.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from types import GeneratorType
from typing import Any, cast

import msgspec

from dagster.define.computations import Computation
from dagster.define.functions import CONFIG_NAME
from dagster.define.resource_values import resource_itself
from dagster.define.type_checks import TypeCheckContext
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError
from dagster.events.data import TypeCheckData
from dagster.execution.contexts import OpExecutionContext
from dagster.execution.direct_contexts import DirectAssetExecutionContext, DirectContext, DirectOpExecutionContext, Settings
from dagster.execution.invoked_results import Results
from dagster.execution.type_checking import did_not_pass

_ABSENT: Any = object()


class _Call(msgspec.Struct, frozen=True):
    """One call, ready to be made.

    Attributes:
        function: with its arguments.
        results: checks what comes back.
        close: tears down what was set up for it.
    """

    function: Callable[[], Any]
    results: Results
    close: Callable[[], None]


def called(computation: Computation, args: Sequence[Any], kwargs: Mapping[str, Any], *, assets_def: Any = None) -> Any:
    """Call the function of an asset, op or check directly.

    Args:
        computation: the function.
        args, kwargs: a context where it takes one, then values in the order of its parameters, or by name.
        assets_def: the definition it belongs to.

    Returns:
        What the function returns. What it yields comes out of a generator, what it awaits out of a coroutine, each checked.

    Raises:
        DagsterInvalidInvocationError: an argument is missing or too many.
        DagsterInvalidConfigError: its config does not fit.
        DagsterTypeCheckDidNotPass: an argument or the result is not of its declared type.
    """
    call = _prepared(computation, args, dict(kwargs), assets_def)
    try:
        returned = call.function()
    except BaseException:
        call.close()
        raise
    if hasattr(returned, "__anext__"):
        return _async_generator(call, returned)
    if hasattr(returned, "__await__"):
        return _coroutine(call, returned)
    if isinstance(returned, GeneratorType):  # any other iterator is a value
        return _generator(call, cast("Iterator[Any]", returned))
    try:
        return call.results.of_return(returned)
    finally:
        call.close()


def _generator(call: _Call, yielded: Iterator[Any]) -> Iterator[Any]:
    try:
        for each in yielded:
            yield call.results.of_yield(each)
        yield from call.results.at_the_end()
    finally:
        call.close()


async def _async_generator(call: _Call, yielded: AsyncIterator[Any]) -> AsyncIterator[Any]:
    try:
        async for each in yielded:
            yield call.results.of_yield(each)
        for each in call.results.at_the_end():
            yield each
    finally:
        call.close()


async def _coroutine(call: _Call, awaitable: Any) -> Any:
    try:
        return call.results.of_return(await awaitable)
    finally:
        call.close()


def _prepared(computation: Computation, args: Sequence[Any], kwargs: dict[str, Any], assets_def: Any) -> _Call:
    context, values = _taken_apart(computation, args, kwargs)
    settings = context.settings if isinstance(context, DirectContext) else Settings()
    resources = _CallResources(computation, settings, assets_def, values)
    bound = context
    if isinstance(context, DirectContext):
        bound = context.bound_to(computation, assets_def, resources.values)
    checking = bound if bound is not None else DirectOpExecutionContext(settings)
    try:
        arguments: dict[str, Any] = {name: resources.get(name) for name in computation.resource_parameters}
        config = _config(computation, settings, values.pop(CONFIG_NAME, _ABSENT) if _takes_config(computation) else _ABSENT)
        if _takes_config(computation):
            arguments[CONFIG_NAME] = config.argument
        if isinstance(bound, DirectContext):
            bound.set_op_config(config.plain)
        arguments.update(_checked_inputs(computation, values, checking))
    except BaseException:
        resources.close()
        raise
    positional = (bound,) if computation.signature.has_context else ()
    must_say = assets_def is not None and assets_def.is_observable
    results = Results(computation, checking, must_say_all=must_say)
    return _Call(lambda: computation.function(*positional, **arguments), results, resources.close)


def _taken_apart(
    computation: Computation, args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[OpExecutionContext | None, dict[str, Any]]:
    """The context, and the value of each parameter that has one."""
    signature = computation.signature
    context, rest = _context(computation, args, kwargs)
    names = signature.names[1:] if signature.has_context else signature.names
    if len(rest) > len(names):
        raise _too_many(computation)
    values = dict(zip(names, rest, strict=False))
    for name, value in kwargs.items():
        if name in values or (name not in names and not signature.takes_keywords):
            raise _too_many(computation)
        values[name] = value
    return context, values


def _too_many(computation: Computation) -> DagsterInvalidInvocationError:
    return DagsterInvalidInvocationError(
        f"Too many input arguments were provided for op '{computation.name}'. This may be because an argument was provided for "
        "the context parameter, but no context parameter was defined for the op. It takes: "
        f"{', '.join(computation.signature.names) or 'nothing'}."
    )


def _context(
    computation: Computation, args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[OpExecutionContext | None, Sequence[Any]]:
    """The context, and the positional arguments behind it. A function without one may be given one, for its resources."""
    signature = computation.signature
    if args and isinstance(args[0], OpExecutionContext):
        return args[0], args[1:]
    if not signature.has_context:
        return None, args
    name = signature.names[0]
    if args and args[0] is None:
        return _empty_context(computation), args[1:]
    if not args and name in kwargs:
        given = kwargs.pop(name)
        return (_empty_context(computation) if given is None else given), ()
    if kwargs and not args:
        raise DagsterInvalidInvocationError(
            f"Decorated function '{computation.name}' has context argument '{name}', but no value for '{name}' was found when "
            f"invoking. Provided kwargs: {kwargs}"
        )
    raise DagsterInvalidInvocationError(
        f"Decorated function '{computation.name}' has context argument, but no context was provided when invoking. Make one with "
        "build_asset_context() or build_op_context()."
    )


def _empty_context(computation: Computation) -> DirectContext:
    is_asset = any(output.asset_key is not None for output in computation.outputs)
    return (DirectAssetExecutionContext if is_asset else DirectOpExecutionContext)(Settings())


def _checked_inputs(computation: Computation, values: Mapping[str, Any], checking: Any) -> dict[str, Any]:
    """The values of the parameters that are no resources and no config, their types checked."""
    known = {declared.name: declared for declared in computation.inputs if declared.is_loaded}
    for name in known:
        if name not in values and name not in computation.signature.defaults:
            raise DagsterInvalidInvocationError(f'No value provided for required input "{name}".')
    inputs = {name: value for name, value in values.items() if name not in computation.resource_parameters}
    for name, value in inputs.items():
        if name in known:
            dagster_type = known[name].dagster_type
            if not dagster_type.is_any:
                found = dagster_type.type_check(TypeCheckContext(checking, dagster_type), value)
                if not found.success:
                    data = TypeCheckData(success=False, label=name, description=found.description)
                    raise did_not_pass(f'op "{computation.name}" input "{name}"', dagster_type, data)
    return inputs


class _Config(msgspec.Struct, frozen=True):
    """Config of a call: as `context.op_config` has it, and as the parameter `config` gets it."""

    plain: Any = None
    argument: Any = None


def _takes_config(computation: Computation) -> bool:
    return computation.config_annotation is not None


def _config(computation: Computation, settings: Settings, given: Any) -> _Config:
    """Config from the argument or from the context, checked."""
    if given is not _ABSENT and settings.op_config is not None:
        raise DagsterInvalidInvocationError("Cannot provide config in both context and kwargs")
    if computation.config_annotation is None and computation.config_schema is None:
        return _Config(settings.op_config)
    if given is not _ABSENT and hasattr(given, "to_config_value"):
        return _Config(given.to_config_value(), given)
    from dagster.config.evaluations import ROOT
    from dagster.config.validation import process_field
    from dagster.execution.configs import schema_of

    schema = schema_of(computation)
    assert schema is not None, "it takes config"
    wanted = settings.op_config if given is _ABSENT else given
    preamble = "Error in config for op"
    plain = schema.resolve(process_field(schema.as_field(), {} if wanted is None else {"config": wanted}, preamble))
    return _Config(plain, schema.argument(plain, f'op "{computation.name}"', ROOT.field("config")))


class _CallResources:
    """The resources of one call: from the context, from its arguments, or from the definition itself.

    Args:
        values: of the call; those that are resources are taken out.

    Raises:
        DagsterInvalidInvocationError: resources are given by the context and as arguments.
        DagsterInvalidDefinitionError: one is given nowhere.
    """

    def __init__(self, computation: Computation, settings: Settings, assets_def: Any, values: dict[str, Any]) -> None:
        given = {name: values.pop(name) for name in computation.resource_parameters if name in values}
        present = _by_key(settings.resources)
        if given and present:
            raise DagsterInvalidInvocationError("Cannot provide resources in both context and kwargs")
        own = dict(assets_def.resource_defs) if assets_def is not None else {}
        wanted = computation.required_resource_keys
        self._session: Any = None
        opened: Mapping[str, Any] = {}
        if to_open := {key: made for key, made in {**own, **given}.items() if key not in present}:
            opened = self._open(to_open, {*wanted} & to_open.keys(), settings)
        for key in sorted(wanted - opened.keys() - present.keys()):
            self.close()
            raise DagsterInvalidDefinitionError(
                f"resource with key '{key}' required by op '{computation.name}' was not provided. Give it as an argument, or in "
                f"build_asset_context(resources={{'{key}': ...}})."
            )
        self._context_has_all = not opened
        self._settings = settings
        self._opened = opened

    def _open(self, definitions: Mapping[str, Any], keys: set[str], settings: Settings) -> Mapping[str, Any]:
        from dagster.define.resource_sessions import coerce_resources, open_resources

        coerced = coerce_resources(definitions)
        instance = None if all(coerced[key].is_ready_made for key in keys) else settings.instance
        self._session = open_resources(coerced, keys, instance=instance)
        return _by_key(self._session.resources)

    @property
    def values(self) -> Any:
        """What `context.resources` is; None where the context has them all itself."""
        if self._context_has_all:
            return None
        from dagster.define.resource_values import Resources

        return Resources({**_by_key(self._settings.resources), **self._opened})

    def get(self, name: str) -> Any:
        """The value of a parameter that is a resource."""
        return self._opened[name] if name in self._opened else resource_itself(self._settings.resources, name)

    def close(self) -> None:
        """Tear down what was set up for this call."""
        if self._session is not None:
            from dagster.define.resource_building import report_teardown

            report_teardown(self._session, None)


def _by_key(resources: Any) -> Mapping[str, Any]:
    return resources._asdict()
