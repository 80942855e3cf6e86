"""IO managers as the resource definitions of earlier days, for projects that still name them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.config.fields import Field
from dagster.define.io_managers import io_manager
from dagster.errors import DagsterInvalidDefinitionError
from dagster.io.defaults import file_io_manager, storage_folder
from dagster.io.files import PickledObjectFilesystemIOManager
from dagster.io.managers import IOManager
from dagster.io.memory import InMemoryIOManager

if TYPE_CHECKING:
    from dagster.define.resource_contexts import InitResourceContext
    from dagster.io.contexts import InputContext, OutputContext

_BASE_DIR = {"base_dir": Field(str, is_required=False)}


class CustomPathFileIOManager(PickledObjectFilesystemIOManager):
    """Pickles below a folder, each where the output's metadata `path` says. The path is the author's: it may lead anywhere."""

    def _path(self, context: InputContext | OutputContext, partition_key: str | None) -> str:
        output = getattr(context, "upstream_output", context)
        path = output.definition_metadata.get("path") if output is not None else None
        if not isinstance(path, str):
            raise DagsterInvalidDefinitionError(
                f"custom_path_fs_io_manager needs the metadata `path`, a string, of each output it stores. Found {path!r}."
            )
        return os.path.join(self.base_dir, path)


def base_dir_of(context: InitResourceContext) -> str:
    """The folder that the config names, or the instance's storage folder."""
    config: Mapping[str, Any] = context.resource_config or {}
    return storage_folder(context, config.get("base_dir"))


@io_manager(description="Keeps values in the memory of the process.")
def mem_io_manager(context: InitResourceContext) -> IOManager:
    """Keeps values in the memory of the process."""
    return InMemoryIOManager()


@io_manager(config_schema=_BASE_DIR, description="Stores each value as a pickle in a file of its own.")
def fs_io_manager(context: InitResourceContext) -> IOManager:
    """Stores each value as a pickle in a file of its own, below `base_dir` or the instance's storage folder."""
    return file_io_manager(base_dir_of(context), "pickle")


@io_manager(config_schema=_BASE_DIR, description="Stores each value as a pickle where its output's metadata `path` says.")
def custom_path_fs_io_manager(context: InitResourceContext) -> Any:
    """Stores each value as a pickle below `base_dir`, where its output's metadata `path` says."""
    return CustomPathFileIOManager(base_dir_of(context))
