"""Graphs: nodes and what they take from each other, usable as one node of another graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, cast

from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.define.config_mappings import ConfigMapping
from dagster.define.flattening import FlatGraph, flattened, resources_of
from dagster.define.functions import Signature
from dagster.define.node_definitions import NodeDefinition
from dagster.define.nodes import (
    AnyDependency,
    DependencyDefinition,
    InputMapping,
    Node,
    NodeInvocation,
    OutputMapping,
    node_of,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.results import NoValue
from dagster.metadata.tags import run_tags
from dagster.specs.names import checked_name

GraphFunction = Callable[..., Any]


class GraphDefinition(NodeDefinition):
    """Ops and graphs, and what they take from each other. Made by `@graph`.

    Args:
        name: letters, digits and underscores.
        description: Markdown for people.
        node_defs: the ops and graphs that it uses.
        dependencies: what the inputs of each node take: by node name or `NodeInvocation`, then by input.
        input_mappings: its inputs, and to which nodes they are handed.
        output_mappings: its outputs, and which outputs of nodes they are.
        config: config that it takes in place of the config of its ops.
        tags: of its jobs.

    Raises:
        DagsterInvalidDefinitionError: a dependency names what is not there, or nodes wait for each other.

    Example:
        >>> GraphDefinition(
        ...     "sum_of_two",
        ...     node_defs=[one, add],
        ...     dependencies={"add": {"a": DependencyDefinition("one"), "b": DependencyDefinition("one")}},
        ... ).execute_in_process().output_for_node("add")
        2
    """

    def __init__(
        self,
        name: str,
        *,
        description: str | None = None,
        node_defs: Sequence[Any] | None = None,
        dependencies: Mapping[Any, Mapping[str, AnyDependency]] | None = None,
        input_mappings: Sequence[InputMapping] | None = None,
        output_mappings: Sequence[OutputMapping] | None = None,
        config: ConfigMapping | None = None,
        tags: Mapping[str, Any] | None = None,
        nodes: Sequence[Node] | None = None,
        declared_inputs: Mapping[str, InputDeclaration] | None = None,
        composition_fn: GraphFunction | None = None,
    ) -> None:
        self._name = checked_name(name)
        self._description = description
        self._tags = run_tags(tags)
        self._config_mapping = config
        self._input_mappings = tuple(input_mappings or ())
        self._output_mappings = tuple(output_mappings or ())
        self._declared_inputs = declared_inputs or {}
        self._composition_fn = composition_fn
        _refuse_other_than_dependencies(name, dependencies)
        named = {_node_name(key): inputs for key, inputs in (dependencies or {}).items()}
        self._nodes = tuple(nodes) if nodes is not None else _nodes(node_defs or (), dependencies or {})
        self._nodes_by_name = {node.name: node for node in self._nodes}
        self._dependencies = {node.name: dict(named.get(node.name, {})) for node in self._nodes}
        _refuse_unknown(self, named)
        _refuse_fed_twice(self)
        _refuse_conflicts(self)
        self._mappings_by_target = {
            (each.mapped_node_name, each.mapped_node_input_name, each.fan_in_index): each for each in self._input_mappings
        }
        _ = self.flat

    def __repr__(self) -> str:
        return f"GraphDefinition({self._name!r})"

    @property
    def kind(self) -> str:
        return "graph"

    @property
    def name(self) -> str:
        return self._name

    @property
    def description(self) -> str | None:
        return self._description

    @property
    def tags(self) -> Mapping[str, str]:
        return self._tags

    @property
    def nodes(self) -> Sequence[Node]:
        """Its nodes, in the order of their calls."""
        return self._nodes

    @property
    def node_defs(self) -> Sequence[NodeDefinition]:
        """The ops and graphs that it uses, each once."""
        return list({id(node.definition): node.definition for node in self._nodes}.values())

    @property
    def node_dict(self) -> Mapping[str, Node]:
        """Its nodes by name."""
        return self._nodes_by_name

    def node_names(self) -> Sequence[str]:
        """The names of its nodes."""
        return list(self._nodes_by_name)

    def has_node_named(self, name: str) -> bool:
        """Whether it has a node of this name."""
        return name in self._nodes_by_name

    def node_named(self, name: str) -> Node:
        """The node of this name."""
        if name not in self._nodes_by_name:
            raise DagsterInvariantViolationError(f"{self._name} has no op named {name}.")
        return self._nodes_by_name[name]

    @property
    def dependencies(self) -> Mapping[str, Mapping[str, AnyDependency]]:
        """What the inputs of its nodes take, by node, then by input."""
        return self._dependencies

    @property
    def input_mappings(self) -> Sequence[InputMapping]:
        """Its inputs, and to which nodes they are handed."""
        return list(self._input_mappings)

    @property
    def output_mappings(self) -> Sequence[OutputMapping]:
        """Its outputs, and which outputs of nodes they are."""
        return list(self._output_mappings)

    @property
    def config_mapping(self) -> ConfigMapping | None:
        """The config that it takes in place of the config of its ops."""
        return self._config_mapping

    @property
    def has_config_mapping(self) -> bool:
        """Whether it takes config of its own."""
        return self._config_mapping is not None

    @property
    def config_schema(self) -> Any:
        """The schema of the config that it takes; None without a mapping."""
        return self._config_mapping.schema if self._config_mapping is not None else None

    @cached_property
    def flat(self) -> FlatGraph:
        """All its ops, those of inner graphs included."""
        return flattened(self)

    def iterate_op_defs(self) -> Sequence[Any]:
        """Every op that it uses, those of inner graphs included."""
        from dagster.define.ops import OpDefinition

        return [OpDefinition.of(each.computation) for each in self.flat.ops.values()]

    def input_mapping_to(self, node: str, input_name: str, fan_in_index: int | None = None) -> InputMapping | None:
        """The input of the graph that an input of a node is."""
        return self._mappings_by_target.get((node, input_name, fan_in_index))

    def get_input_mapping(self, input_name: str) -> InputMapping:
        """The first mapping of an input."""
        for mapping in self._input_mappings:
            if mapping.graph_input_name == input_name:
                return mapping
        raise CheckError(f"Could not find input mapping {input_name}")

    def get_output_mapping(self, output_name: str) -> OutputMapping:
        """The output of a node that an output is."""
        for mapping in self._output_mappings:
            if mapping.graph_output_name == output_name:
                return mapping
        raise CheckError(f"Could not find output mapping {output_name}")

    @cached_property
    def input_defs(self) -> Sequence[InputDeclaration]:  # pyright: ignore[reportIncompatibleMethodOverride] - as a property
        """What it takes: types and defaults are those of the nodes' inputs where the graph does not say them."""
        return [self._input(name) for name in dict.fromkeys(each.graph_input_name for each in self._input_mappings)]

    def own_default(self, input_name: str) -> Any:
        """The default that its function says for an input; `NoValue` where that is left to its nodes."""
        declared = self._declared_inputs.get(input_name)
        return declared.default if declared is not None else NoValue

    def _input(self, name: str) -> InputDeclaration:
        mapping = self.get_input_mapping(name)
        declared = self._declared_inputs.get(name)
        target = self.node_named(mapping.mapped_node_name).definition.input_def_named(mapping.mapped_node_input_name)
        from dagster.define.annotations import Unannotated

        annotation = declared.annotation if declared is not None else mapping.dagster_type
        if annotation is None or annotation is Unannotated:
            annotation = target.annotation if mapping.fan_in_index is None else Unannotated
        return InputDeclaration(
            name=name,
            is_loaded=target.is_loaded,
            annotation=annotation,
            default=self._default(name, target) if mapping.fan_in_index is None else self.own_default(name),
            description=mapping.graph_input_description or (declared.description if declared is not None else None),
        )

    def _default(self, name: str, target: InputDeclaration) -> Any:
        own = self.own_default(name)
        return target.default if own is NoValue else own

    @cached_property
    def input_dict(self) -> Mapping[str, InputDeclaration]:  # pyright: ignore[reportIncompatibleMethodOverride] - as a property
        """What it takes, by name."""
        return {declared.name: declared for declared in self.input_defs}

    @cached_property
    def output_defs(self) -> Sequence[OutputDeclaration]:  # pyright: ignore[reportIncompatibleMethodOverride] - as a property
        """What it gives: as the nodes' outputs."""
        from msgspec.structs import replace

        return [
            replace(
                self.node_named(each.mapped_node_name).definition.output_def_named(each.mapped_node_output_name),
                name=each.graph_output_name,
                description=each.graph_output_description,
                is_dynamic=self._is_dynamic(each),
            )
            for each in self._output_mappings
        ]

    def _is_dynamic(self, mapping: OutputMapping) -> bool:
        if mapping.from_dynamic_mapping:
            return True
        return self.node_named(mapping.mapped_node_name).definition.output_def_named(mapping.mapped_node_output_name).is_dynamic

    def called_alone(self, *args: Any, **kwargs: Any) -> Any:
        raise DagsterInvariantViolationError(
            f"Attempted to call graph '{self._name}' outside of a composition function. Invoking graphs is only valid in a "
            "function decorated with @job or @graph."
        )

    def as_computation(self) -> Computation:
        return Computation(
            name=self._name,
            function=self._composition_fn or _never_called,
            signature=Signature((), frozenset(), takes_positional=False, takes_keywords=True),
            inputs=tuple(self.input_defs),
            outputs=tuple(self.output_defs),
            required_resource_keys=frozenset(key for op in self.flat.ops.values() for key in resources_of(op)),
            description=self._description,
            graph=self,
        )

    @property
    def composition_fn(self) -> GraphFunction | None:
        """The function whose body built it; None for one that is declared by its parts."""
        return self._composition_fn

    def copy(self, **changed: Any) -> GraphDefinition:
        """The same graph with other properties: `name`, `description`, `config`, `tags`, mappings."""
        fields: dict[str, Any] = {
            "name": self._name,
            "description": self._description,
            "nodes": self._nodes,
            "dependencies": self._dependencies,
            "input_mappings": self._input_mappings,
            "output_mappings": self._output_mappings,
            "config": self._config_mapping,
            "tags": self._tags,
            "declared_inputs": self._declared_inputs,
            "composition_fn": self._composition_fn,
        }
        return GraphDefinition(**{**fields, **{name: value for name, value in changed.items() if value is not None}})

    def configured(
        self, config_or_config_fn: Any, name: str, config_schema: Any = None, description: str | None = None
    ) -> GraphDefinition:
        """The same graph with its config decided, or made by a function from other config.

        Raises:
            DagsterInvalidDefinitionError: the graph takes no config of its own.
        """
        from dagster.config.definition_schemas import configured_schema

        mapping = self._config_mapping
        if mapping is None:
            raise DagsterInvalidDefinitionError(
                "Only graphs utilizing config mapping can be pre-configured. The graph "
                f'"{self._name}" does not have a config mapping, and thus has nothing to be configured.'
            )
        schema = configured_schema(mapping.schema, config_or_config_fn, config_schema, owner=f"graph {self._name}")
        configured = ConfigMapping(mapping.config_fn, schema, mapping.receive_processed_config_values)
        return self.copy(name=name, description=description, config=configured)

    def to_job(
        self,
        name: str | None = None,
        description: str | None = None,
        resource_defs: Mapping[str, object] | None = None,
        config: Any = None,
        tags: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        logger_defs: Mapping[str, Any] | None = None,
        executor_def: Any = None,
        hooks: Set[Any] | None = None,
        op_retry_policy: Any = None,
        op_selection: Sequence[str] | None = None,
        partitions_def: Any = None,
        input_values: Mapping[str, object] | None = None,
        run_tags: Mapping[str, Any] | None = None,
        owners: Sequence[str] | None = None,
        automation_condition: Any = None,
        on_failure: Any = None,
        finally_: Any = None,
    ) -> Any:
        """A job that runs the graph. Arguments as of `@job`.

        Returns:
            JobDefinition: the job.

        Example:
            >>> doubled.to_job("nightly").name
            'nightly'
        """
        from dagster.define.doors import job_of_graph

        return job_of_graph(
            self,
            op_selection=op_selection,
            name=name,
            description=description,
            resource_defs=resource_defs,
            config=config,
            tags=tags,
            metadata=metadata,
            logger_defs=logger_defs,
            executor_def=executor_def,
            hook_defs=hooks,
            op_retry_policy=op_retry_policy,
            partitions_def=partitions_def,
            input_values=input_values,
            run_tags=run_tags,
            owners=owners,
            automation_condition=automation_condition,
            on_failure=on_failure,
            finally_=finally_,
        )

    def execute_in_process(
        self,
        run_config: Any = None,
        instance: Any = None,
        resources: Mapping[str, object] | None = None,
        raise_on_error: bool = True,
        op_selection: Sequence[str] | None = None,
        run_id: str | None = None,
        input_values: Mapping[str, object] | None = None,
    ) -> Any:
        """Run the graph in this process and wait for its end.

        Args:
            run_config: config of its ops and resources.
            instance: what remembers the run; without: one that is forgotten afterwards.
            resources: by key.
            raise_on_error: whether an error of the user's code is raised here.
            op_selection: some of its nodes only.
            run_id: the id of the run.
            input_values: values of its inputs.

        Returns:
            ExecuteInProcessResult: the values and events of the run.

        Example:
            >>> doubled.execute_in_process(input_values={"n": 4}).output_value()
            8
        """
        return self.to_job().execute_in_process(
            run_config=run_config,
            instance=instance,
            resources=resources,
            raise_on_error=raise_on_error,
            op_selection=op_selection,
            run_id=run_id,
            input_values=input_values,
        )


