"""Partition sets: the partitions of a job under a name, with the runs that there were for each."""

from __future__ import annotations

from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)
