"""The parts of a graph: which nodes it has, under which names, and what they take from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, Union

import msgspec
from msgspec.structs import force_setattr

from dagster.arguments import check_argument, check_members, check_optional
from dagster.errors import DagsterInvalidDefinitionError
from dagster.events.results import DEFAULT_OUTPUT
from dagster.keys import AssetKey
from dagster.metadata.tags import run_tags
from dagster.specs.names import checked_name


class MappedInputPlaceholder:
    """Stands in a fan-in for an input of the graph, which an `InputMapping` with `fan_in_index` fills."""


class GivenValue(msgspec.Struct, frozen=True, eq=False):
    """An input takes a value that stands in the call: `load("orders.csv")`.

    Attributes:
        value: any Python value; the same object in each run of the process.
    """

    value: Any

    def is_fan_in(self) -> bool:
        """Whether it takes several outputs as a list."""
        return False

    def get_node_dependencies(self) -> Sequence[DependencyDefinition]:
        """The outputs that it takes: none."""
        return []


class DependencyDefinition(msgspec.Struct, frozen=True, gc=False):
    """An input takes the output of another node.

    Args:
        node: the node's name in the graph.
        output: the output.
        description: for people.

    Example:
        >>> DependencyDefinition("load", "rows").output
        'rows'
    """

    node: str
    output: str = DEFAULT_OUTPUT
    description: str | None = None

    def __post_init__(self) -> None:
        check_argument("node", self.node, str)
        check_argument("output", self.output, str)
        check_optional("description", self.description, str)

    def is_fan_in(self) -> bool:
        """Whether it takes several outputs as a list."""
        return False

    def get_node_dependencies(self) -> Sequence[DependencyDefinition]:
        """The outputs that it takes."""
        return [self]


class MultiDependencyDefinition(msgspec.Struct, frozen=True):
    """An input takes a list: the outputs of several nodes, in this order.

    Args:
        dependencies: one per element.

    Raises:
        DagsterInvalidDefinitionError: the same output twice.

    Example:
        >>> MultiDependencyDefinition([DependencyDefinition("a"), DependencyDefinition("b")]).is_fan_in()
        True
    """

    dependencies: Sequence[Union[DependencyDefinition, GivenValue, type[MappedInputPlaceholder]]]

    def __post_init__(self) -> None:
        check_members("dependencies", self.dependencies, (DependencyDefinition, GivenValue, type))
        seen: set[tuple[str, str]] = set()
        for each in self.get_node_dependencies():
            if (each.node, each.output) in seen:
                raise DagsterInvalidDefinitionError(
                    f'Duplicate dependencies on node "{each.node}" output "{each.output}" used in the same '
                    "MultiDependencyDefinition."
                )
            seen.add((each.node, each.output))

    def is_fan_in(self) -> bool:
        """Whether it takes several outputs as a list."""
        return True

    def get_node_dependencies(self) -> Sequence[DependencyDefinition]:
        """The outputs that it takes, without those that come from outside of the graph."""
        return [each for each in self.dependencies if isinstance(each, DependencyDefinition)]

    def get_dependencies_and_mappings(self) -> Sequence[DependencyDefinition | GivenValue | type[MappedInputPlaceholder]]:
        """What each element is."""
        return self.dependencies


class MappedDependency(DependencyDefinition, frozen=True):
    """An input takes one value of a dynamic output: its node runs once per key."""


class CollectedDependency(DependencyDefinition, frozen=True):
    """An input takes all values of a dynamic output, or of what was mapped over one, as a list."""

    def is_fan_in(self) -> bool:
        return True


class AssetDependency(msgspec.Struct, frozen=True):
    """An input takes the stored value of an asset.

    Attributes:
        asset_key: the asset.
        definition: what declares it.
    """

    asset_key: AssetKey
    definition: Any = None

    def is_fan_in(self) -> bool:
        """Whether it takes several outputs as a list."""
        return False

    def get_node_dependencies(self) -> Sequence[DependencyDefinition]:
        """The outputs that it takes: none."""
        return []


AnyDependency = Union[DependencyDefinition, MultiDependencyDefinition, AssetDependency, GivenValue]
"""What an input takes; `MappedDependency` and `CollectedDependency` are kinds of the first."""


class NodeInvocation(msgspec.Struct, frozen=True):
    """A node of a graph that is declared by its parts: which definition it uses, and under which name.

    Args:
        name: of the op or graph.
        alias: the node's name in the graph; without: `name`.
        tags: added to those of the definition.
        hook_defs: called when its steps end.
        retry_policy: how its steps are tried again.
        allow_failure: whether its steps may fail without failing the run; None as the definition says.

    Example:
        >>> GraphDefinition(
        ...     "twice",
        ...     node_defs=[one, add],
        ...     dependencies={
        ...         "one": {},
        ...         NodeInvocation("add", alias="sum"): {"a": DependencyDefinition("one"), "b": DependencyDefinition("one")},
        ...     },
        ... ).node_names()
        ['one', 'sum']
    """

    name: str
    alias: str | None = None
    tags: Mapping[str, str] | None = None
    hook_defs: Set[Any] | None = None
    retry_policy: Any = None
    allow_failure: bool | None = None

    def __post_init__(self) -> None:
        check_argument("name", self.name, str)
        check_optional("alias", self.alias, str)
        force_setattr(self, "tags", dict(self.tags or {}))
        force_setattr(self, "hook_defs", frozenset(self.hook_defs or ()))

    @property
    def node_name(self) -> str:
        """The node's name in the graph."""
        return self.alias or self.name

    def __hash__(self) -> int:
        return hash((self.name, self.alias))


