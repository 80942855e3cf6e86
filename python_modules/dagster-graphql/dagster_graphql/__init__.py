"""GraphQL over the instance and its code locations: schema, resolvers and `DagsterGraphQLClient`.

Nothing of it is built yet: the package exists so that a project which lists `dagster-graphql` installs, and every name in
it answers that it comes with a later version.
"""

from dagster_graphql.version import __version__

__all__ = ["__version__"]


def __getattr__(name: str) -> object:
    raise AttributeError(f"dagster_graphql.{name} comes with a later version; {__version__} holds no schema and no client yet.")
