"""Code locations, where each of them stands, and loading them again."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

import msgspec

from dagster.errors import DagsterCodeLocationError
from dagster.events.failures import SerializableErrorInfo
from dagster.keys import AssetKey
from dagster_graphql.catalogs import Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import RepositoryLocationNotFound, RepositoryNotFoundError
from dagster_graphql.locations import LocationState
from dagster_graphql.permissions.permissions import OF_LOCATIONS, RELOAD_LOCATION, RELOAD_WORKSPACE, permissions_of

DOMAIN = Domain.beside(__file__)

RELOAD_SECONDS = 120.0
"""How long loading a location again may take before an answer is given nevertheless."""


class Workspace(msgspec.Struct, frozen=True):
    """All code locations."""

    entries: list[LocationState]


class LoadedLocation(msgspec.Struct, frozen=True, eq=False):
    """A code location that is loaded."""

    state: LocationState


class RepositoryConnection(msgspec.Struct, frozen=True):
    """Repositories."""

    nodes: list[Repository]


class AssetGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Assets of one group in one location."""

    id: str
    group_name: str
    asset_keys: list[AssetKey]


class Pair(msgspec.Struct, frozen=True):
    """A key with its value, as tags and other short facts are told."""

    key: str
    value: str


class Library(msgspec.Struct, frozen=True):
    """A distribution that a code location has installed."""

    name: str
    version: str


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is declared, by names; it need not be there any more.

    Attributes:
        repository_location_name: the code location.
        repository_name: the repository.
        facts: what names the code of the location; nothing for one that is gone.
    """

    repository_location_name: str
    repository_name: str
    facts: list[Pair]


class ShutdownRepositoryLocationSuccess(msgspec.Struct, frozen=True, kw_only=True):
    """A code location was told to end its processes; they are started again."""

    repository_location_name: str


def error_of(state: LocationState) -> SerializableErrorInfo | None:
    """What is wrong with the code of a location as it is now, None where it is served."""
    complaint = state.complaint
    if complaint is None:
        return None
    return SerializableErrorInfo(
        message=complaint.sentence, stack=[f"{line}\n" for line in complaint.details], cls_name="DagsterCodeLocationError"
    )


def facts_of(state: LocationState) -> list[Pair]:
    """What names the code of a location."""
    target = state.target
    if target is None:
        return []
    named = {
        "python_file" if target.source == "python_file" else "module_name": target.name,
        "attribute": target.attribute,
        "working_directory": target.directory,
    }
    return [Pair(key, value) for key, value in named.items() if value is not None]


def _location_or_error(state: LocationState) -> object:
    error = error_of(state)
    if error is not None:
        return error
    return LoadedLocation(state) if state.description is not None else None


def _load_status(state: LocationState) -> str:
    return "LOADING" if state.is_loading else "LOADED"


def _version_key(state: LocationState) -> str:
    return f"{state.name}@{state.version}"


def _groups(repository: Repository) -> list[AssetGroup]:
    description = repository.location.description
    found: dict[str, list[AssetKey]] = {}
    for node in description.assets if description is not None else ():
        found.setdefault(node.spec.group_name or "default", []).append(node.spec.key)
    return [
        AssetGroup(
            id=f"{repository.location.name}-{repository.name}-{name}",
            group_name=name,
            asset_keys=sorted(keys),
        )
        for name, keys in sorted(found.items())
    ]


def origin_of(repository: Repository) -> Origin:
    """Where a repository is declared."""
    return Origin(
        repository_location_name=repository.location.name,
        repository_name=repository.name,
        facts=facts_of(repository.location),
    )


DOMAIN.never_made("FeatureFlag")
DOMAIN.type("Workspace", Workspace, plain={"id": lambda _all: "Workspace", "locationEntries": lambda all_of: all_of.entries})
DOMAIN.type(
    "WorkspaceLocationEntry",
    LocationState,
    plain={
        "id": lambda state: state.name,
        "locationOrLoadError": _location_or_error,
        "loadStatus": _load_status,
        "displayMetadata": facts_of,
        "updatedTimestamp": lambda state: state.updated,
        "versionKey": _version_key,
        "featureFlags": lambda _state: [],
        "definitionsSource": lambda _state: "CODE_SERVER",
        "error": error_of,
        "slowStartReasons": lambda state: list(state.obstacles),
    },
    asked={"permissions": lambda _state, context: permissions_of(context, OF_LOCATIONS)},
)
DOMAIN.type(
    "WorkspaceLocationStatusEntry",
    LocationState,
    plain={
        "id": lambda state: state.name,
        "loadStatus": _load_status,
        "updateTimestamp": lambda state: state.updated,
        "versionKey": _version_key,
    },
    asked={"permissions": lambda _state, context: permissions_of(context, OF_LOCATIONS)},
)
DOMAIN.type("WorkspaceLocationStatusEntries", Workspace)
DOMAIN.type(
    "RepositoryLocation",
    LoadedLocation,
    plain={
        "id": lambda loaded: loaded.state.name,
        "name": lambda loaded: loaded.state.name,
        "isReloadSupported": lambda _loaded: True,
        "environmentPath": lambda loaded: loaded.state.target.executable if loaded.state.target is not None else None,
        "repositories": lambda loaded: [Repository(loaded.state)],
        "serverId": lambda loaded: _version_key(loaded.state),
        "dagsterLibraryVersions": lambda loaded: (
            [Library(name, version) for name, version in loaded.state.description.libraries.items()]
            if loaded.state.description is not None
            else None
        ),
    },
)


DOMAIN.type("DagsterLibraryVersion", Library)
DOMAIN.type("RepositoryMetadata", Pair)
DOMAIN.type("RepositoryConnection", RepositoryConnection)
DOMAIN.type(
    "Repository",
    Repository,
    plain={
        "id": lambda repository: f"{repository.location.name}:{repository.name}",
        "location": lambda repository: LoadedLocation(repository.location),
        "origin": origin_of,
        "displayMetadata": lambda repository: facts_of(repository.location),
        "assetGroups": _groups,
    },
)
DOMAIN.type("AssetGroup", AssetGroup)
DOMAIN.type("AssetKey", AssetKey, {"path": attrgetter("parts")})
DOMAIN.type("ShutdownRepositoryLocationSuccess", ShutdownRepositoryLocationSuccess)


DOMAIN.type(
    "RepositoryOrigin",
    Origin,
    plain={
        "id": lambda origin: f"{origin.repository_location_name}:{origin.repository_name}",
        "repositoryLocationMetadata": lambda origin: origin.facts,
    },
)


def repository_selected(context: RequestContext, selector: Mapping[str, Any]) -> Repository | RepositoryNotFoundError:
    """The repository that a selector names."""
    location, name = selector["repository_location_name"], selector["repository_name"]
    return context.catalog.repository(location, name) or RepositoryNotFoundError.of(location, name)


@DOMAIN.query("workspaceOrError")
def workspace(context: RequestContext) -> Workspace:
    """All code locations."""
    return Workspace(list(context.catalog.states))


@DOMAIN.query("locationStatusesOrError")
def location_statuses(context: RequestContext) -> Workspace:
    """Where all code locations stand."""
    return Workspace(list(context.catalog.states))


@DOMAIN.query("workspaceLocationEntryOrError")
def location(context: RequestContext, *, name: str) -> LocationState | None:
    """A code location."""
    return context.catalog.locations.get(name)


@DOMAIN.query("repositoriesOrError")
def repositories(context: RequestContext, *, repository_selector: Mapping[str, Any] | None = None) -> object:
    """Repositories, all or the one that is named."""
    if repository_selector is None:
        return RepositoryConnection(list(context.catalog.repositories))
    found = repository_selected(context, repository_selector)
    return RepositoryConnection([found]) if isinstance(found, Repository) else found


@DOMAIN.query("repositoryOrError")
def repository(context: RequestContext, *, repository_selector: Mapping[str, Any]) -> object:
    """A repository."""
    return repository_selected(context, repository_selector)


@DOMAIN.mutation("reloadRepositoryLocation", permission=RELOAD_LOCATION)
def reload_location(context: RequestContext, *, repository_location_name: str) -> object:
    """Loads the code of a location again, and answers when that has ended, well or not."""
    if repository_location_name not in context.catalog.locations:
        return RepositoryLocationNotFound.of(repository_location_name)
    return context.locations.reload(repository_location_name, RELOAD_SECONDS)


@DOMAIN.mutation("reloadWorkspace", permission=RELOAD_WORKSPACE)
def reload_workspace(context: RequestContext) -> Workspace:
    """Loads the code of all locations again, side by side."""
    from concurrent.futures import ThreadPoolExecutor

    names = list(context.catalog.locations)
    with ThreadPoolExecutor(max_workers=max(1, len(names))) as pool:
        states = list(pool.map(context.locations.reload, names, [RELOAD_SECONDS] * len(names)))
    return Workspace(states)


@DOMAIN.mutation("shutdownRepositoryLocation", permission=RELOAD_LOCATION)
def shutdown_location(context: RequestContext, *, repository_location_name: str) -> object:
    """Ends the processes of a location that serve it; they are started again with the code as it is now."""
    try:
        context.locations.restart(repository_location_name)
    except DagsterCodeLocationError:
        return RepositoryLocationNotFound.of(repository_location_name)
    return ShutdownRepositoryLocationSuccess(repository_location_name=repository_location_name)
