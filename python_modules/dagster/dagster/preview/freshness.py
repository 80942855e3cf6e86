"""Where freshness policies could be tried out before they became public."""

from __future__ import annotations

from dagster.specs.freshness import FreshnessPolicy as FreshnessPolicy
from dagster.specs.freshness import apply_freshness_policy as apply_freshness_policy

__all__ = ["FreshnessPolicy", "apply_freshness_policy"]
