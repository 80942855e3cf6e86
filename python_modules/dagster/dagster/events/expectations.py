"""A statement about data that a step made while it ran. Checks of assets say more; this is their older form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import ParameterCheckError
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.values import AnyMetadataValue


class ExpectationResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """Says whether data is as expected; recorded with the step, which goes on either way.

    Args:
        success: the verdict.
        label: a short name of what was expected.
        description: for people.
        metadata: raw values are wrapped in their `MetadataValue`.

    Example:
        >>> ExpectationResult(success=True, label="not_empty", metadata={"rows": 3}).metadata
        {'rows': IntMetadataValue(value=3)}
    """

    success: bool
    label: str | None = None
    description: str | None = None
    metadata: dict[str, AnyMetadataValue] = {}

    if TYPE_CHECKING:

        def __init__(
            self,
            success: bool,
            label: str | None = None,
            description: str | None = None,
            metadata: Mapping[str, Any] | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        if not isinstance(self.success, bool):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
            raise ParameterCheckError("success", self.success, "a bool")
        force_setattr(self, "label", self.label or "result")
        force_setattr(self, "metadata", normalize_metadata(self.metadata or {}))
