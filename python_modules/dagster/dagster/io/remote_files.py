"""The IO manager of a folder in an object store: one object per value, in the formats of `FileIOManager`."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast

from dagster.io.files import wanted_library
from dagster.io.formats import FormatName, content_of, read_value
from dagster.io.frame_facts import frame_metadata, is_frame
from dagster.io.frames import in_one_frame
from dagster.io.upath import UPathIOManager
from dagster.metadata import MetadataValue

if TYPE_CHECKING:
    from upath import UPath

    from dagster.io.contexts import InputContext, OutputContext


class RemoteFileIOManager(UPathIOManager):
    """Like `FileIOManager`, for a base path of any fsspec store. Objects appear as their store lets them appear.

    Args:
        base_path: the folder.
        format: the format of new objects.
    """

    def __init__(self, base_path: UPath, format: FormatName = "auto") -> None:
        super().__init__(base_path)
        self.format: FormatName = format

    def dump_to_path(self, context: OutputContext, obj: Any, path: UPath) -> None:
        content = content_of(obj, self.format)
        with path.open("wb") as opened:
            file = cast("IO[bytes]", opened)
            file.write(content) if isinstance(content, bytes) else content(file)

    def load_from_path(self, context: InputContext, path: UPath) -> Any:
        with path.open("rb") as opened:
            return read_value(cast("IO[bytes]", opened), wanted_library(context))

    def load_input(self, context: InputContext) -> Any:
        loaded = super().load_input(context)
        if not context.has_asset_partitions or len(context.asset_partition_keys) == 1:
            return loaded
        return in_one_frame(loaded, wanted_library(context))

    def get_metadata(self, context: OutputContext, obj: Any) -> dict[str, MetadataValue[Any]]:
        return frame_metadata(context, obj, self._get_path(context).stat().st_size) if is_frame(obj) else {}
