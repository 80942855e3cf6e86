"""Building a graph by calling ops and graphs in the body of a function.

While the body of a `@graph` or `@job` runs, calling a node records it and gives back handles of its outputs; handing a handle to
another call records a dependency. Nothing is executed.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Generator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, cast

import msgspec

from dagster.define.computations import OutputDeclaration
from dagster.define.given_values import Handle, handle_within
from dagster.define.nodes import (
    AnyDependency,
    AssetDependency,
    CollectedDependency,
    DependencyDefinition,
    GivenValue,
    InputMapping,
    MappedDependency,
    MappedInputPlaceholder,
    MultiDependencyDefinition,
    Node,
)
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.keys import AssetKey

_current: ContextVar[Composition | None] = ContextVar("composition", default=None)


class Callee(Protocol):
    """An op or graph, as it is called here."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def positional_inputs(self) -> Sequence[str]: ...
    @property
    def output_defs(self) -> Sequence[OutputDeclaration]: ...
    def refuse_unknown_input(self, name: str) -> None: ...
    def called_alone(self, *args: Any, **kwargs: Any) -> Any: ...
    def pending(
        self,
        given_alias: str | None = None,
        tags: Mapping[str, Any] | None = None,
        hook_defs: Set[Any] | None = None,
        retry_policy: Any = None,
        allow_failure: bool | None = None,
    ) -> PendingNodeInvocation: ...


class GraphInput(Handle, frozen=True):
    """An input of the graph that is being built, inside of its body."""

    name: str

    @property
    def described(self) -> str:
        return self.name

    def __iter__(self) -> Any:
        raise DagsterInvariantViolationError(
            f"Attempted to iterate over the input '{self.name}' of a graph. Its value is known when the job runs: loop in an op."
        )


class NodeOutput(Handle, frozen=True):
    """An output of a node, inside of a graph's body.

    Attributes:
        node: the node's name.
        output: the output's name.
        is_element: whether it stands for one value of a dynamic output, inside of `.map`.
    """

    node: str
    output: str
    is_element: bool = False

    @property
    def described(self) -> str:
        return f"{self.node}.{self.output}"

    def __iter__(self) -> Any:
        raise DagsterInvariantViolationError(
            f'Attempted to iterate over the output "{self.output}" of "{self.node}" in the body of a graph. Its value is known '
            'when the job runs: consider defining multiple Outs, @op(out={"a": Out(), "b": Out()}), to hand on its parts, or '
            "loop in an op."
        )

    def __getitem__(self, index: Any) -> Any:
        raise DagsterInvariantViolationError(
            f'Attempted to index in to the output "{self.output}" of "{self.node}" in the body of a graph. Its value is known '
            'when the job runs: consider defining multiple Outs, @op(out={"a": Out(), "b": Out()}), to hand on its parts, or '
            "take it apart in an op."
        )


class CollectedOutput(Handle, frozen=True):
    """All values of a dynamic output, inside of a graph's body."""

    node: str
    output: str

    @property
    def described(self) -> str:
        return f"{self.node}.{self.output}"


class DynamicNodeOutput(Handle, frozen=True):
    """A dynamic output of a node, or what was mapped over one, inside of a graph's body."""

    node: str
    output: str

    @property
    def described(self) -> str:
        return f"{self.node}.{self.output}"

    def map(self, fn: Callable[[Any], Any]) -> Any:
        """Have `fn` call nodes with one value; they run once per key.

        Returns:
            What `fn` returns, where each output became dynamic; None where it returns none.
        """
        return _as_dynamic(fn(NodeOutput(self.node, self.output, is_element=True)))

    def collect(self) -> CollectedOutput:
        """All values as a list, in the order in which they were given."""
        return CollectedOutput(self.node, self.output)


def _as_dynamic(returned: Any) -> Any:
    if isinstance(returned, NodeOutput):
        return DynamicNodeOutput(returned.node, returned.output)
    if names := _names_of(returned):
        return namedtuple("Mapped", names, rename=True)(*(_as_dynamic(each) for each in returned))  # type: ignore[misc]
    if isinstance(returned, (tuple, list)):
        return tuple(_as_dynamic(each) for each in cast("Sequence[Any]", returned))
    if isinstance(returned, Mapping):
        return {name: _as_dynamic(each) for name, each in cast("Mapping[str, Any]", returned).items()}
    if returned is None or isinstance(returned, DynamicNodeOutput):
        return returned
    raise DagsterInvalidDefinitionError(
        f"The function given to `map` returned {returned!r} of type {type(returned)}. It returns what the nodes that it calls "
        "return, or nothing."
    )


