"""The IO manager of those who name none."""

from __future__ import annotations

from dagster.io.files import FileIOManager


def default_io_manager(base_dir: str) -> FileIOManager:
    """The IO manager of an instance whose storage folder is `base_dir`: what is read is what was written, in value and type.

    Example:
        >>> manager = default_io_manager("storage")
        >>> manager.format
        'auto'
    """
    return FileIOManager(base_dir, format="auto")
