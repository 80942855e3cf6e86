"""Makes the structure of a job, and its plan, of the definitions of a loaded location."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec.structs import replace

from dagster.config.descriptions import FieldDescription, SchemaDescription, TypeDescription, described
from dagster.config.fields import Field, Shape
from dagster.config.run_config import to_run_config_dict
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY, Computation
from dagster.define.config_mappings import ConfigMapping
from dagster.define.flattening import FlatGraph
from dagster.define.graphs import GraphDefinition
from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME, JobDefinition
from dagster.define.nodes import CollectedDependency, DependencyDefinition
from dagster.define.partitioned_configs import PartitionedConfig
from dagster.define.resource_sessions import coerce_resources
from dagster.define.types import ANY, BOOL, FLOAT, INT, NOTHING, STRING, DagsterType, DagsterTypeKind
from dagster.errors import DagsterError, DagsterInvariantViolationError
from dagster.execution.job_configs import run_config_type_of, scaffolded_run_config
from dagster.io.memory import InMemoryIOManager
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.values import AnyMetadataValue
from dagster.planning.plans import plan_assets
from dagster.planning.steps import ExecutionPlan, Step, positions_of
from dagster.workspace.structures import (
    ANY_CONFIG,
    ConfigurableFacts,
    Feed,
    GraphNode,
    JobStructure,
    NodeDefinitionFacts,
    NodeInput,
    PlanFacts,
    Port,
    PortMapping,
    StepFacts,
    StepInputFacts,
    StepKind,
    TypeFacts,
)


def structure_of(job: JobDefinition) -> JobStructure:
    """What a job consists of."""
    return _Building(job).built()


class _Building:
    """Collects what is met on the way through a job, each definition and type once."""

    def __init__(self, job: JobDefinition) -> None:
        self._job = job
        self._definitions: dict[str, NodeDefinitionFacts] = {}
        self._types: dict[str, TypeFacts] = {}
        self._config_types: dict[str, TypeDescription] = {}

    def built(self) -> JobStructure:
        job = self._job
        for each in (ANY, BOOL, FLOAT, INT, NOTHING, STRING):
            self._type(each)
        root = self._graph(job.ops.graph, "") if job.ops is not None else self._assets()
        run_config = described(run_config_type_of(job))
        resources = coerce_resources({DEFAULT_IO_MANAGER_KEY: InMemoryIOManager(), **job.project.all_resources})
        structure = JobStructure(
            job_name=job.name,
            root=root,
            definitions=self._definitions,
            types=self._types,
            run_config=run_config,
            resources=[self._configurable(key, made) for key, made in sorted(resources.items()) if self._may_use(key)],
            loggers=[self._configurable(key, made) for key, made in sorted(job.loggers.items())],
            declared_config=_yaml(declared) if (declared := _declared_config(job)) else None,
            default_config=_yaml(_declared_config(job) or defaults_of(run_config)),
            scaffold=_yaml(scaffolded_run_config(job, only_required=True)),
        )
        run_config = SchemaDescription(run_config.root, {**self._config_types, **run_config.types})
        return _with_config(structure, run_config)

    def _may_use(self, key: str) -> bool:
        """Whether a run may use a resource: of a job of ops those that it asks for, of a job of assets all."""
        job = self._job
        return job.ops is None or key == DEFAULT_IO_MANAGER_KEY or key in job.required_resource_keys

    def _assets(self) -> NodeDefinitionFacts:
        """The functions that make the assets of a job, as a graph."""
        job = self._job
        plan = plan_assets(job.project, job.selected_asset_keys, job.hook_defs, job.check_keys_of(job.selected_asset_keys))
        functions = {id(step.definition): step.definition.computation for step in plan.steps}
        makers = {
            output.asset_key: Feed(computation.name, output.name)
            for computation in functions.values()
            for output in computation.outputs
            if output.asset_key is not None
        }
        blocking = [
            (output.check.asset_key, Feed(computation.name, output.name))
            for computation in functions.values()
            for output in computation.outputs
            if output.check is not None and output.check.blocking
        ]
        nodes = [
            GraphNode(
                name=computation.name,
                definition=self._function(computation),
                inputs=[
                    NodeInput(name=each.name, feeds=_feeds(each.asset_key, computation.name, makers, blocking))
                    for each in computation.inputs
                ],
            )
            for computation in functions.values()
        ]
        return NodeDefinitionFacts(name=job.name, description=job.description, nodes=sorted(nodes, key=lambda node: node.name))

    def _function(self, computation: Computation) -> str:
        """The key of the definition of an op, or of the function of assets, which may stand for a graph."""
        if computation.name not in self._definitions:
            graph = computation.graph
            inner = self._graph(graph, "") if isinstance(graph, GraphDefinition) else None
            self._definitions[computation.name] = NodeDefinitionFacts(
                name=computation.name,
                description=computation.description,
                tags={key: str(value) for key, value in computation.tags.items()},
                inputs=[self._port(each) for each in computation.inputs],
                outputs=[self._port(each) for each in computation.outputs],
                resource_keys=sorted(computation.required_resource_keys),
                pool=computation.pool,
                config=self._config(computation.config_definition()) if inner is None else None,
                nodes=inner.nodes if inner is not None else None,
                input_mappings=inner.input_mappings if inner is not None else (),
                output_mappings=inner.output_mappings if inner is not None else (),
            )
        return computation.name

    def _graph(self, graph: GraphDefinition, place: str) -> NodeDefinitionFacts:
        flat = graph.flat
        return NodeDefinitionFacts(
            name=graph.name,
            description=graph.description,
            tags=dict(graph.tags),
            inputs=[self._port(each) for each in graph.input_defs],
            outputs=[replace(self._port(each), metadata={}) for each in graph.output_defs],
            nodes=[self._node(graph, flat, node, place) for node in sorted(graph.nodes, key=lambda node: node.name)],
            input_mappings=[
                PortMapping(each.graph_input_name, each.mapped_node_name, each.mapped_node_input_name)
                for each in graph.input_mappings
            ],
            output_mappings=[
                PortMapping(each.graph_output_name, each.mapped_node_name, each.mapped_node_output_name)
                for each in graph.output_mappings
            ],
        )

    def _node(self, graph: GraphDefinition, flat: FlatGraph, node: Any, place: str) -> GraphNode:
        definition = node.definition
        if isinstance(definition, GraphDefinition):
            key = definition.name
            if key not in self._definitions:
                self._definitions[key] = self._graph(definition, f"{place}{node.name}.")
        else:
            key = self._function(definition.computation)
        ops = (op for at, op in flat.ops.items() if at == node.name or at.startswith(f"{node.name}."))
        return GraphNode(
            name=node.name,
            definition=key,
            inputs=[_node_input(graph, node.name, each.name) for each in definition.input_defs],
            is_mapped=any(op.mapped_over is not None and not op.mapped_over.op_key.startswith(node.name) for op in ops),
        )

    def _port(self, declared: Any) -> Port:
        return Port(
            name=declared.name,
            type_key=self._type(NOTHING if not getattr(declared, "is_loaded", True) else declared.dagster_type),
            description=declared.description,
            is_dynamic=getattr(declared, "is_dynamic", False),
            asset_key=declared.asset_key,
            # What an asset says of itself is told of the asset, once, and not again with each job that makes it.
            metadata=_shown(declared.metadata) if declared.asset_key is None else {},
        )

    def _type(self, of: DagsterType) -> str:
        if of.key not in self._types:
            loader = of.loader
            self._types[of.key] = TypeFacts(
                key=of.key,
                display_name=of.display_name,
                name=of.unique_name if of.has_unique_name else None,
                description=of.description,
                kind=of.kind.value
                if of.kind in (DagsterTypeKind.LIST, DagsterTypeKind.NULLABLE, DagsterTypeKind.NOTHING)
                else "REGULAR",
                is_builtin=of.is_builtin,
                inner_keys=[self._type(each) for each in of.inner_types],
                loader_key=self._config_type(loader.schema_type) if loader is not None else None,
                metadata=dict(of.metadata),
            )
        return of.key

    def _config_type(self, config_type: Any) -> str:
        self._config_types.update(described(config_type).types)
        return config_type.key

    def _config(self, schema: Any) -> FieldDescription:
        if schema is None:
            self._config_type(_any())
            return ANY_CONFIG
        shape = described(Shape({"config": schema.as_field()}))
        self._config_types.update({key: each for key, each in shape.types.items() if key != shape.root})
        return shape.types[shape.root].fields[0]

    def _configurable(self, key: str, made: Any) -> ConfigurableFacts:
        return ConfigurableFacts(name=key, description=made.description, config=self._config(_schema_of(made)))


def defaults_of(schema: SchemaDescription) -> dict[str, Any]:
    """What ops and resources get where nothing is given, without what would be empty."""
    import json

    def within(key: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in schema.types[key].fields:
            inner = json.loads(field.default_json) if field.default_json is not None else None
            if inner is None and schema.types[field.type_key].kind == "STRICT_SHAPE":
                inner = within(field.type_key)
            if inner not in (None, {}):
                found[field.name] = _without_empty(inner)
        return {name: value for name, value in found.items() if value != {}}

    fields = {field.name: field for field in schema.types[schema.root].fields}
    parts = {name: within(fields[name].type_key) for name in ("ops", "resources") if name in fields}
    return {name: part for name, part in parts.items() if part}


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _without_empty(each) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return {name: each for name, each in inner.items() if each != {}}  # pyright: ignore[reportUnknownVariableType]


def _declared_config(job: JobDefinition) -> Any:
    """What the job itself says; nothing where a function says it for each run."""
    declared = job.declared.config
    return {} if isinstance(declared, (ConfigMapping, PartitionedConfig)) else to_run_config_dict(declared)


def _with_config(structure: JobStructure, run_config: SchemaDescription) -> JobStructure:
    return replace(structure, run_config=run_config)


def _feeds(key: Any, taker: str, makers: Mapping[Any, Feed], blocking: Sequence[tuple[AssetKey, Feed]]) -> Sequence[Feed]:
    """What an input that is an asset waits for: what makes the asset, and its blocking checks."""
    if key not in makers:
        return []
    is_check = any(feed.node == taker for _, feed in blocking)
    checks = [feed for checked, feed in blocking if checked == key and not is_check and feed.node != makers[key].node]
    return [makers[key], *checks]


def _schema_of(made: Any) -> Any:
    """The schema of a resource or logger; None for a resource that is a ready-made object."""
    return None if getattr(made, "is_ready_made", False) else made.config_schema


def _any() -> Any:
    return Field(None).config_type


def _node_input(graph: GraphDefinition, node_name: str, input_name: str) -> NodeInput:
    dependency = graph.dependencies.get(node_name, {}).get(input_name)
    parts: Sequence[Any] = dependency.get_node_dependencies() if dependency is not None else ()
    feeds = [Feed(part.node, part.output) for part in parts if isinstance(part, DependencyDefinition)]
    return NodeInput(name=input_name, feeds=feeds, collects=isinstance(dependency, CollectedDependency))


def _shown(metadata: Mapping[str, Any] | None) -> Mapping[str, AnyMetadataValue]:
    """Metadata for people; that of inputs and outputs may be objects for IO managers, which are left out."""
    shown: dict[str, Any] = {}
    for key, value in (metadata or {}).items():
        try:
            shown.update(normalize_metadata({key: value}))
        except DagsterError:
            continue
    return shown


def _yaml(config: Any) -> str:
    import yaml

    return yaml.safe_dump(config or {}, sort_keys=False, allow_unicode=True)


def said_of_partition(
    job: JobDefinition, partition_key: str, asset_selection: Sequence[AssetKey] | None, wants: Literal["config", "tags"]
) -> Mapping[str, Any]:
    """What a job says of the run of a partition, whether there is such a partition or not.

    Args:
        job: whose functions are called.
        partition_key: the partition.
        asset_selection: the assets that the run is to make; None for all of the job.
        wants: the config of the run, or its tags.

    Raises:
        DagsterInvariantViolationError: tags are wanted where there are no partitions.
    """
    config = job.partitioned_config_of(asset_selection or job.selected_asset_keys)
    if wants == "config":
        return {} if config is None else config.get_run_config_for_partition_key(partition_key)
    if config is None:
        raise DagsterInvariantViolationError(
            f'Job "{job.name}" has no partitions, or assets with different ones, so a run of it has no partition. Name assets '
            "that share their partitions."
        )
    return config.get_tags_for_partition_key(partition_key, None if job.name == IMPLICIT_ASSET_JOB_NAME else job.name)


def plan_facts(plan: ExecutionPlan) -> PlanFacts:
    """A plan as a value."""
    by_key = {step.key: step for step in plan.steps}
    steps = [by_key[key] for key in plan.step_keys]
    return PlanFacts(
        steps=[_step_facts(step, plan) for step in steps],
        asset_keys=sorted(plan.selected_asset_keys),
        check_keys=sorted({key for step in steps for key in _checks_of(step)}),
    )


def _step_facts(step: Step, plan: ExecutionPlan) -> StepFacts:
    return StepFacts(
        key=step.key,
        place=step.place,
        kind=_kind(step),
        inputs=[
            StepInputFacts(each.declared.name, sorted({plan.steps[position].key for position in positions_of(each)}))
            for each in step.inputs
        ],
        outputs=[output.name for output in step.outputs],
        tags={**{key: str(value) for key, value in step.computation.tags.items()}, **step.tags},
    )


def _kind(step: Step) -> StepKind:
    if step.mapped_over is not None:
        return "UNRESOLVED_MAPPED"
    return "UNRESOLVED_COLLECT" if any(each.collects for each in step.inputs) else "COMPUTE"


def _checks_of(step: Step) -> Iterator[AssetCheckKey]:
    for output in step.outputs:
        if output.check is not None:
            yield output.check.key