class PendingNodeInvocation(msgspec.Struct, frozen=True):
    """A node that is about to be called under another name, or with tags, hooks, a retry policy or leave to fail of its own."""

    definition: Callee
    given_alias: str | None = None
    tags: Mapping[str, str] = {}
    hook_defs: Set[Any] = frozenset()
    retry_policy: Any = None
    allow_failure: bool | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the node: in the body of a graph, or a single op in a test."""
        composition = _current.get()
        if composition is None:
            return self.definition.called_alone(*args, **kwargs)
        return composition.invoke(self, args, kwargs)

    def alias(self, name: str) -> PendingNodeInvocation:
        """The same under another name."""
        return self._with(given_alias=name)

    def tag(self, tags: Mapping[str, Any] | None) -> PendingNodeInvocation:
        """The same with more tags."""
        return self._with(tags={**self.tags, **(tags or {})})

    def with_hooks(self, hook_defs: Set[Any]) -> PendingNodeInvocation:
        """The same with more hooks."""
        return self._with(hook_defs={*self.hook_defs, *hook_defs})

    def with_retry_policy(self, retry_policy: Any) -> PendingNodeInvocation:
        """The same with another retry policy."""
        return self._with(retry_policy=retry_policy)

    def with_allow_failure(self, allow_failure: bool = True) -> PendingNodeInvocation:
        """The same whose steps may fail without failing the run."""
        return self._with(allow_failure=allow_failure)

    def as_node(self, name: str) -> Node:
        """The node under a name."""
        return Node(name, self.definition, self.tags, self.hook_defs, self.retry_policy, self.allow_failure)

    def _with(self, **changed: Any) -> PendingNodeInvocation:
        """The same with something else, which is checked as if it had been given at first."""
        now = {name: getattr(self, name) for name in self.__struct_fields__ if name != "definition"}
        return self.definition.pending(**{**now, **changed})


class Composition:
    """A graph while its body runs.

    Args:
        place: what is being built, for errors: `@job 'nightly'`.

    Attributes:
        nodes: by name, in the order of the calls.
        dependencies: what the inputs of each node take.
        input_mappings: the inputs of the graph that were handed to nodes.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.nodes: dict[str, Node] = {}
        self.dependencies: dict[str, dict[str, AnyDependency]] = {}
        self.input_mappings: list[InputMapping] = []

    def invoke(self, pending: PendingNodeInvocation, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Record a call. Returns the handles of the node's outputs.

        Raises:
            DagsterInvalidDefinitionError: an argument is nothing that a node can take while a graph is built.
        """
        definition = pending.definition
        name = self._name_of(pending)
        given = self._bound(definition, args, kwargs)
        self.nodes[name] = pending.as_node(name)
        self.dependencies[name] = {}
        for input_name, value in given.items():
            self._connect(definition, name, input_name, value)
        return _outputs_of(definition, name)

    def _name_of(self, pending: PendingNodeInvocation) -> str:
        if pending.given_alias is not None:
            if pending.given_alias in self.nodes:
                raise DagsterInvalidDefinitionError(
                    f"{self._short_place} invoked the same node ({pending.given_alias}) twice without aliasing."
                )
            return pending.given_alias
        wanted, number = pending.definition.name, 1
        name = wanted
        while name in self.nodes:
            number += 1
            name = f"{wanted}_{number}"
        return name

    @property
    def _short_place(self) -> str:
        return self.place.replace("'", "")

    def _bound(self, definition: Callee, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        names = definition.positional_inputs
        if len(args) > len(names):
            raise DagsterInvalidDefinitionError(
                f"In {self._short_place}, received too many inputs for invocation {definition.name}. Only {len(names)} defined, "
                f"received {len(args)}"
            )
        bound = dict(zip(names, args, strict=False))
        for name, value in kwargs.items():
            if name in bound:
                raise DagsterInvalidInvocationError(
                    f"{definition.kind} {definition.name} got multiple values for argument '{name}'"
                )
            bound[name] = value
        return bound

    def _connect(self, definition: Callee, node: str, input_name: str, value: Any) -> None:
        where = f'for input "{input_name}" in {definition.kind} invocation "{definition.name}"'
        definition.refuse_unknown_input(input_name)
        if isinstance(value, list) and any(isinstance(each, (GraphInput, NodeOutput)) for each in cast("list[Any]", value)):
            self.dependencies[node][input_name] = self._fan_in(node, input_name, cast("list[Any]", value), where)
        elif isinstance(value, GraphInput):
            self.input_mappings.append(
                InputMapping(graph_input_name=value.name, mapped_node_name=node, mapped_node_input_name=input_name)
            )
        else:
            self.dependencies[node][input_name] = self._dependency(value, where)

    def _fan_in(self, node: str, input_name: str, values: list[Any], where: str) -> AnyDependency:
        parts: list[Any] = []
        for index, value in enumerate(values):
            if isinstance(value, GraphInput):
                parts.append(MappedInputPlaceholder)
                self.input_mappings.append(
                    InputMapping(
                        graph_input_name=value.name, mapped_node_name=node, mapped_node_input_name=input_name, fan_in_index=index
                    )
                )
            elif isinstance(value, NodeOutput):
                parts.append(DependencyDefinition(value.node, value.output))
            elif self._is_value(value):
                parts.append(GivenValue(value))
            else:
                raise DagsterInvalidDefinitionError(
                    f"In {self._short_place}, received a list containing an invalid type at index {index} {where}. Lists can "
                    f"only contain the output from previous op invocations, input mappings or values, received {type(value)}"
                )
        return MultiDependencyDefinition(parts)

    def _dependency(self, value: Any, where: str) -> AnyDependency:
        if isinstance(value, NodeOutput):
            kind = MappedDependency if value.is_element else DependencyDefinition
            return kind(value.node, value.output)
        if isinstance(value, CollectedOutput):
            return CollectedDependency(value.node, value.output)
        if isinstance(value, DynamicNodeOutput):
            raise DagsterInvalidDefinitionError(
                f"In {self._short_place}, received the dynamic output {value.output} from node '{value.node}' directly. Dynamic "
                "output must be unpacked by invoking map or collect."
            )
        if isinstance(getattr(value, "key", None), AssetKey):
            return AssetDependency(value.key, value)
        if self._is_value(value):
            return GivenValue(value)
        raise self._refused(value, where)

    @staticmethod
    def _is_value(value: Any) -> bool:
        """Whether it is a value that is known already, and no part of a graph."""
        is_node = hasattr(value, "called_alone") or isinstance(value, PendingNodeInvocation)
        return not is_node and handle_within(value) is None

    def _refused(self, value: Any, where: str) -> DagsterInvalidDefinitionError:
        place = f"In {self._short_place}, received"
        if names := _names_of(value):
            return DagsterInvalidDefinitionError(
                f"{place} a tuple of multiple outputs {where}. Must pass individual output, available from tuple: {names}"
            )
        if hasattr(value, "called_alone") or isinstance(value, PendingNodeInvocation):
            definition: Any = value.definition if isinstance(value, PendingNodeInvocation) else value
            named = definition.name
            return DagsterInvalidDefinitionError(f"{place} an un-invoked op '{named}' {where}. Did you forget parentheses?")
        return DagsterInvalidDefinitionError(
            f"{place} invalid type {type(value)} {where}: it is made of {handle_within(value)}, which is known when the job "
            "runs. Must pass the output from previous node invocations or inputs to the composition function as they are when "
            "invoking nodes during composition, or a list of them; what is made of their values is made in an op."
        )


def _outputs_of(definition: Callee, node: str) -> Any:
    """The only output of a node, or all of them as a named tuple; None where there is none."""
    handles = [
        DynamicNodeOutput(node, declared.name) if declared.is_dynamic else NodeOutput(node, declared.name)
        for declared in definition.output_defs
    ]
    if len(handles) == 1:
        return handles[0]
    if not handles:
        return None
    names = [declared.name for declared in definition.output_defs]
    return namedtuple(f"{definition.name}_outputs", names, rename=True)(*handles)  # type: ignore[misc]


def _names_of(outputs: Any) -> Sequence[str]:
    """The names of a node's outputs, where there are several."""
    return getattr(outputs, "_fields", ())


@contextmanager
def composing(place: str) -> Generator[Composition, None, None]:
    """Calls of nodes inside are recorded in the graph that is being built."""
    composition = Composition(place)
    token = _current.set(composition)
    try:
        yield composition
    finally:
        _current.reset(token)


def is_composing() -> bool:
    """Whether the body of a graph is running."""
    return _current.get() is not None