def _never_called(**_inputs: Any) -> Any:
    raise AssertionError("A graph is not called: its ops are.")


def _node_name(key: Any) -> str:
    return key.node_name if isinstance(key, NodeInvocation) else str(key)


def _nodes(node_defs: Sequence[Any], dependencies: Mapping[Any, Any]) -> tuple[Node, ...]:
    """The nodes of a graph that is declared by its parts: those that the dependencies invoke, then definitions nobody invokes."""
    by_name = {each.name: each for each in node_defs}
    nodes: list[Node] = []
    for key in dependencies:
        invocation = key if isinstance(key, NodeInvocation) else NodeInvocation(str(key))
        if invocation.name not in by_name:
            raise DagsterInvalidDefinitionError(
                f'Invalid dependencies: node "{invocation.name}" does not exist in node_defs. Found: {list(by_name)}.'
            )
        nodes.append(node_of(by_name[invocation.name], invocation))
    used = {node.definition.name for node in nodes}
    return (*nodes, *(node_of(each) for name, each in by_name.items() if name not in used))


def _refuse_unknown(graph: GraphDefinition, named: Mapping[str, Mapping[str, AnyDependency]]) -> None:
    for node, inputs in named.items():
        definition = graph.node_named(node).definition
        for input_name, dependency in inputs.items():
            definition.refuse_unknown_input(input_name)
            for each in dependency.get_node_dependencies():
                _refuse_unknown_output(graph, node, input_name, each)
    for mapping in graph.input_mappings:
        _definition(graph, mapping.mapped_node_name, "input", mapping.graph_input_name).refuse_unknown_input(
            mapping.mapped_node_input_name
        )
    for mapping in graph.output_mappings:
        definition = _definition(graph, mapping.mapped_node_name, "output", mapping.graph_output_name)
        if not definition.has_output(mapping.mapped_node_output_name):
            raise DagsterInvalidDefinitionError(
                f"In graph '{graph.name}' output '{mapping.graph_output_name}' is mapped from output "
                f"'{mapping.mapped_node_output_name}' of '{mapping.mapped_node_name}', which does not exist."
            )


