"""The IO manager of a folder on this machine: one file per value."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.io.atomic_files import write_file
from dagster.io.formats import FormatName, content_of, read_value
from dagster.io.frame_facts import frame_metadata
from dagster.io.frames import Library, in_one_frame, library_of
from dagster.io.managers import IOManager
from dagster.io.missing import value_not_found
from dagster.io.partition_values import allows_missing, load_each, missing_partitions_in_one_line, of_partitions
from dagster.io.paths import partition_names, segments_of
from dagster.metadata.values import PathMetadataValue

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext


class FileIOManager(IOManager):
    """Keeps each value in a file of its own, at `<base_dir>/<asset key>[/<partition>]` or `<base_dir>/<run>/<step>/<output>`.

    A file is there whole or not at all. Each file says itself which format it has, so files of other formats load as well.

    Args:
        base_dir: the folder; made when the first value is stored.
        format: the format of new files: `"auto"` takes for each value the first of JSON, Parquet and pickle that gives
            back exactly this value.
        is_lasting: False for a folder that ends with its process anyway: files are not synced to the disk.
    """

    atomic = True

    def __init__(self, base_dir: str, format: FormatName = "auto", *, is_lasting: bool = True) -> None:
        self.base_dir = base_dir
        self.format: FormatName = format
        self.is_lasting = is_lasting

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        if context.has_asset_partitions and len(context.asset_partition_keys) != 1:
            raise several_partitions_refused(self, context)
        path = self._path(context, context.asset_partition_key if context.has_asset_partitions else None)
        context.log_debug(f"Writing file at: {path} using {type(self).__name__}...")
        size = self._write(context, path, obj)
        if obj is not None:
            said = {"path": PathMetadataValue(path), **frame_metadata(context, obj, size)}
            context.add_output_metadata(unsaid(context, said))

    def load_input(self, context: InputContext) -> Any:
        if not context.has_asset_partitions:
            return self._load(context, None)
        values = load_each(context, lambda key: self._load(context, key), missing_partitions_in_one_line)
        given = of_partitions(context, values)
        return in_one_frame(values, wanted_library(context)) if given is values else given

    def delete_output(self, context: OutputContext) -> None:
        """Removes the file of this output, of a partitioned asset that of each partition of the context; none is no error.

        Raises:
            DagsterInvalidInvocationError: a folder lies there, which may hold other assets as well.
        """
        for key in context.asset_partition_keys if context.has_asset_partitions else [None]:
            path = self._path(context, key)
            try:
                os.unlink(path)
            except FileNotFoundError:
                continue
            except (IsADirectoryError, PermissionError) as refused:
                raise folder_not_removed(self, path) from refused

    def has_output(self, context: OutputContext) -> bool:
        """Whether a value is stored for this output."""
        return os.path.exists(self._path(context, context.asset_partition_key if context.has_asset_partitions else None))

    def _path(self, context: InputContext | OutputContext, partition_key: str | None) -> str:
        names = context.asset_key.parts if context.has_asset_key else context.get_identifier()
        if partition_key is not None:
            names = [*names, *partition_names(context, partition_key)]
        return os.path.join(self.base_dir, *segments_of(names))

    def _write(self, context: OutputContext, path: str, obj: object) -> int:
        content = content_of(obj, self.format)
        try:
            return write_file(path, context.run_id, content, is_lasting=self.is_lasting)
        except (IsADirectoryError, FileExistsError, NotADirectoryError) as cause:
            if context.has_asset_partitions and self._replace_unpartitioned_file(context, path):
                return write_file(path, context.run_id, content, is_lasting=self.is_lasting)
            raise DagsterInvariantViolationError(
                f"The value cannot be stored at {path}: {cause.strerror}. Values of an asset and of assets whose keys begin "
                "with its key exclude each other in one folder; rename one of them or give it another io_manager_key."
            ) from cause

    def _replace_unpartitioned_file(self, context: OutputContext, path: str) -> bool:
        """Make way for partitions where the asset's value lay before it was partitioned."""
        before = self._path(context, None)
        if before == path or not os.path.isfile(before):
            return False
        context.log.warning(f"{before} holds the value of this asset before it was partitioned. It is removed.")
        os.unlink(before)
        return True

    def _load(self, context: InputContext, partition_key: str | None) -> Any:
        path = self._path(context, partition_key)
        context.log_debug(f"Loading file from: {path} using {type(self).__name__}...")
        try:
            with open(path, "rb") as file:
                return read_value(file, wanted_library(context))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as cause:
            if allows_missing(context):
                raise FileNotFoundError(path) from cause
            raise value_not_found(context, path, partition_key) from cause


class PickledObjectFilesystemIOManager(FileIOManager):
    """A `FileIOManager` whose new files are pickles.

    Args:
        base_dir: the folder; by default `storage` in the current one.
    """

    def __init__(self, base_dir: str | None = None) -> None:
        super().__init__("storage" if base_dir is None else base_dir, format="pickle")


def wanted_library(context: InputContext) -> Library | None:
    """The library of the dataframe that the input is annotated with."""
    declared = context.value_class
    return None if declared is None or declared.__module__ == "builtins" else library_of(declared)


def unsaid(context: OutputContext, metadata: dict[str, Any]) -> dict[str, Any]:
    """The entries whose labels the step has not used itself."""
    said = context.output_metadata
    return {label: value for label, value in metadata.items() if label not in said} if said else metadata


def folder_not_removed(manager: IOManager, path: str, others: Sequence[str] = ()) -> DagsterInvalidInvocationError:
    """What lies where a value should be is not removed: it may be the values of other assets."""
    named = f", as of {', '.join(others[:3])}" if others else ""
    return DagsterInvalidInvocationError(
        f"{path} is a folder, which {type(manager).__name__} does not remove: it may hold other values as well{named}. "
        "Remove it by hand, or give the IO manager a `delete_output` of its own."
    )


def several_partitions_refused(manager: IOManager, context: OutputContext) -> DagsterInvariantViolationError:
    """The error for one value that stands for several partitions."""
    return DagsterInvariantViolationError(
        f"{type(manager).__name__} stores one partition at a time, and this output is of "
        f"{len(context.asset_partition_keys)} partitions of asset {context.asset_key.to_user_string()!r}. Run one partition "
        "per run (BackfillPolicy.multi_run()), or store the data in the asset itself and return None."
    )
