"""The schema, built when it is first asked for.

How to add to it:

1. A type or field: write it in the `.graphql` file of its domain, exactly as the public schema has it: names, arguments,
   nullability (`integration_tests/parity/graphql/reference_schema.graphql` holds them). A field of Query, Mutation or
   Subscription stands in `extend type Query { ... }`; fields may be added to the type of another domain in the same way.
2. Its value: nothing, if it is an attribute of the value by its name in snake case. Else a function in the module beside that
   file: in `DOMAIN.type(..., plain={...})` if it needs the value alone, which is fastest; in `asked={...}`, or with
   `@DOMAIN.field("Run", "stats")`, if it needs the context of the request or arguments, which come by name. Root fields are
   marked with `@DOMAIN.query(...)` and `@DOMAIN.mutation(..., permission=...)`. What is raised in a root field becomes its
   PythonError, if its union has one. Errors of the API are values of `errors/`. Enums are given as Python enums or by name.
3. A list whose items ask storage one by one: tell a loader of the context what is coming (`loaders.py`), and ask it in the
   field. Resolvers below a list change nothing: a list with an error in it is completed twice (`completion.py`).
4. A new module: add it to MODULES below. Modules of domains do not import one another in a circle.
5. `python -m dagster_graphql.schema` writes `schema.graphql`, which a test compares. A test also says which fields have no value.
"""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_graphql.domains import Domain

if TYPE_CHECKING:
    from graphql import GraphQLSchema

MODULES = (
    "roots",
    "errors.errors",
    "permissions.permissions",
    "workspace.locations",
    "metadata.metadata",
    "events.events",
    "logs.logs",
    "config.validation",
    "jobs.jobs",
    "config.types",
    "graphs.graphs",
    "runs.runs",
    "runs.failures",
    "plans.plans",
    "runs.launching",
    "runs.reexecution",
    "assets.assets",
    "assets.nodes",
    "assets.conditions",
    "assets.changes",
    "checks.checks",
    "partitions.partitions",
    "partitions.statuses",
    "partitions.grids",
    "partitions.dynamic",
    "partitions.jobs",
    "partitions.partition_sets",
    "checks.partitions",
    "staleness.staleness",
    "staleness.used_data",
    "instance.instance",
    "concurrency.concurrency",
    "instigators.states",
    "instigators.schedules",
    "instigators.sensors",
    "feeds.workspace",
)
"""Modules with a DOMAIN, in the order in which their types stand in `schema.graphql`."""

SCHEMA_FILE = Path(__file__).with_name("schema.graphql")

_lock = threading.Lock()
_built: list[GraphQLSchema] = []


def domains() -> list[Domain]:
    """The domain of each module."""
    return [import_module(f"dagster_graphql.{name}").DOMAIN for name in MODULES]


def schema() -> GraphQLSchema:
    """The schema, ready to execute. The first call builds it, which takes about 0.2 s; the others cost nothing."""
    with _lock:
        if not _built:
            from dagster_graphql.building import built_schema

            _built.append(built_schema(domains()))
        return _built[0]


def schema_text() -> str:
    """The schema in GraphQL's own language, types in the order of their names."""
    from graphql import lexicographic_sort_schema, print_schema

    return print_schema(lexicographic_sort_schema(schema())) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
