"""The IO manager of those who name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster.io.files import FileIOManager, PickledObjectFilesystemIOManager

if TYPE_CHECKING:
    from dagster.define.resource_contexts import InitResourceContext
    from dagster.io.formats import FormatName
    from dagster.io.managers import IOManager


def default_io_manager(base_dir: str, *, is_lasting: bool = True) -> FileIOManager:
    """The IO manager of an instance whose storage folder is `base_dir`: what is read is what was written, in value and type.

    Args:
        base_dir: the folder.
        is_lasting: False for a folder that ends with its process anyway.

    Example:
        >>> manager = default_io_manager("storage")
        >>> manager.format
        'auto'
    """
    return FileIOManager(base_dir, format="auto", is_lasting=is_lasting)


def file_io_manager(base_dir: str, format: FormatName) -> IOManager:
    """The IO manager of a folder: of this machine, or for a URL such as `s3://bucket/folder` of that store."""
    if "://" in base_dir:
        from upath import UPath

        from dagster.io.remote_files import RemoteFileIOManager

        return RemoteFileIOManager(UPath(base_dir), format)
    return PickledObjectFilesystemIOManager(base_dir) if format == "pickle" else FileIOManager(base_dir, format)


def storage_folder(context: InitResourceContext, base_dir: str | None) -> str:
    """The folder that was named, else the instance's, else `storage` in the current folder."""
    if base_dir is not None:
        return base_dir
    return str(context.instance.storage_directory()) if context.instance is not None else "storage"
