"""Files in a folder, as a resource that users name."""

from __future__ import annotations

from typing import Literal

from dagster.define.resource_contexts import InitResourceContext
from dagster.io.configurable import ConfigurableIOManagerFactory
from dagster.io.defaults import file_io_manager, storage_folder
from dagster.io.managers import IOManager


class FilesystemIOManager(ConfigurableIOManagerFactory[IOManager]):
    """Stores each value in a file of its own, at `<base_dir>/<asset key>[/<partition>]`; what is stored is there whole.

    Values are pickled unless a format is given. Whatever format is given, files of every format load.

    Args:
        base_dir: the folder, or the URL of one in an object store; by default the instance's storage folder.
        format: `"parquet"` for dataframes, `"json"` for simple values, or `"auto"`, which takes for each value the first
            of JSON, Parquet and pickle that gives back exactly this value, as an asset without IO manager has it.

    Example:
        >>> stores_in_files = FilesystemIOManager(base_dir="data", format="auto")
        >>> defs = Definitions(assets=[orders], resources={"io_manager": stores_in_files})
    """

    base_dir: str | None = None
    format: Literal["auto", "json", "parquet", "pickle"] = "pickle"

    def create_io_manager(self, context: InitResourceContext) -> IOManager:
        return file_io_manager(storage_folder(context, self.base_dir), self.format)
