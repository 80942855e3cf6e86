"""Ops: functions that are steps of jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, TypeVar, cast, overload

from msgspec.structs import replace

from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.code_versions import CodeVersion, resolved_code_version
from dagster.define.computations import (
    Computation,
    InputDeclaration,
    OutputDeclaration,
    Parameters,
    annotation_of_value,
    checked_allowance,
    checked_timeout,
    returned_annotation,
    sorted_parameters,
)
from dagster.define.docstrings import documented
from dagster.define.functions import Signature, default_values_of, docstring_of
from dagster.define.node_definitions import NodeDefinition
from dagster.define.op_ports import DynamicOut, In, Out, as_in, as_out
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.results import DEFAULT_OUTPUT, DynamicOutput, NoValue
from dagster.metadata.tags import run_tags
from dagster.specs.caching import CachePolicy, checked_cache_policy
from dagster.specs.names import checked_name

OpFunction = Callable[..., Any]


class OpDefinition(NodeDefinition):
    """A function that is a step of jobs, with what it takes and gives. Made by `@op`.

    Args:
        compute_fn: takes a context and a dict of inputs, and yields `Output`s; the decorator takes ordinary functions.
        name: letters, digits and underscores.
        ins: what it takes.
        outs: what it gives; without: one output named `result`.
        description: Markdown for people.
        config_schema: of `context.op_config`.
        required_resource_keys: resources on `context.resources`.
        tags: of its steps.
        version, code_version: the version of its code.
        retry_policy: how its steps are tried again.
        pool: the pool in which its steps take a slot.
        timeout: how long its function may run in a step, in seconds.
        allow_failure: whether a run goes on, and may end well, where a step of it failed for good.

    Example:
        >>> @op
        ... def add(a: int, b: int = 1) -> int:
        ...     return a + b
        >>> add.name, list(add.ins), add.output_def_named("result").dagster_type.display_name
        ('add', ['a', 'b'], 'Int')
        >>> add(1, b=2)
        3
    """

    __slots__ = ("_computation",)

    def __init__(
        self,
        compute_fn: OpFunction,
        name: str,
        ins: Mapping[str, In] | None = None,
        outs: Mapping[str, Out] | None = None,
        description: str | None = None,
        config_schema: Any = None,
        required_resource_keys: Set[str] | None = None,
        tags: Mapping[str, Any] | None = None,
        version: str | None = None,
        retry_policy: Any = None,
        code_version: str | None = None,
        pool: str | None = None,
        timeout: float | None = None,
        allow_failure: bool = False,
    ) -> None:
        wanted = {DEFAULT_OUTPUT: Out()} if outs is None else outs
        self._computation = Computation(
            name=checked_name(name),
            function=_taking_inputs_as_dict(compute_fn),
            signature=Signature(("context",), frozenset(), takes_positional=False, takes_keywords=True),
            inputs=tuple(each.declared_as(input_name) for input_name, each in (ins or {}).items()),
            outputs=tuple(each.declared_as(output_name) for output_name, each in wanted.items()),
            required_resource_keys=frozenset(required_resource_keys or ()),
            config_schema=config_schema,
            tags=run_tags(tags),
            description=description,
            retry_policy=retry_policy,
            pool=pool,
            timeout_seconds=checked_timeout(timeout, f"op '{name}'"),
            allows_failure=checked_allowance(allow_failure, f"op '{name}'"),
            code_version=code_version or version,
        )

    @staticmethod
    def of(computation: Computation) -> OpDefinition:
        """The op that a function with what it takes and gives is."""
        made = OpDefinition.__new__(OpDefinition)
        made._computation = computation
        return made

    def __repr__(self) -> str:
        return f"OpDefinition({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpDefinition) and self._computation is other._computation

    def __hash__(self) -> int:
        return id(self._computation)

    @property
    def computation(self) -> Computation:
        """The function with what it takes and gives, as data."""
        return self._computation

    @property
    def kind(self) -> str:
        return "op"

    @property
    def name(self) -> str:
        return self._computation.name

    @property
    def description(self) -> str | None:
        return self._computation.description

    @property
    def tags(self) -> Mapping[str, str]:
        return self._computation.tags

    @property
    def input_defs(self) -> Sequence[InputDeclaration]:
        return self._computation.inputs

    @property
    def output_defs(self) -> Sequence[OutputDeclaration]:
        return self._computation.outputs

    @property
    def inputs(self) -> tuple[InputDeclaration, ...]:
        """Same as `input_defs`."""
        return self._computation.inputs

    @property
    def outputs(self) -> tuple[OutputDeclaration, ...]:
        """Same as `output_defs`."""
        return self._computation.outputs

    def input_named(self, name: str) -> InputDeclaration:
        """Same as `input_def_named`."""
        return self.input_def_named(name)

    @property
    def place(self) -> str:
        """File and line of the function."""
        return self._computation.place

    @property
    def ins(self) -> Mapping[str, In]:
        """What it takes, as `In`s by name."""
        return {declared.name: as_in(declared) for declared in self.input_defs}

    @property
    def outs(self) -> Mapping[str, Out]:
        """What it gives, as `Out`s by name."""
        return {declared.name: as_out(declared) for declared in self.output_defs}

    @property
    def compute_fn(self) -> OpFunction:
        """The user's function."""
        return self._computation.function

    @property
    def required_resource_keys(self) -> Set[str]:
        """The resources that its function asks for."""
        return self._computation.required_resource_keys

    @property
    def retry_policy(self) -> Any:
        """How its steps are tried again."""
        return self._computation.retry_policy

    @property
    def pool(self) -> str | None:
        """The pool in which its steps take a slot."""
        return self._computation.pool

    @property
    def timeout(self) -> float | None:
        """How long its function may run in a step, in seconds; None for as long as it takes."""
        return self._computation.timeout_seconds

    @property
    def allow_failure(self) -> bool:
        """Whether a run goes on, and may end well, where a step of it failed for good."""
        return self._computation.allows_failure

    @property
    def code_version(self) -> str | None:
        """Same as `version`."""
        return self._computation.code_version

    @property
    def version(self) -> str | None:
        """The version of its code."""
        return self._computation.code_version

    @property
    def config_schema(self) -> Any:
        """The schema of its config; anything where it declares none."""
        from dagster.config.definition_schemas import definition_schema

        return self._computation.config_definition() or definition_schema(None)

    @property
    def config_field(self) -> Any:
        """The schema of its `config:` entry."""
        return self.config_schema.as_field()

    def called_alone(self, *args: Any, **kwargs: Any) -> Any:
        from dagster.define.doors import call_directly

        return call_directly(self._computation, args, kwargs)

    def as_computation(self) -> Computation:
        return self._computation

    def configured(
        self, config_or_config_fn: Any, name: str, config_schema: Any = None, description: str | None = None
    ) -> OpDefinition:
        """The same function with its config decided, or made by a function from other config.

        Args:
            config_or_config_fn: the config, or a function that makes it.
            name: of the new op.
            config_schema: of what the function takes.
            description: without: that of this op.

        Example:
            >>> @op(config_schema={"n": int})
            ... def times(context, x):
            ...     return x * context.op_config["n"]
            >>> times.configured({"n": 2}, name="twice").name
            'twice'
        """
        from dagster.config.definition_schemas import configured_schema

        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, owner=f"op {self.name}")
        return OpDefinition.of(
            replace(
                self._computation,
                name=checked_name(name),
                config_schema=schema,
                description=description or self.description,
            )
        )

    def with_replaced_properties(
        self,
        name: str,
        ins: Mapping[str, In] | None = None,
        outs: Mapping[str, Out] | None = None,
        config_schema: Any = None,
        description: str | None = None,
    ) -> OpDefinition:
        """The same function with other properties."""
        changed: dict[str, Any] = {"name": checked_name(name)}
        if ins:
            changed["inputs"] = tuple(
                ins[each.name].declared_as(each.name) if each.name in ins else each for each in self.input_defs
            )
        if outs:
            changed["outputs"] = tuple(
                outs[each.name].declared_as(each.name) if each.name in outs else each for each in self.output_defs
            )
        if config_schema is not None:
            changed["config_schema"] = config_schema
        if description is not None:
            changed["description"] = description
        return OpDefinition.of(replace(self._computation, **changed))


