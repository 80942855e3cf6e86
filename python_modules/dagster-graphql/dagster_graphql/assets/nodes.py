"""Assets as they are declared. The value of an `AssetNode` is what a code location says of the asset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.keys import AssetKey
from dagster.specs.backfills import BackfillPolicy
from dagster.specs.jobs import JobSpec
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.assets.assets import expect_assets, id_of, materializations, observations
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import AssetNotFoundError
from dagster_graphql.jobs.jobs import pairs_of
from dagster_graphql.metadata.metadata import entries_of, tags_of
from dagster_graphql.permissions.permissions import LAUNCH, REPORT_EVENTS, WIPE_ASSETS
from dagster_graphql.selectors import Input, asset_key, job_selected

DOMAIN = Domain.beside(__file__)

Node = Placed[AssetNode]


class AssetDependency(msgspec.Struct, frozen=True):
    """An edge between two assets.

    Attributes:
        asset: at the other end.
        partition_mapping: which partitions depend on which; None where nobody said.
    """

    asset: Node
    partition_mapping: MappingInWords | None


class MappingInWords(msgspec.Struct, frozen=True, kw_only=True):
    """Which partitions depend on which, in words."""

    class_name: str
    description: str


class UserAssetOwner(msgspec.Struct, frozen=True):
    """A person."""

    email: str


class TeamAssetOwner(msgspec.Struct, frozen=True):
    """A team."""

    team: str


class ResourceRequirement(msgspec.Struct, frozen=True):
    """A resource that a function asks for."""

    resource_key: str


class StorageAddress(msgspec.Struct, frozen=True, kw_only=True):
    """The table in which an asset is."""

    table_name: str
    storage_kind: str | None = None


class AssetNodeConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of assets that are declared."""

    nodes: list[Node]
    cursor: str | None
    has_more: bool


class AssetNodeDefinitionCollision(msgspec.Struct, frozen=True, kw_only=True):
    """An asset that several code locations make."""

    asset_key: AssetKey
    repositories: list[Repository]


def mapping_of(mapping: Any) -> MappingInWords | None:
    """A mapping in words."""
    if mapping is None:
        return None
    return MappingInWords(class_name=type(mapping).__name__, description=getattr(mapping, "description", "") or "")


def _owners(node: Node) -> list[UserAssetOwner | TeamAssetOwner]:
    return [
        TeamAssetOwner(owner.removeprefix("team:")) if owner.startswith("team:") else UserAssetOwner(owner)
        for owner in node.value.spec.owners
    ]


def _dependencies(node: Node, context: RequestContext) -> list[AssetDependency]:
    assets = context.catalog.assets
    return [
        AssetDependency(assets[dep.asset_key], mapping_of(dep.partition_mapping))
        for dep in node.value.spec.deps
        if dep.asset_key in assets
    ]


def _depended_by(node: Node, context: RequestContext) -> list[AssetDependency]:
    assets, key = context.catalog.assets, node.value.spec.key
    return [
        AssetDependency(assets[each], mapping_of(assets[each].value.spec.partition_mappings.get(key)))
        for each in context.catalog.dependents.get(key, ())
    ]


def _description(node: Node, _context: RequestContext, *, character_limit: int | None = None) -> str | None:
    description = node.value.spec.description
    return description if description is None or character_limit is None else description[:character_limit]


def _jobs(node: Node, context: RequestContext) -> Sequence[Placed[JobSpec]]:
    jobs = context.catalog.jobs_of_asset.get(node.value.spec.key, ())
    return sorted(jobs, key=lambda job: job.value.name)


def _materializations(node: Node, context: RequestContext, **asked: Any) -> list[EventLogEntry]:
    return materializations(node.value.spec.key, context, **asked)


def _observations(node: Node, context: RequestContext, **asked: Any) -> list[EventLogEntry]:
    return observations(node.value.spec.key, context, **asked)


