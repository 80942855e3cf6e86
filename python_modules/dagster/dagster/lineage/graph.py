"""The asset graph: every asset of a project with its edges, indexed by integers.

Nodes are numbered in the order of definition, external assets that nobody declares last. Edges are tuples of these numbers,
so that questions over ten thousand assets cost neither hashing of keys nor sets of objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from enum import Enum
from typing import Any

import msgspec

from dagster.errors import CircularDependencyError, DagsterInvalidDefinitionError, closest
from dagster.keys import AssetKey
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec, refuse_self_dependency


class AssetExecutionType(Enum):
    """What running an asset means."""

    MATERIALIZATION = "MATERIALIZATION"
    OBSERVATION = "OBSERVATION"
    UNEXECUTABLE = "UNEXECUTABLE"


class AssetNode(msgspec.Struct, frozen=True, kw_only=True):
    """One asset in its graph.

    Attributes:
        spec: what it is.
        execution_type: what running it means.
        definition: what makes it, None for an external asset; assets of one definition share the object.
        position: its number in the graph.
    """

    spec: AssetSpec
    execution_type: AssetExecutionType
    definition: Any
    position: int
    graph: AssetGraph

    @property
    def key(self) -> AssetKey:
        """The asset's key."""
        return self.spec.key

    @property
    def group_name(self) -> str:
        """The group it is shown in."""
        return self.spec.group_name or DEFAULT_GROUP_NAME

    @property
    def description(self) -> str | None:
        """Markdown for people."""
        return self.spec.description

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Metadata of the definition."""
        return self.spec.metadata

    @property
    def tags(self) -> Mapping[str, str]:
        """Tags of the definition."""
        return self.spec.tags

    @property
    def owners(self) -> Sequence[str]:
        """Owners."""
        return self.spec.owners

    @property
    def kinds(self) -> Set[str]:
        """Kinds."""
        return self.spec.kinds

    @property
    def code_version(self) -> str | None:
        """The version of the code that makes it."""
        return self.spec.code_version

    @property
    def partitions_def(self) -> Any:
        """Its partitions."""
        return self.spec.partitions_def

    @property
    def is_partitioned(self) -> bool:
        """Whether it has partitions."""
        return self.spec.partitions_def is not None

    @property
    def automation_condition(self) -> Any:
        """When it should be made."""
        return self.spec.automation_condition

    @property
    def is_materializable(self) -> bool:
        """Whether a run can write it."""
        return self.execution_type is AssetExecutionType.MATERIALIZATION

    @property
    def is_observable(self) -> bool:
        """Whether a run can look at it."""
        return self.execution_type is AssetExecutionType.OBSERVATION

    @property
    def is_executable(self) -> bool:
        """Whether a run can do anything with it."""
        return self.execution_type is not AssetExecutionType.UNEXECUTABLE

    @property
    def is_external(self) -> bool:
        """Whether nothing here makes it."""
        return not self.is_materializable

    @property
    def parent_keys(self) -> set[AssetKey]:
        """What it depends on."""
        return {self.graph.keys[parent] for parent in self.graph.parents[self.position]}

    @property
    def child_keys(self) -> set[AssetKey]:
        """What depends on it."""
        return {self.graph.keys[child] for child in self.graph.children[self.position]}

    def to_asset_spec(self) -> AssetSpec:
        """The asset as data."""
        return self.spec


_NOBODY: tuple[int, ...] = ()


class AssetGraph:
    """Every asset of a project with its edges.

    Args:
        declared: each asset with what running it means and what makes it, in the order of definition. Keys are unique.

    Edges from earlier partitions of an asset to itself are in its spec, not among the parents.

    Raises:
        DagsterInvalidDefinitionError: two assets have the same key, or one depends on itself.
        CircularDependencyError: assets depend on each other in a circle.
    """

    __slots__ = ("_children", "_index", "check_definitions", "definitions", "execution_types", "keys", "parents", "specs")

    def __init__(self, declared: Iterable[tuple[AssetSpec, AssetExecutionType, Any]]) -> None:
        self.specs: list[AssetSpec] = []
        self.execution_types: list[AssetExecutionType] = []
        self.definitions: list[Any] = []
        self._index: dict[AssetKey, int] = {}
        for spec, execution_type, definition in declared:
            self._add(spec, execution_type, definition)
        self.keys = [spec.key for spec in self.specs]
        self.parents: list[tuple[int, ...]] = []
        for position in range(len(self.keys)):
            spec = self.specs[position]
            refuse_self_dependency(spec)
            self.parents.append(tuple(self._parent(dep.asset_key) for dep in spec.deps if dep.asset_key != spec.key))
        self.parents.extend(() for _ in range(len(self.keys) - len(self.parents)))
        self._children: list[Sequence[int]] | None = None
        # What executes checks apart from assets; given by the project that the graph belongs to.
        self.check_definitions: Sequence[Any] = ()
        self._refuse_cycles()

    def _add(self, spec: AssetSpec, execution_type: AssetExecutionType, definition: Any) -> int:
        position = len(self.specs)
        if self._index.setdefault(spec.key, position) != position:
            raise DagsterInvalidDefinitionError(f"Duplicate asset key: {spec.key}")
        self.specs.append(spec)
        self.execution_types.append(execution_type)
        self.definitions.append(definition)
        return position

    def _parent(self, key: AssetKey) -> int:
        """The number of what is depended on; an asset that nobody declares becomes an external one."""
        position = self._index.get(key)
        if position is None:
            position = self._add(AssetSpec(key, group_name=DEFAULT_GROUP_NAME), AssetExecutionType.UNEXECUTABLE, None)
            self.keys.append(key)
        return position

    @property
    def children(self) -> list[Sequence[int]]:
        """Per asset, the numbers of what depends on it."""
        if self._children is None:
            found: dict[int, list[int]] = {}
            for child, parents in enumerate(self.parents):
                for parent in parents:
                    found.setdefault(parent, []).append(child)
            self._children = [found.get(position, _NOBODY) for position in range(len(self.keys))]
        return self._children

    def _refuse_cycles(self) -> None:
        if sum(len(level) for level in self.levels()) != len(self.keys):
            raise CircularDependencyError(self.keys[position].to_user_string() for position in self._one_cycle())

    def levels(self) -> list[list[int]]:
        """The assets by their distance from the roots: each level depends on earlier ones only. Linear in nodes and edges.

        Assets on a circle, and what lies downstream of one, are in no level.
        Source: Kahn, Topological sorting of large networks (1962).
        """
        waiting_for = [len(parents) for parents in self.parents]
        level = [position for position, count in enumerate(waiting_for) if not count]
        levels: list[list[int]] = []
        while level:
            levels.append(level)
            following: list[int] = []
            for parent in level:
                for child in self.children[parent]:
                    waiting_for[child] -= 1
                    if not waiting_for[child]:
                        following.append(child)
            level = following
        return levels

    def _one_cycle(self) -> list[int]:
        """One circle, the first node repeated at the end, each depending on the one before it."""
        free = {position for level in self.levels() for position in level}
        position = next(number for number in range(len(self.keys)) if number not in free)
        path: list[int] = []
        while position not in path:
            path.append(position)
            position = next(parent for parent in self.parents[position] if parent not in free)
        return [*path[path.index(position) :], position][::-1]

    def position(self, key: AssetKey) -> int:
        """The number of an asset.

        Raises:
            KeyError: there is none of this key; the message names the closest ones.
        """
        position = self._index.get(key)
        if position is None:
            name = key.to_user_string()
            raise KeyError(f'No asset "{name}".{closest(name, (known.to_user_string() for known in self.keys))}')
        return position

    def has(self, key: AssetKey) -> bool:
        """Whether there is an asset of this key."""
        return key in self._index

    def get(self, key: AssetKey) -> AssetNode:
        """The asset of this key.

        Raises:
            KeyError: there is none.
        """
        position = self.position(key)
        return AssetNode(
            spec=self.specs[position],
            execution_type=self.execution_types[position],
            definition=self.definitions[position],
            position=position,
            graph=self,
        )

    def get_all_asset_keys(self) -> set[AssetKey]:
        """Every key, external assets included."""
        return set(self.keys)

    @property
    def asset_nodes(self) -> list[AssetNode]:
        """Every asset, in the order of definition."""
        return [self.get(key) for key in self.keys]

    @property
    def materializable_asset_keys(self) -> set[AssetKey]:
        """The assets that a run can write."""
        return self._keys_where(lambda kind: kind is AssetExecutionType.MATERIALIZATION)

    @property
    def executable_asset_keys(self) -> set[AssetKey]:
        """The assets that a run can write or look at."""
        return self._keys_where(lambda kind: kind is not AssetExecutionType.UNEXECUTABLE)

    @property
    def external_asset_keys(self) -> set[AssetKey]:
        """The assets that nothing here writes."""
        return self._keys_where(lambda kind: kind is not AssetExecutionType.MATERIALIZATION)

    def _keys_where(self, claim: Callable[[AssetExecutionType], bool]) -> set[AssetKey]:
        return {key for key, kind in zip(self.keys, self.execution_types, strict=True) if claim(kind)}

    @property
    def root_materializable_asset_keys(self) -> set[AssetKey]:
        """The assets that a run can write and that are downstream of none of those."""
        return self._roots_among(self.materializable_asset_keys)

    @property
    def root_executable_asset_keys(self) -> set[AssetKey]:
        """The assets that a run can write or look at and that are downstream of none of those."""
        return self._roots_among(self.executable_asset_keys)

    def _roots_among(self, chosen: set[AssetKey]) -> set[AssetKey]:
        below: set[int] = set()
        for level in self.levels():
            for position in level:
                if any(parent in below or self.keys[parent] in chosen for parent in self.parents[position]):
                    below.add(position)
        return {key for key in chosen if self._index[key] not in below}

    @property
    def all_group_names(self) -> set[str]:
        """The names of all groups."""
        return {spec.group_name or DEFAULT_GROUP_NAME for spec in self.specs}

    def asset_keys_for_group(self, group_name: str) -> set[AssetKey]:
        """The assets of a group."""
        return {spec.key for spec in self.specs if (spec.group_name or DEFAULT_GROUP_NAME) == group_name}

    @property
    def toposorted_asset_keys(self) -> list[AssetKey]:
        """Every key, each after what it depends on; sorted within a level."""
        return [key for level in self.toposorted_asset_keys_by_level for key in level]

    @property
    def toposorted_asset_keys_by_level(self) -> list[list[AssetKey]]:
        """Keys by their distance from the roots, sorted within a level."""
        return [sorted(self.keys[position] for position in level) for level in self.levels()]

    def get_parents(self, key: AssetKey) -> set[AssetKey]:
        """What the asset depends on."""
        return self.get(key).parent_keys

    def get_children(self, key: AssetKey) -> set[AssetKey]:
        """What depends on the asset."""
        return self.get(key).child_keys
