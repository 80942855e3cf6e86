"""The types of the operations themselves, and what they answer about the API as a whole."""

from __future__ import annotations

from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.version import __version__

DOMAIN = Domain.beside(__file__)


@DOMAIN.query("version")
def version(_context: RequestContext) -> str:
    """The level of the API, without the label that says whose implementation it is."""
    return __version__.partition("+")[0]