@overload
def op(compute_fn: OpFunction) -> OpDefinition: ...
@overload
def op(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, In] | None = ...,
    out: Out | Mapping[str, Out] | None = ...,
    config_schema: Any = ...,
    required_resource_keys: Set[str] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    version: str | None = ...,
    retry_policy: Any = ...,
    code_version: str | CodeVersion | None = ...,
    pool: str | None = ...,
    timeout: float | None = ...,
    allow_failure: bool = ...,
    cache_policy: CachePolicy | None = ...,
) -> Callable[[OpFunction], OpDefinition]: ...
def op(
    compute_fn: OpFunction | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, In] | None = None,
    out: Out | Mapping[str, Out] | None = None,
    config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    tags: Mapping[str, Any] | None = None,
    version: str | None = None,
    retry_policy: Any = None,
    code_version: str | CodeVersion | None = None,
    pool: str | None = None,
    timeout: float | None = None,
    allow_failure: bool = False,
    cache_policy: CachePolicy | None = None,
) -> OpDefinition | Callable[[OpFunction], OpDefinition]:
    """Make an op out of a function: a step of jobs. Its parameters are inputs, resources, `config` and the context.

    Args:
        compute_fn: the function.
        name: without: the function's name.
        description: Markdown; without: the function's docstring.
        ins: what its parameters and annotations do not say of its inputs; also inputs without a value, typed `Nothing`.
        out: what it gives: an `Out`, or several by name; without: one output named `result`.
        config_schema: of `context.op_config`, where there is no parameter `config`.
        required_resource_keys: resources on `context.resources`.
        tags: of its steps.
        version, code_version: the version of its code.
        retry_policy: how its steps are tried again.
        pool: the pool in which its steps take a slot.
        timeout: how long the function may run in a step, in seconds; then it is ended, and the step fails with a
            `DagsterStepTimeoutError`, which a retry policy covers.
        allow_failure: whether a run goes on, and may end well, where a step of it failed for good, after its retries. What takes
            its value is then skipped, unless its input has a default; what only waits for it runs.
        cache_policy: when what a step gave last is taken in place of executing it, since nothing has changed.

    Returns:
        The definition; for a call without `compute_fn` the decorator that makes it.

    Raises:
        DagsterInvalidDefinitionError: the arguments contradict the function.

    Example:
        >>> @op(out={"low": Out(int), "high": Out(int)})
        ... def bounds(numbers: list[int]):
        ...     return min(numbers), max(numbers)
        >>> bounds([3, 1, 2])
        (1, 3)
    """
    given = {argument: value for argument, value in locals().items() if argument != "compute_fn"}
    if compute_fn is not None:
        return _build(compute_fn, **given)

    def decorate(function: OpFunction) -> OpDefinition:
        return _build(function, **given)

    return decorate


