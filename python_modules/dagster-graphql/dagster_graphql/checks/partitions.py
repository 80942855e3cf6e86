"""Partitions of checks, and where each stands."""

from __future__ import annotations

from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)