class Node(msgspec.Struct, frozen=True, gc=False):
    """One use of an op or a graph inside of a graph.

    Attributes:
        name: in the graph.
        definition: the op or graph.
        tags: added to those of the definition.
        hook_defs: called when its steps end.
        retry_policy: how its steps are tried again, over the definition's own.
        allows_failure: whether its steps may fail without failing the run; None as the definition says.
    """

    name: str
    definition: Any
    tags: Mapping[str, str] = {}
    hook_defs: Set[Any] = frozenset()
    retry_policy: Any = None
    allows_failure: bool | None = None


class InputMapping(msgspec.Struct, frozen=True, kw_only=True):
    """An input of a graph is handed on to an input of one of its nodes.

    Args:
        graph_input_name: the graph's input.
        mapped_node_name: the node.
        mapped_node_input_name: its input.
        fan_in_index: the place in the list that the input takes, where it takes one.
        graph_input_description: for people.
        dagster_type: of the graph's input.
    """

    graph_input_name: str
    mapped_node_name: str
    mapped_node_input_name: str
    fan_in_index: int | None = None
    graph_input_description: str | None = None
    dagster_type: Any = None

    @property
    def maps_to_fan_in(self) -> bool:
        """Whether it fills one place of a list."""
        return self.fan_in_index is not None


class OutputMapping(msgspec.Struct, frozen=True):
    """An output of one of its nodes is an output of the graph.

    Args:
        graph_output_name: the graph's output.
        mapped_node_name: the node.
        mapped_node_output_name: its output.
        graph_output_description: for people.
        dagster_type: of the graph's output.
        from_dynamic_mapping: whether the node is mapped over a dynamic output.
    """

    graph_output_name: str
    mapped_node_name: str
    mapped_node_output_name: str
    graph_output_description: str | None = None
    dagster_type: Any = None
    from_dynamic_mapping: bool = False


def node_of(definition: Any, invocation: NodeInvocation | None = None) -> Node:
    """The node that uses a definition, under its own name or as the invocation says."""
    if invocation is None:
        return Node(definition.name, definition)
    return Node(
        checked_name(invocation.node_name),
        definition,
        run_tags(invocation.tags),
        frozenset(invocation.hook_defs or ()),
        invocation.retry_policy,
        invocation.allow_failure,
    )