def _storage_address(node: Node) -> StorageAddress | None:
    metadata = node.value.spec.metadata
    table = metadata.get("dagster/table_name")
    if table is None:
        return None
    kind = metadata.get("dagster/storage_kind")
    return StorageAddress(table_name=_text(table), storage_kind=None if kind is None else _text(kind))


def _text(value: Any) -> str:
    return str(getattr(value, "value", value))


def _same_address(node: Node, context: RequestContext) -> list[Node]:
    address = _storage_address(node)
    if address is None:
        return []
    return [each for each in context.catalog.assets.values() if each is not node and _storage_address(each) == address]


def _is(kind: str) -> Callable[[Node], bool]:
    return lambda node: node.value.execution_type == kind


DOMAIN.placed_type(
    "AssetNode",
    AssetNode,
    plain={
        "id": lambda node: f"{node.location.name}:{id_of(node.value.spec.key)}",
        "assetKey": lambda node: node.value.spec.key,
        "backfillPolicy": lambda node: node.value.backfill_policy,
        "changedReasons": lambda _node: [],
        "computeKind": lambda node: node.value.op_tags.get("dagster/compute_kind"),
        "automationCondition": lambda node: node.value.spec.automation_condition,
        "graphName": lambda node: node.value.graph_name,
        "groupName": lambda node: node.value.spec.group_name or "default",
        "owners": _owners,
        "isExecutable": lambda node: node.value.op_name is not None,
        "isObservable": _is("OBSERVATION"),
        "isMaterializable": _is("MATERIALIZATION"),
        "isPartitioned": lambda node: node.value.spec.partitions_def is not None,
        "isVirtual": lambda node: node.value.spec.is_virtual,
        "isAutoCreatedStub": lambda node: node.value.is_stub,
        "metadataEntries": lambda node: entries_of(node.value.spec.metadata),
        "storageAddress": _storage_address,
        "tags": lambda node: tags_of(dict(sorted(node.value.spec.tags.items()))),
        "kinds": lambda node: sorted(node.value.spec.kinds),
        "opName": lambda node: node.value.op_name,
        "opNames": lambda node: list(node.value.op_names),
        "opTags": lambda node: pairs_of(node.value.op_tags),
        "opVersion": lambda node: node.value.spec.code_version,
        "pools": lambda node: list(node.value.pools),
        "repository": lambda node: Repository(node.location),
        "requiredResources": lambda node: [ResourceRequirement(key) for key in node.value.resource_keys],
    },
    asked={
        "assetMaterializations": _materializations,
        "assetObservations": _observations,
        "assetsForSameStorageAddress": _same_address,
        "dependedBy": _depended_by,
        "dependencyKeys": lambda node, context: context.catalog.dependency_keys.get(node.value.spec.key, []),
        "dependedByKeys": lambda node, context: context.catalog.dependent_keys.get(node.value.spec.key, []),
        "dependencies": _dependencies,
        "description": _description,
        "jobNames": lambda node, context: context.catalog.job_names_of_asset.get(node.value.spec.key, []),
        "jobs": _jobs,
        "hasMaterializePermission": lambda _node, context: context.permits(LAUNCH),
        "hasWipePermission": lambda _node, context: context.permits(WIPE_ASSETS),
        "hasReportRunlessAssetEventPermission": lambda _node, context: context.permits(REPORT_EVENTS),
        "hasAssetChecks": lambda node, context: node.value.spec.key in context.catalog.checks_of_asset,
    },
)
DOMAIN.type("AssetDependency", AssetDependency)
DOMAIN.type("PartitionMapping", MappingInWords)
DOMAIN.type("UserAssetOwner", UserAssetOwner)
DOMAIN.type("TeamAssetOwner", TeamAssetOwner)
DOMAIN.type("ResourceRequirement", ResourceRequirement)
DOMAIN.type("StorageAddress", StorageAddress)
DOMAIN.type("AssetNodeConnection", AssetNodeConnection)
DOMAIN.type("AssetNodeDefinitionCollision", AssetNodeDefinitionCollision)


