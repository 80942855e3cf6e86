"""Names that stood in `dagster` and mean something else there now."""

from __future__ import annotations

from dagster.specs.freshness import LegacyFreshnessPolicy as FreshnessPolicy

__all__ = ["FreshnessPolicy"]
