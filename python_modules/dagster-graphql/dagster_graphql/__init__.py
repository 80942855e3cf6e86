"""GraphQL over the instance and its code locations: schema, resolvers, and a client of the web server.

The names here are those of the client. What executes is `dagster_graphql.operations.Api`; how to add to the schema stands at the
head of `schema.py`. A name is imported when it is first used: a project that imports the client loads no schema.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster_graphql.client.clients import DagsterGraphQLClient as DagsterGraphQLClient
    from dagster_graphql.client.outcomes import DagsterGraphQLClientError as DagsterGraphQLClientError
    from dagster_graphql.client.outcomes import InvalidOutputErrorInfo as InvalidOutputErrorInfo
    from dagster_graphql.client.outcomes import ReloadRepositoryLocationInfo as ReloadRepositoryLocationInfo
    from dagster_graphql.client.outcomes import ReloadRepositoryLocationStatus as ReloadRepositoryLocationStatus
    from dagster_graphql.client.outcomes import ShutdownRepositoryLocationInfo as ShutdownRepositoryLocationInfo
    from dagster_graphql.client.outcomes import ShutdownRepositoryLocationStatus as ShutdownRepositoryLocationStatus
    from dagster_graphql.version import __version__ as __version__

_HOMES = {
    "DagsterGraphQLClient": "client.clients",
    "DagsterGraphQLClientError": "client.outcomes",
    "InvalidOutputErrorInfo": "client.outcomes",
    "ReloadRepositoryLocationInfo": "client.outcomes",
    "ReloadRepositoryLocationStatus": "client.outcomes",
    "ShutdownRepositoryLocationInfo": "client.outcomes",
    "ShutdownRepositoryLocationStatus": "client.outcomes",
    "__version__": "version",
}

__all__ = [
    "DagsterGraphQLClient",
    "DagsterGraphQLClientError",
    "InvalidOutputErrorInfo",
    "ReloadRepositoryLocationInfo",
    "ReloadRepositoryLocationStatus",
    "ShutdownRepositoryLocationInfo",
    "ShutdownRepositoryLocationStatus",
    "__version__",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dagster_graphql' has no attribute {name!r}")
    value = getattr(import_module(f"dagster_graphql.{home}"), name)
    globals()[name] = value
    return value
