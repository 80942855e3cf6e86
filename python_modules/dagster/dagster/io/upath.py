"""IO managers of users for files anywhere: on this machine and in every store that fsspec knows."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from dagster.errors import CheckError
from dagster.io.files import several_partitions_refused, unsaid
from dagster.io.folder_values import remove_folder_value
from dagster.io.managers import IOManager
from dagster.io.missing import value_not_found
from dagster.io.old_value_hints import use_of_the_old_value
from dagster.io.partition_values import allows_missing, load_each, missing_partition_message, of_partitions
from dagster.io.paths import partition_names, segments_of
from dagster.metadata import MetadataValue
from dagster.metadata.values import PathMetadataValue, TextMetadataValue, UrlMetadataValue

if TYPE_CHECKING:
    from upath import UPath

    from dagster.io.contexts import InputContext, OutputContext

_LOCAL_PROTOCOLS = ("", "file", "local")


class UPathIOManager(IOManager):
    """Stores each value at a path of its own; subclasses say how a value is written to a path and read from it.

    An asset lies at `<base>/<key>`, a partition at `<base>/<key>/<partition>`, the output of an op at
    `<base>/<run>/<step>/<output>`, each with `extension` at its end. An input of several partitions is loaded as a dict
    by partition key; with the input's metadata `allow_missing_partitions` those never written are left out.

    On this machine a value appears whole: `dump_to_path` gets its final name inside of a hidden folder beside the final
    place, and what it wrote is moved there after it has returned. One that looks at the earlier value, or appends to it,
    finds a copy of it there. Object stores are written directly.

    Args:
        base_path: the folder; the current one by default.

    Attributes:
        extension: the end of each path with its dot, e.g. `".csv"`.
        atomic: False hands `dump_to_path` the final path itself, so that a kill leaves half of a value there. For code that
            looks at the earlier value in a way that is not noticed, and where copying the earlier value takes too long.

    Example:
        >>> class CsvFiles(UPathIOManager):
        ...     extension = ".csv"
        ...     def dump_to_path(self, context, obj, path):
        ...         with path.open("w") as file:
        ...             obj.to_csv(file, index=False)
        ...     def load_from_path(self, context, path):
        ...         with path.open() as file:
        ...             return pandas.read_csv(file)
    """

    extension: ClassVar[str | None] = None
    atomic: ClassVar[bool] = True

    def __init__(self, base_path: UPath | None = None) -> None:
        from upath import UPath

        if self.extension is not None and not self.extension.startswith("."):
            raise CheckError(f"The extension of {type(self).__name__} begins with a dot. Got {self.extension!r}.")
        self._base_path = UPath(".") if base_path is None else base_path

    @abstractmethod
    def dump_to_path(self, context: OutputContext, obj: Any, path: UPath) -> None:
        """Write `obj` to `path`, a file or a folder. The folder around it is there."""

    @abstractmethod
    def load_from_path(self, context: InputContext, path: UPath) -> Any:
        """Read what `dump_to_path` wrote. May be `async`: partitions are then read at the same time."""

    @property
    def fs(self) -> Any:
        """The fsspec file system of the base path."""
        return self._base_path.fs

    @property
    def storage_options(self) -> Mapping[str, Any]:
        """The options of that file system."""
        return self._base_path.storage_options

    def get_metadata(self, context: OutputContext, obj: Any) -> dict[str, MetadataValue[Any]]:
        """Metadata to attach beside the path."""
        return {}

    def unlink(self, path: UPath) -> None:
        """Remove the file at `path`."""
        path.unlink()

    def path_exists(self, path: UPath) -> bool:
        """Whether something lies at `path`."""
        return path.exists()

    def make_directory(self, path: UPath) -> None:
        """Make the folder `path`; called before each write. For stores without folders: override it to do nothing."""
        path.mkdir(parents=True, exist_ok=True)

    def has_output(self, context: OutputContext) -> bool:
        """Whether a value is stored for this output."""
        return self.path_exists(self._get_path(context))

    def get_op_output_relative_path(self, context: InputContext | OutputContext) -> UPath:
        """Where below the base path the output of an op lies, without extension."""
        from upath import UPath

        return UPath(*segments_of(context.get_identifier()))

    def get_asset_relative_path(self, context: InputContext | OutputContext) -> UPath:
        """Where below the base path an asset lies, without partition and extension."""
        from upath import UPath

        return UPath(*segments_of(context.asset_key.parts))

    def get_path_for_partition(self, context: InputContext | OutputContext, path: UPath, partition: str) -> UPath:
        """Where a partition lies, without extension.

        Args:
            path: where the asset lies.
            partition: the key; that of several dimensions has a slash between them.
        """
        return self.make_safe_partition_path(path, partition)

    def make_safe_partition_path(self, base_path: UPath, partition: str) -> UPath:
        """A path below `base_path` for a partition key."""
        return base_path.joinpath(*segments_of([partition]))

    def get_writing_output_log_message(self, path: UPath) -> str:
        """What is logged before a write."""
        return f"Writing file at: {path} using {type(self).__name__}..."

    def get_loading_input_log_message(self, path: UPath) -> str:
        """What is logged before a value is read."""
        return f"Loading file from: {path} using {type(self).__name__}..."

    def get_loading_input_partition_log_message(self, path: UPath, partition_key: str) -> str:
        """What is logged before one of several partitions is read."""
        return f"Loading partition {partition_key} from {path} using {type(self).__name__}..."

    def get_missing_partition_log_message(self, partition_key: str) -> str:
        """What is logged for a partition that is left out."""
        return missing_partition_message(partition_key)

    def _messages_of_missing(self, partition_keys: Sequence[str]) -> list[str]:
        return [self.get_missing_partition_log_message(key) for key in partition_keys]

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        if context.has_asset_partitions and len(context.asset_partition_keys) != 1:
            raise several_partitions_refused(self, context)
        path = self._get_path(context)
        self._replace_unpartitioned_file(context)
        self.make_directory(path.parent)
        context.log_debug(self.get_writing_output_log_message(path))
        with self._place_to_write(context, path) as place:
            self.dump_to_path(context=context, obj=obj, path=place)
        if obj is not None:
            said = {"path": PathMetadataValue(str(path)), **self.get_metadata(context=context, obj=obj)}
            context.add_output_metadata(unsaid(context, said))

    def delete_output(self, context: OutputContext) -> None:
        """Removes what is stored of this output, of a partitioned asset of each partition of the context; nothing is no error.

        Raises:
            DagsterInvalidInvocationError: a folder lies there, and the values of other assets may lie in it.
        """
        keys = context.asset_partition_keys if context.has_asset_partitions else [None]
        for key in keys:
            path = self._get_path(context) if key is None else self._path_of_partition(context, key)
            self._bring_back(path)
            if path.is_dir():
                remove_folder_value(self, context, path, key)
            elif self.path_exists(path):
                self.unlink(path)

    def load_input(self, context: InputContext) -> Any:
        if not context.has_asset_partitions:
            path = self._get_path(context)
            context.log_debug(self.get_loading_input_log_message(path))
            return _awaited(self._load_single_input(path, context))
        if _is_async(self.load_from_path):
            return self.load_partitions_async(context)
        values = self.load_partitions(context)
        return of_partitions(context, values)

    def load_partitions(self, context: InputContext) -> dict[str, Any]:
        """The values of the input's partitions by key."""
        return load_each(context, lambda key: self._load_partition(context, key), self._messages_of_missing)

    def load_partitions_async(self, context: InputContext) -> dict[str, Any]:
        """Like `load_partitions` for an `async` `load_from_path`: all partitions are read at the same time."""
        import asyncio

        async def load_all() -> list[Any]:
            keys = context.asset_partition_keys
            return await asyncio.gather(*(self._load_partition(context, key) for key in keys), return_exceptions=True)

        loaded = dict(zip(context.asset_partition_keys, _run(load_all()), strict=True))

        def value_of(key: str) -> Any:
            value = loaded[key]
            if isinstance(value, FileNotFoundError):
                raise self._not_found(context, key) from value
            if isinstance(value, BaseException):
                raise value
            return value

        return load_each(context, value_of, self._messages_of_missing)

    def _load_single_input(self, path: UPath, context: InputContext) -> Any:
        self._bring_back(path)
        try:
            return self.load_from_path(context=context, path=path)
        except FileNotFoundError as cause:
            raise self._not_found(context, None) from cause

    def _load_partition(self, context: InputContext, partition_key: str) -> Any:
        path = self._path_of_partition(context, partition_key)
        context.log_debug(self.get_loading_input_partition_log_message(path, partition_key))
        self._bring_back(path)
        try:
            return self.load_from_path(context=context, path=path)
        except FileNotFoundError as cause:
            if allows_missing(context):
                raise
            raise self._not_found(context, partition_key) from cause

    def _not_found(self, context: InputContext, partition_key: str | None) -> FileNotFoundError:
        path = self._get_path(context) if partition_key is None else self._path_of_partition(context, partition_key)
        local = local_path(path)
        return value_not_found(context, local or str(path), partition_key, is_local=local is not None)

    def _bring_back(self, path: UPath) -> None:
        if (local := local_path(path)) is not None and not os.path.lexists(local):
            from dagster.io.exchanges import recover

            recover(local)

    def _get_path_without_extension(self, context: InputContext | OutputContext) -> UPath:
        if not context.has_asset_key:
            return self._base_path.joinpath(_posix(self.get_op_output_relative_path(context)))
        segments_of(context.asset_key.parts)  # refused here, also when a subclass names the path in its own way
        return self._base_path.joinpath(_posix(self.get_asset_relative_path(context)))

    def _get_path(self, context: InputContext | OutputContext) -> UPath:
        if context.has_asset_partitions and len(context.asset_partition_keys) == 1:
            return self._path_of_partition(context, context.asset_partition_key)
        return self._with_extension(self._get_path_without_extension(context))

    def _path_of_partition(self, context: InputContext | OutputContext, partition_key: str) -> UPath:
        partition = "/".join(segments_of(partition_names(context, partition_key)))
        whole = self._get_path_without_extension(context)
        return self._with_extension(self.get_path_for_partition(context=context, path=whole, partition=partition))

    def _with_extension(self, path: UPath) -> UPath:
        return path.with_name(path.name + self.extension) if self.extension else path

    def _replace_unpartitioned_file(self, context: OutputContext) -> None:
        """Make way for partitions where the asset's value lay before it was partitioned."""
        if not context.has_asset_partitions or self.extension:
            return
        before = self._get_path_without_extension(context)
        if before != self._get_path(context) and before.is_file():
            context.log.warning(f"{before} holds the value of this asset before it was partitioned. It is removed.")
            self.unlink(before)

    @contextmanager
    def _place_to_write(self, context: OutputContext, path: UPath) -> Generator[UPath]:
        final = local_path(path)
        use = use_of_the_old_value(type(self), "dump_to_path") if self.atomic and final is not None else "roams"
        if final is None or use == "roams":
            yield path
            return
        from dagster.io.staging import staged

        with staged(final, context.run_id, use) as place:
            yield _placed(path, place)
            _name_final_path(context, place, final)