def _refuse_other_than_dependencies(graph: str, given: object) -> None:
    if given and not isinstance(given, Mapping):
        raise DagsterInvalidDefinitionError(
            f"The dependencies of graph '{graph}' are a dict: of each node what its inputs take. Got {given!r}."
        )
    for node, inputs in cast("Mapping[Any, Mapping[str, object]]", given or {}).items():
        for name, dependency in inputs.items():
            if not hasattr(dependency, "get_node_dependencies"):
                raise DagsterInvalidDefinitionError(
                    f"In graph '{graph}' input '{name}' of '{_node_name(node)}' takes {dependency!r}. Give a "
                    "DependencyDefinition, or a MultiDependencyDefinition for a list."
                )


def _refuse_fed_twice(graph: GraphDefinition) -> None:
    """An input of a node takes from a node of the graph, or from one input of the graph."""
    for mapping in graph.input_mappings:
        node, name = mapping.mapped_node_name, mapping.mapped_node_input_name
        if mapping.fan_in_index is None and name in graph.dependencies[node]:
            raise DagsterInvalidDefinitionError(
                f"In graph '{graph.name}' input mapping target '{node}.{name}' is already satisfied by output of another node."
            )


def _definition(graph: GraphDefinition, node: str, side: str, name: str) -> NodeDefinition:
    if not graph.has_node_named(node):
        raise DagsterInvalidDefinitionError(
            f"In graph '{graph.name}' {side} mapping '{name}' references node '{node}' which it does not contain."
        )
    return cast("NodeDefinition", graph.node_named(node).definition)


def _refuse_unknown_output(graph: GraphDefinition, node: str, input_name: str, wanted: DependencyDefinition) -> None:
    whose = f'Listed as dependency for node "{node}" input "{input_name}"'
    if not graph.has_node_named(wanted.node):
        raise DagsterInvalidDefinitionError(f'Invalid dependencies: node "{wanted.node}" not found in node list. {whose}')
    if not graph.node_named(wanted.node).definition.has_output(wanted.output):
        raise DagsterInvalidDefinitionError(
            f'Invalid dependencies: node "{wanted.node}" does not have output "{wanted.output}". {whose}'
        )


def _refuse_conflicts(graph: GraphDefinition) -> None:
    """Two definitions of one name would be one to whoever reads the run."""
    known: dict[str, Any] = {}
    for node in graph.nodes:
        if known.setdefault(node.definition.name, node.definition) is not node.definition:
            raise DagsterInvalidDefinitionError(
                f'Detected conflicting node definitions with the same name "{node.definition.name}"'
            )
