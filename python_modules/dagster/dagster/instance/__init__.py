"""The instance: one object over what is kept and how it is set up."""

from dagster.instance.instance import DagsterInstance

__all__ = ["DagsterInstance"]
