"""Partitions of jobs: which there are, with the config and the tags of a run for each."""

from __future__ import annotations

from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)
