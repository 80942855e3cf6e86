"""Messages as files on DBFS or a Unity Catalog volume."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from dagster_pipes.checks import handed_over
from dagster_pipes.chunk_channels import PipesBufferedFilesystemMessageWriterChannel
from dagster_pipes.context_loaders import dbfs_path
from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.message_writers import PipesBlobStoreMessageWriter
from dagster_pipes.protocol import PipesExtras

_CLUSTER = "spark.databricks.clusterUsageTags"


class PipesDbfsMessageWriter(PipesBlobStoreMessageWriter[PipesBufferedFilesystemMessageWriterChannel]):
    """Writes messages as files into a folder of DBFS: `path` of the parameters.

    Tells the other side where the cluster delivers the logs of its driver, so that they can be read there.

    Args:
        interval: seconds between two files.

    Example:
        >>> with PipesDbfsMessageWriter().open({"path": 3}) as channel:
        ...     pass
        Traceback (most recent call last):
            ...
        dagster_pipes.errors.DagsterPipesError: Invalid type for parameter `path` ...
    """

    def make_channel(self, params: Mapping[str, Any]) -> PipesBufferedFilesystemMessageWriterChannel:
        """The channel for these parameters."""
        path = dbfs_path(handed_over(params, "path", str, type(self)))
        return PipesBufferedFilesystemMessageWriterChannel(path, interval=self.interval)

    def get_opened_extras(self) -> PipesExtras:
        """Where the logs of the driver are delivered; nothing if they are not.

        Raises:
            DagsterPipesError: pyspark is not installed, so this is not a cluster.
        """
        try:
            import_module("py4j")
            session_class: Any = import_module("pyspark.sql").SparkSession
        except ImportError as missing:
            raise DagsterPipesError(
                f"`{type(self).__name__}` requires pyspark and py4j to be available for import. Use it on a Databricks cluster."
            ) from missing
        session = session_class.getActiveSession()
        if session is None:
            raise DagsterPipesError(
                f"`{type(self).__name__}` found no active SparkSession. Databricks starts one on its clusters."
            )
        settings = session.conf
        # Spark's settings are texts.
        if str(settings.get(f"{_CLUSTER}.clusterLogDeliveryEnabled", "false")).lower() != "true":
            return {}
        destination = settings.get(f"{_CLUSTER}.clusterLogDestination")
        cluster = settings.get(f"{_CLUSTER}.clusterId")
        return {"cluster_driver_log_root": f"{destination}/{cluster}/driver"}


class PipesUnityCatalogVolumesMessageWriter(PipesBlobStoreMessageWriter[PipesBufferedFilesystemMessageWriterChannel]):
    """Writes messages as files into a folder of a Unity Catalog volume: `path` of the parameters.

    Args:
        interval: seconds between two files.

    Example:
        >>> with PipesUnityCatalogVolumesMessageWriter().open({"path": "."}) as channel:
        ...     channel.write_message({"__dagster_pipes_version": "0.1", "method": "closed", "params": {}})
        >>> Path("1.json").exists()
        True
    """

    def make_channel(self, params: Mapping[str, Any]) -> PipesBufferedFilesystemMessageWriterChannel:
        """The channel for these parameters."""
        path = handed_over(params, "path", str, type(self))
        return PipesBufferedFilesystemMessageWriterChannel(path, interval=self.interval)