def _taking_inputs_as_dict(compute_fn: OpFunction) -> OpFunction:
    def compute(context: Any, **inputs: Any) -> Any:
        return compute_fn(context, inputs)

    return compute


def _build(function: OpFunction, **given: Any) -> OpDefinition:
    if not callable(function):
        raise CheckError(f"@op decorates a function. Got {function!r}; write its options by name: @op(name=...).")
    name = checked_name(given["name"] or getattr(function, "__name__", type(function).__name__))
    cache_policy = _checked_cache_policy(given, name)
    code_version = given["code_version"] or given["version"]
    if cache_policy is not None or isinstance(code_version, CodeVersion):
        code_version = resolved_code_version(code_version, function, f"@op '{name}'", cache_policy)
    parameters = sorted_parameters(function, f"@op '{name}'")
    if parameters.config_annotation is not None and given["config_schema"] is not None:
        raise DagsterInvalidDefinitionError(
            f"@op '{name}' has a parameter config and config_schema. Cannot have both: give one of them."
        )
    return OpDefinition.of(
        Computation(
            name=name,
            function=function,
            signature=parameters.signature,
            inputs=declared_inputs(function, parameters, given["ins"] or {}, name),
            outputs=declared_outputs(function, given["out"], code_version),
            context_annotation=parameters.context_annotation,
            resource_parameters=parameters.resources,
            required_resource_keys=parameters.resources.union(given["required_resource_keys"] or ()),
            config_annotation=parameters.config_annotation,
            config_schema=given["config_schema"],
            tags=run_tags(given["tags"]),
            description=given["description"] or docstring_of(function),
            retry_policy=given["retry_policy"],
            pool=given["pool"],
            timeout_seconds=checked_timeout(given["timeout"], f"@op '{name}'"),
            allows_failure=checked_allowance(given["allow_failure"], f"@op '{name}'"),
            code_version=code_version,
            cache_policy=cache_policy,
        )
    )


def _checked_cache_policy(given: Mapping[str, Any], name: str) -> CachePolicy | None:
    policy = checked_cache_policy(given["cache_policy"], f"@op '{name}'")
    out = given["out"]
    outs: list[Any] = list(cast("Mapping[str, Any]", out).values()) if isinstance(out, Mapping) else [out]
    if policy is not None and any(isinstance(each, DynamicOut) for each in outs):
        raise DagsterInvalidDefinitionError(
            f"@op '{name}' has a cache_policy and a dynamic output. Let what comes after it have the policy."
        )
    return policy