def local_path(path: UPath) -> str | None:
    """The absolute path of a file on this machine; None for other stores."""
    if getattr(path, "protocol", "") not in _LOCAL_PROTOCOLS:
        return None
    return os.path.abspath(os.fspath(path) if isinstance(path, os.PathLike) else path.path)


def _placed(path: UPath, place: str) -> UPath:
    """`place` as a path of the same kind as `path`."""
    folder, name = os.path.split(place)
    hidden = path.parent / os.path.basename(folder) / name
    if local_path(hidden) == place:
        return hidden
    from upath import UPath

    return UPath(place)


def _name_final_path(context: OutputContext, place: str, final: str) -> None:
    """Metadata that the code attached while it wrote names the final path, not the hidden one."""
    logged = context.consume_logged_metadata()
    renamed: dict[str, Any] = {}
    for label, value in logged.items():
        if isinstance(value, (PathMetadataValue, TextMetadataValue, UrlMetadataValue)) and place in str(value.value):
            renamed[label] = type(value)(str(value.value).replace(place, final))
        else:
            renamed[label] = value
    context.add_output_metadata(renamed)


def _posix(path: Any) -> str:
    return path.as_posix() if hasattr(path, "as_posix") else str(path)


def _is_async(function: Any) -> bool:
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return code is not None and bool(code.co_flags & 0x80)  # CO_COROUTINE


def _awaited(value: Any) -> Any:
    if not hasattr(value, "__await__"):
        return value

    async def wait() -> Any:
        return await value

    return _run(wait())


def _run(coroutine: Any) -> Any:
    """The result of a coroutine, also where an event loop is running already, as in a notebook."""
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
