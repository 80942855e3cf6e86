"""Calls of ops outside of graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster.define.ops import OpDefinition


def called(op: OpDefinition, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """What the op's function gives for these arguments."""
    raise NotImplementedError
