"""Marks that integrations of one maker put on what they define. Nothing is done with them."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def dagster_maintained_resource(resource_def: T) -> T:
    """The resource."""
    return resource_def


def dagster_maintained_io_manager(io_manager_def: T) -> T:
    """The IO manager."""
    return io_manager_def


class IHasInternalInit:
    """A class that has a constructor of keyword arguments alone."""
