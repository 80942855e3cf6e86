"""What the instance can be asked about whether data are up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.instance.kept import Kept

if TYPE_CHECKING:
    from dagster.instance.data_histories import KeptDataHistory
    from dagster.lineage.graph import AssetGraph
    from dagster.lineage.staleness import Staleness


class StalenessMethods(Kept):
    """Whether the data of assets is up to date."""

    def staleness(self, graph: AssetGraph) -> Staleness:
        """Where the assets of a graph stand, and why; made for one moment, it reads nothing twice.

        Example:
            >>> with DagsterInstance.ephemeral() as instance:
            ...     run = materialize([orders], instance=instance)
            ...     instance.staleness(Definitions([orders]).resolve_asset_graph()).status(AssetKey("orders"))
            <StaleStatus.FRESH: 'FRESH'>
        """
        from dagster.lineage.staleness import Staleness

        return Staleness.of_graph(graph, self.data_history())

    def data_history(self) -> KeptDataHistory:
        """What was written, for a `Staleness` of assets that are taken together otherwise."""
        from dagster.instance.data_histories import KeptDataHistory

        store: Any = self
        return KeptDataHistory(self._storage, store)
