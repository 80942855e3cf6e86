"""How a backfill cuts its partitions into runs."""

from __future__ import annotations

from enum import Enum

import msgspec

from dagster.errors import ParameterCheckError


class BackfillPolicyType(Enum):
    """Whether a backfill is one run."""

    SINGLE_RUN = "SINGLE_RUN"
    MULTI_RUN = "MULTI_RUN"


class BackfillPolicy(msgspec.Struct, frozen=True):
    """How many partitions of an asset a run of a backfill materializes.

    Attributes:
        max_partitions_per_run: None for all of them in one run.

    Example:
        >>> BackfillPolicy.multi_run(10).policy_type.value
        'MULTI_RUN'
    """

    max_partitions_per_run: int | None = 1

    @staticmethod
    def single_run() -> BackfillPolicy:
        """All partitions in one run."""
        return BackfillPolicy(None)

    @staticmethod
    def multi_run(max_partitions_per_run: int = 1) -> BackfillPolicy:
        """At most so many partitions in each run."""
        if not isinstance(max_partitions_per_run, int):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("max_partitions_per_run", max_partitions_per_run, "a int")
        return BackfillPolicy(max_partitions_per_run)

    @property
    def policy_type(self) -> BackfillPolicyType:
        """Whether it is one run."""
        return BackfillPolicyType.SINGLE_RUN if self.max_partitions_per_run is None else BackfillPolicyType.MULTI_RUN

    def __str__(self) -> str:
        if self.max_partitions_per_run is None:
            return "BackfillPolicy.single_run()"
        return f"BackfillPolicy.multi_run(max_partitions_per_run={self.max_partitions_per_run})"