def declared_inputs(
    function: OpFunction, parameters: Parameters, ins: Mapping[str, In], name: str
) -> tuple[InputDeclaration, ...]:
    """The inputs of an op's function: its parameters, then inputs without one.

    Raises:
        DagsterInvalidDefinitionError: `ins` names a parameter that the function does not have.
    """
    defaults = default_values_of(function)
    options = [each for each in parameters.signature.names if each in parameters.signature.options]
    names = [*parameters.inputs, *(each for each in options if each not in parameters.resources and each != "config")]
    unknown = [f"'{each}'" for each, given in ins.items() if each not in names and not says_no_value(given.dagster_type)]
    if unknown and not parameters.signature.takes_keywords:
        raise DagsterInvalidDefinitionError(
            f"@op '{name}' decorated function does not have argument(s) {', '.join(unknown)}. @op-decorated functions should "
            "have an argument for each of their Ins, except for Ins that have the Nothing dagster_type. Alternatively, they can "
            "accept **kwargs."
        )
    without_value = [f"'{each}'" for each, given in ins.items() if each in names and says_no_value(given.dagster_type)]
    if without_value:
        raise DagsterInvalidDefinitionError(
            f"@op '{name}' decorated function has parameter(s) {', '.join(without_value)} whose In is of type 'Nothing': no data "
            "is passed for it. Leave the parameter out of the function."
        )
    said = documented(function).parameters
    declared = tuple(
        ins.get(each, _NO_IN).declared_as(each, parameters.inputs.get(each, Unannotated), defaults.get(each, NoValue))
        for each in [*names, *(each for each in ins if each not in names)]
    )
    for each in declared:
        _refuse_default_of_another_type(each, name)
    return tuple(_described(each, said.get(each.name)) for each in declared)


_SCALARS = (int, float, str, bool)


def _refuse_default_of_another_type(declared: InputDeclaration, op_name: str) -> None:
    kind = declared.annotation
    if not declared.has_default_value or not any(kind is each for each in _SCALARS) or isinstance(declared.default, kind):
        return
    raise DagsterInvalidDefinitionError(
        f"Type check failed for the default_value of input '{declared.name}' of op '{op_name}' of type {kind.__name__}. Received "
        f"value {declared.default!r} of type {type(declared.default)}."
    )


_NO_IN = In()


Declared = TypeVar("Declared", InputDeclaration, OutputDeclaration)


def _described(declared: Declared, said: str | None) -> Declared:
    """With what the docstring says of it, where nothing else was given."""
    return replace(declared, description=said) if said is not None and declared.description is None else declared


def declared_outputs(
    function: OpFunction, out: Out | Mapping[str, Out] | None, code_version: str | None = None
) -> tuple[OutputDeclaration, ...]:
    """The outputs of an op's function.

    Raises:
        DagsterInvariantViolationError: several outputs, and a return annotation that is no tuple of as many types.
    """
    returned = returned_annotation(function)
    annotation = _value_of(returned)
    if out is None and getattr(returned, "__origin__", None) is list and annotation is not returned:
        out = DynamicOut()  # `list[DynamicOutput[int]]`
    if out is None or isinstance(out, Out):
        out = {DEFAULT_OUTPUT: out or Out()}
    if len(out) < 2:
        said = documented(function).result
        return tuple(_described(each.declared_as(name, annotation, code_version), said) for name, each in out.items())
    types = _types_of_tuple(annotation, len(out))
    named = zip(out.items(), types, strict=True)
    return tuple(each.declared_as(name, _value_of(kind), code_version) for (name, each), kind in named)


def _types_of_tuple(annotation: Any, count: int) -> Sequence[Any]:
    if annotation is Unannotated or annotation is tuple:
        return [Unannotated] * count
    inner = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is not tuple:
        raise DagsterInvariantViolationError("Expected Tuple annotation for multiple outputs, but received non-tuple annotation.")
    if len(inner) != count:
        raise DagsterInvariantViolationError(
            f"Expected Tuple annotation to have number of entries matching the number of outputs for more than one output. "
            f"Expected {count} outputs but annotation has {len(inner)}."
        )
    return cast("Sequence[Any]", inner)


def _value_of(annotation: Any) -> Any:
    """The type of the value: `list[DynamicOutput[int]]` and `DynamicOutput[int]` declare ints."""
    origin, inner = getattr(annotation, "__origin__", annotation), getattr(annotation, "__args__", ())
    if origin is list and inner and getattr(inner[0], "__origin__", inner[0]) is DynamicOutput:
        return _value_of(inner[0])
    if origin is DynamicOutput:
        return inner[0] if inner else Unannotated
    return annotation_of_value(annotation)