def _policy_in_words(policy: BackfillPolicy) -> str:
    if policy.max_partitions_per_run is None:
        return "Backfills all partitions in a single run"
    return f"Backfills in multiple runs, with a maximum of {policy.max_partitions_per_run} partitions per run"


DOMAIN.type("BackfillPolicy", BackfillPolicy, {"description": _policy_in_words})


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """Assets in the order of their keys."""
    return sorted(nodes, key=lambda node: id_of(node.value.spec.key))


def nodes_of(repository: Repository) -> list[Node]:
    """The assets of a code location, in the order of their keys."""
    description = repository.location.description
    assets = description.assets if description is not None else ()
    return in_order([Placed(repository.location, asset) for asset in assets])


@DOMAIN.field("Repository", "assetNodesConnection")
def _nodes_page(repository: Repository, context: RequestContext, *, limit: int, cursor: str | None = None) -> AssetNodeConnection:
    after = [node for node in nodes_of(repository) if not cursor or id_of(node.value.spec.key) > cursor]
    page = after[: max(0, limit)]
    expect_assets(context, [node.value.spec.key for node in page])
    last = id_of(page[-1].value.spec.key) if page else None
    return AssetNodeConnection(nodes=page, cursor=last, has_more=len(after) > len(page))


def _nodes(repository: Repository, context: RequestContext) -> list[Node]:
    nodes = nodes_of(repository)
    expect_assets(context, [node.value.spec.key for node in nodes])
    return nodes


DOMAIN.type("Repository", Repository, asked={"assetNodes": _nodes})


@DOMAIN.query("assetNodes")
def asset_nodes(
    context: RequestContext,
    *,
    group: Input | None = None,
    pipeline: Input | None = None,
    asset_keys: Sequence[Input] | None = None,
    load_materializations: bool = False,
) -> list[Node]:
    """Assets that are declared, in the order of their keys: all, or those of a group, of a job, or with these keys."""
    found = list(context.catalog.assets_in_order)
    if group is not None:
        place = (group["repository_location_name"], group["group_name"])
        found = [node for node in found if (node.location.name, node.value.spec.group_name or "default") == place]
    if pipeline is not None:
        job = job_selected(context, pipeline)
        keys = job.value.asset_keys if isinstance(job, Placed) else frozenset[AssetKey]()
        found = [node for node in found if node.value.spec.key in keys]
    if asset_keys is not None:
        wanted = {asset_key(each) for each in asset_keys}
        found = [node for node in found if node.value.spec.key in wanted]
    expect_assets(context, [node.value.spec.key for node in found])
    return found


@DOMAIN.query("assetNodeOrError")
def asset_node(context: RequestContext, *, asset_key: Input) -> object:
    """An asset that is declared."""
    key = AssetKey(asset_key["path"])
    found = context.catalog.assets.get(key)
    return found if found is not None else AssetNotFoundError(message=f"Asset key {id_of(key)} not found.")


@DOMAIN.query("assetNodeAdditionalRequiredKeys")
def additional_required_keys(context: RequestContext, *, asset_keys: Sequence[Input]) -> list[AssetKey]:
    """The assets that a run makes together with these, since one function makes them."""
    wanted = {asset_key(each) for each in asset_keys}
    groups = context.catalog.made_together
    return sorted({other for key in wanted for other in groups.get(key, ())} - wanted)


@DOMAIN.query("assetNodeDefinitionCollisions")
def collisions(context: RequestContext, *, asset_keys: Sequence[Input]) -> list[AssetNodeDefinitionCollision]:
    """The assets among these that several code locations make."""
    found: list[AssetNodeDefinitionCollision] = []
    for key in (asset_key(each) for each in asset_keys):
        makers = [
            repository
            for repository in context.catalog.repositories
            for node in (repository.location.description.assets if repository.location.description is not None else ())
            if node.spec.key == key and node.op_name is not None
        ]
        if len(makers) > 1:
            found.append(AssetNodeDefinitionCollision(asset_key=key, repositories=makers))
    return found
