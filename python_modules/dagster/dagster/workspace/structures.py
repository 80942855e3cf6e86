"""What a job consists of, as values: nodes and what they take from each other, types, the config of its runs; and plans.

Not part of a location's description, since most jobs are never looked at: it is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from dagster.config.descriptions import FieldDescription, SchemaDescription
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.values import AnyMetadataValue

ANY_CONFIG = FieldDescription(
    name="config", type_key="Any", is_required=False, default_json=None, description=None, is_secret=False
)
"""The config of what declares none: whatever is given."""


class TypeFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The type of a value that travels between nodes.

    Attributes:
        key: tells types apart.
        display_name: for people.
        name: None for one that is made of others.
        description: what the values are, in Markdown.
        kind: how it is made of others.
        is_builtin: whether the framework brings it.
        inner_keys: the types that it is made of, directly or not.
        loader_key: the config type from which a value can be made.
        metadata: shown with it.
    """

    key: str
    display_name: str
    name: str | None = None
    description: str | None = None
    kind: str = "REGULAR"
    is_builtin: bool = False
    inner_keys: Sequence[str] = ()
    loader_key: str | None = None
    metadata: Mapping[str, AnyMetadataValue] = {}


class Port(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An input or output of a node.

    Attributes:
        name: of the input or output.
        type_key: of its values.
        description: for people.
        is_dynamic: of an output: whether it is given any number of times.
        asset_key: the asset that it is.
        metadata: shown with it.
    """

    name: str
    type_key: str
    description: str | None = None
    is_dynamic: bool = False
    asset_key: AssetKey | None = None
    metadata: Mapping[str, AnyMetadataValue] = {}


class Feed(msgspec.Struct, frozen=True):
    """An output of a node of the same graph."""

    node: str
    output: str


class NodeInput(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an input of a node takes.

    Attributes:
        name: of the input.
        feeds: where its value comes from; several for a list.
        collects: whether it takes all values of a dynamic output.
    """

    name: str
    feeds: Sequence[Feed] = ()
    collects: bool = False


class GraphNode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One use of a definition in a graph.

    Attributes:
        name: in the graph.
        definition: its key among the definitions of the job.
        inputs: in the order of declaration.
        is_mapped: whether it runs once per value of a dynamic output.
    """

    name: str
    definition: str
    inputs: Sequence[NodeInput] = ()
    is_mapped: bool = False


class PortMapping(msgspec.Struct, frozen=True):
    """An input or output of a graph that is one of a node in it."""

    port: str
    node: str
    node_port: str


class NodeDefinitionFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An op, the function of assets, or a graph.

    Attributes:
        name: of the definition.
        description: for people.
        tags: for executors and people.
        inputs, outputs: in the order of declaration.
        resource_keys: what it asks for, sorted.
        pool: in which it takes a place.
        config: of an op: the schema of its config.
        nodes: of a graph, in the order of their calls; None for an op.
        input_mappings, output_mappings: of a graph.
    """

    name: str
    description: str | None = None
    tags: Mapping[str, str] = {}
    inputs: Sequence[Port] = ()
    outputs: Sequence[Port] = ()
    resource_keys: Sequence[str] = ()
    pool: str | None = None
    config: FieldDescription | None = None
    nodes: Sequence[GraphNode] | None = None
    input_mappings: Sequence[PortMapping] = ()
    output_mappings: Sequence[PortMapping] = ()

    @property
    def asset_keys(self) -> list[AssetKey]:
        """The assets that it makes."""
        return [output.asset_key for output in self.outputs if output.asset_key is not None]


class ConfigurableFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A resource or a logger: its key, and the schema of its config."""

    name: str
    description: str | None = None
    config: FieldDescription | None = None


class JobStructure(msgspec.Struct, frozen=True, kw_only=True):
    """What a job consists of.

    Attributes:
        job_name: the job.
        root: its graph; of a job of assets the functions that make them.
        definitions: the ops and graphs that are used in it, at any depth, by their keys.
        types: of the values between nodes, by key.
        run_config: the key of the type of run config, and every config type.
        resources, loggers: what run config may say of them, by key in their order.
        declared_config: what the job itself says, in YAML; None where it says nothing.
        default_config: what its runs get where nothing else is given, in YAML.
        scaffold: YAML to begin with; what has to be given stands there with an example.
    """

    job_name: str
    root: NodeDefinitionFacts
    definitions: Mapping[str, NodeDefinitionFacts]
    types: Mapping[str, TypeFacts]
    run_config: SchemaDescription
    resources: Sequence[ConfigurableFacts] = ()
    loggers: Sequence[ConfigurableFacts] = ()
    declared_config: str | None = None
    default_config: str = "{}\n"
    scaffold: str = "{}\n"


StepKind = Literal["COMPUTE", "UNRESOLVED_MAPPED", "UNRESOLVED_COLLECT"]


class StepInputFacts(msgspec.Struct, frozen=True):
    """An input of a step, and the keys of the steps that it takes from."""

    name: str
    depends_on: Sequence[str]


class StepFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a plan.

    Attributes:
        key: unique in the plan.
        place: of its node, `outer.inner`.
        kind: whether it is a step now, or a template of steps that dynamic outputs make.
        inputs: what it takes.
        outputs: the names of what it gives.
        tags: for executors and people.
    """

    key: str
    place: str
    kind: StepKind = "COMPUTE"
    inputs: Sequence[StepInputFacts] = ()
    outputs: Sequence[str] = ()
    tags: Mapping[str, str] = {}


class PlanFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of a run that is asked for, its config checked.

    Attributes:
        steps: in an order in which they may run.
        asset_keys: what it would write.
        check_keys: the checks that it would execute.
    """

    steps: Sequence[StepFacts]
    asset_keys: Sequence[AssetKey] = ()
    check_keys: Sequence[AssetCheckKey] = ()
