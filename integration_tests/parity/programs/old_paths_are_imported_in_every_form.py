"""A project that imports private paths in each form that Python has, and runs."""

import dagster._check as check
import dagster._core.definitions.events as old_events
from dagster._config.pythonic_config import Config
from dagster._core.definitions import asset, asset_selection, materialize
from dagster._core.definitions.asset_checks.asset_check_spec import AssetCheckSeverity
from dagster._core.definitions.data_version import DEFAULT_DATA_VERSION
from dagster._core.definitions.events import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix
from dagster._core.definitions.metadata import RawMetadataValue, normalize_metadata
from dagster._core.definitions.partitions.schedule_type import ScheduleType
from dagster._core.definitions.utils import DEFAULT_GROUP_NAME, DEFAULT_IO_MANAGER_KEY
from dagster._core.errors import DagsterInvalidDefinitionError, DagsterInvalidMetadata
from dagster._core.execution.context.compute import AssetExecutionContext
from dagster._core.storage.dagster_run import FINISHED_STATUSES, DagsterRunStatus
from dagster._core.storage.fs_io_manager import PickledObjectFilesystemIOManager
from dagster._core.storage.tags import PARTITION_NAME_TAG, PRIORITY_TAG, SCHEDULE_NAME_TAG

import dagster as dg


class Size(Config):
    rows: int = 2


@asset
def table(context: AssetExecutionContext, config: Size) -> dg.Output:
    return old_events.Output(config.rows, metadata=normalize_metadata({"rows": config.rows}))


def facts() -> dict:
    result = materialize([table])
    return {
        "success": result.success,
        "value": result.output_for_node("table"),
        "key is public": AssetKey is dg.AssetKey,
        "attribute of dagster": dg._core.errors.DagsterInvalidDefinitionError is DagsterInvalidDefinitionError,
        "invalid metadata": issubclass(DagsterInvalidMetadata, dg.DagsterError),
        "check error": issubclass(check.ParameterCheckError, check.CheckError),
        "default group": DEFAULT_GROUP_NAME,
        "default io manager": DEFAULT_IO_MANAGER_KEY,
        "default version": DEFAULT_DATA_VERSION.value,
        "finished": sorted(status.value for status in FINISHED_STATUSES),
        "success is finished": DagsterRunStatus.SUCCESS in FINISHED_STATUSES,
        "tags": [PARTITION_NAME_TAG, PRIORITY_TAG, SCHEDULE_NAME_TAG],
        "severity": AssetCheckSeverity.WARN.value,
        "periods": sorted(kind.name for kind in ScheduleType),
        "pickles": issubclass(PickledObjectFilesystemIOManager, dg.IOManager),
        "a module": asset_selection.AssetSelection is dg.AssetSelection,
        "aliases": [alias is not None for alias in (CoercibleToAssetKey, CoercibleToAssetKeyPrefix, RawMetadataValue)],
    }
