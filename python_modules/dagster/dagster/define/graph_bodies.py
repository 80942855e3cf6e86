"""Makes graphs out of functions that call ops: `@graph`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast, overload

import msgspec
from msgspec.structs import replace

from dagster.define.annotations import Unannotated
from dagster.define.composition import Composition, DynamicNodeOutput, GraphInput, NodeOutput, composing
from dagster.define.computations import InputDeclaration, sorted_parameters
from dagster.define.config_mappings import ConfigMapping
from dagster.define.functions import default_values_of, docstring_of
from dagster.define.graphs import GraphDefinition, GraphFunction
from dagster.define.nodes import OutputMapping
from dagster.define.op_ports import GraphIn, GraphOut
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.events.results import DEFAULT_OUTPUT, NoValue


class Body(msgspec.Struct, frozen=True):
    """A function whose body builds a graph.

    Attributes:
        function: the user's.
        place: what it is, for errors: `@graph 'etl'`.
        ins: what is said of its inputs.
        outs: its outputs by name; None: one named `result`, if it returns anything.
        takes_outputs: False for jobs, which have none but those that their function returns.
    """

    function: GraphFunction
    place: str
    ins: Mapping[str, GraphIn] = {}
    outs: Mapping[str, GraphOut] | None = None
    takes_outputs: bool = True

    @property
    def output_names(self) -> Sequence[str]:
        """The outputs that it may return."""
        if self.outs is not None:
            return list(self.outs)
        return [DEFAULT_OUTPUT] if self.takes_outputs else []


def built_graph(
    body: Body,
    name: str,
    description: str | None = None,
    config: ConfigMapping | None = None,
    tags: Mapping[str, Any] | None = None,
) -> GraphDefinition:
    """The graph that a body builds.

    Raises:
        DagsterInvalidDefinitionError: it calls nodes in a way they cannot be called, or returns what is no output.
    """
    parameters = sorted_parameters(body.function, body.place)
    if not parameters.signature.takes_keywords:
        _refuse_unknown_ins(body, parameters.inputs)
    defaults = default_values_of(body.function)
    inputs = {
        each: InputDeclaration(
            name=each,
            annotation=annotation,
            default=defaults.get(each, NoValue),
            description=body.ins[each].description if each in body.ins else None,
        )
        for each, annotation in parameters.inputs.items()
    }
    if parameters.signature.takes_keywords:
        more = {each: InputDeclaration(name=each, description=given.description) for each, given in body.ins.items()}
        inputs = {**more, **inputs}
    with composing(body.place) as composition:
        returned = body.function(**{each: GraphInput(each) for each in inputs})
    outputs = _output_mappings(body, returned)
    _refuse_unmapped(body, composition, inputs)
    described = {each: declared.description for each, declared in inputs.items()}
    order = list(inputs)
    return GraphDefinition(
        name,
        description=description,
        nodes=list(composition.nodes.values()),
        dependencies=composition.dependencies,
        input_mappings=sorted(
            (replace(each, graph_input_description=described[each.graph_input_name]) for each in composition.input_mappings),
            key=lambda each: order.index(each.graph_input_name),
        ),
        output_mappings=outputs,
        config=config,
        tags=tags,
        composition_fn=body.function,
        declared_inputs={
            each: declared
            for each, declared in inputs.items()
            if declared.annotation is not Unannotated or declared.has_default_value
        },
    )


def _refuse_unknown_ins(body: Body, parameters: Mapping[str, Any]) -> None:
    for name in body.ins:
        if name not in parameters:
            raise DagsterInvalidDefinitionError(
                f"{body.place} says in `ins` what '{name}' is, and its function has no parameter of that name. The parameters "
                f"are: {list(parameters)}."
            )


def _refuse_unmapped(body: Body, composition: Composition, inputs: Mapping[str, InputDeclaration]) -> None:
    mapped = {each.graph_input_name for each in composition.input_mappings}
    for name in inputs:
        if name not in mapped:
            raise DagsterInvalidDefinitionError(
                f"{body.place} has unmapped input '{name}'. Remove it or pass it to the appropriate op/graph invocation."
            )


def _output_mappings(body: Body, returned: Any) -> list[OutputMapping]:
    names = body.output_names
    if not body.takes_outputs:
        return _outputs_of_job(body, returned)
    if isinstance(returned, (NodeOutput, DynamicNodeOutput)):
        if len(names) != 1:
            raise DagsterInvalidDefinitionError(
                f"Returned a single output ({returned.node}.{returned.output}) in {body.place} but {len(names)} outputs are "
                "defined. Return a dict to map defined outputs."
            )
        return [_mapping(body, names[0], returned)]
    if returned is None:
        given: Mapping[str, Any] = {}
    elif isinstance(returned, tuple):
        given = dict(zip(names, cast("tuple[Any, ...]", returned), strict=False))
    elif isinstance(returned, Mapping):
        given = cast("Mapping[str, Any]", returned)
    else:
        raise _no_output(body, returned)
    _refuse_unknown_outputs(body, given)
    return [_mapping(body, name, each) for name, each in given.items()]


def _outputs_of_job(body: Body, returned: Any) -> list[OutputMapping]:
    """What the function of a job returns: the values that a call of the job gives back."""
    if returned is None:
        return []
    given: Mapping[str, Any] = {DEFAULT_OUTPUT: returned}
    if isinstance(returned, Mapping):
        given = cast("Mapping[str, Any]", returned)
    elif names := getattr(returned, "_fields", ()):  # all outputs of one node
        given = dict(zip(names, returned, strict=True))
    return [_mapping(body, name, each) for name, each in given.items()]


def _refuse_unknown_outputs(body: Body, given: Mapping[str, Any]) -> None:
    for name in body.outs or ():
        if name not in given:
            raise DagsterInvalidDefinitionError(
                f"{body.place} has unmapped output '{name}'. Remove it or return a value from the appropriate op/graph "
                "invocation."
            )
    for name in given:
        if name not in body.output_names:
            raise DagsterInvalidDefinitionError(
                f"{body.place} referenced key {name} which does not match any defined outputs. Valid options are: "
                f"{list(body.output_names)}"
            )


def _mapping(body: Body, name: str, output: Any) -> OutputMapping:
    if not isinstance(output, (NodeOutput, DynamicNodeOutput)):
        raise _no_output(body, output)
    out = (body.outs or {}).get(name)
    return OutputMapping(
        name,
        output.node,
        output.output,
        graph_output_description=out.description if out is not None else None,
        from_dynamic_mapping=isinstance(output, DynamicNodeOutput),
    )


def _no_output(body: Body, returned: Any) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(
        f"{body.place} returned problematic value of type {type(returned)}. Expected return value from invoked node or dict "
        "mapping output name to return values from invoked nodes"
    )


@overload
def graph(compose_fn: GraphFunction) -> GraphDefinition: ...
@overload
def graph(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, GraphIn] | None = ...,
    out: GraphOut | Mapping[str, GraphOut] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    config: ConfigMapping | Mapping[str, Any] | None = ...,
) -> Callable[[GraphFunction], GraphDefinition]: ...
def graph(
    compose_fn: GraphFunction | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, GraphIn] | None = None,
    out: GraphOut | Mapping[str, GraphOut] | None = None,
    tags: Mapping[str, Any] | None = None,
    config: ConfigMapping | Mapping[str, Any] | None = None,
) -> GraphDefinition | Callable[[GraphFunction], GraphDefinition]:
    """Make a graph out of a function that calls ops and other graphs; its parameters are the graph's inputs.

    Args:
        compose_fn: the function; it runs once, now, and executes nothing.
        name: without: the function's name.
        description: Markdown; without: the function's docstring.
        ins: what is said of its inputs.
        out: its outputs where it gives several: returned as a dict or tuple.
        tags: of its jobs.
        config: a `ConfigMapping`, or the config of its ops.

    Raises:
        DagsterInvalidDefinitionError: the body calls nodes in a way they cannot be called, or returns what is no output.

    Example:
        >>> @graph
        ... def doubled(n):
        ...     return add(n, n)
        >>> doubled.execute_in_process(input_values={"n": 4}).output_value()
        8
    """

    def decorate(function: GraphFunction) -> GraphDefinition:
        if not callable(function):
            raise CheckError(f"@graph decorates a function. Got {function!r}; write its options by name: @graph(name=...).")
        graph_name = name or function.__name__
        outs = {DEFAULT_OUTPUT: out} if isinstance(out, GraphOut) else out
        body = Body(function, f"@graph '{graph_name}'", ins or {}, outs)
        return built_graph(body, graph_name, description or docstring_of(function), mapping_of(config), tags)

    return decorate if compose_fn is None else decorate(compose_fn)


def mapping_of(config: ConfigMapping | Mapping[str, Any] | None) -> ConfigMapping | None:
    """The mapping of a graph whose ops' config is given as a dict."""
    if config is None or isinstance(config, ConfigMapping):
        return config
    decided = dict(config)
    return ConfigMapping(lambda _config: decided, config_schema={})
