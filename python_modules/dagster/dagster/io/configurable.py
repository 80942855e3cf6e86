"""IO managers as classes with typed fields."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, TypeVar

from dagster.define.configurable_resources import ConfigurableResourceFactory
from dagster.define.resource_contexts import InitResourceContext
from dagster.io.managers import IOManager

TIOManager = TypeVar("TIOManager", bound=IOManager)


class ConfigurableIOManagerFactory(ConfigurableResourceFactory[TIOManager]):
    """A class with typed fields that makes an IO manager.

    Example:
        >>> class Texts(ConfigurableIOManagerFactory):
        ...     folder: str
        ...     def create_io_manager(self, context):
        ...         return TextFiles(Path(self.folder))
        >>> Texts(folder="/data").folder
        '/data'
    """

    @abstractmethod
    def create_io_manager(self, context: InitResourceContext) -> TIOManager:
        """The IO manager; called once per run in each of its processes."""
        raise NotImplementedError

    def create_resource(self, context: InitResourceContext) -> TIOManager:
        return self.create_io_manager(context)

    @classmethod
    def input_config_schema(cls) -> Any:
        """The config that each input loaded by it may take; none by default."""
        return None

    @classmethod
    def output_config_schema(cls) -> Any:
        """The config that each output stored by it may take; none by default."""
        return None


class ConfigurableIOManager(ConfigurableIOManagerFactory[Any], IOManager):
    """An IO manager as a class: its fields are its config.

    Example:
        >>> class Files(ConfigurableIOManager):
        ...     folder: str
        ...     def handle_output(self, context, obj):
        ...         (Path(self.folder) / context.step_key).write_text(obj)
        ...     def load_input(self, context):
        ...         return (Path(self.folder) / context.upstream_output.step_key).read_text()
    """

    def create_io_manager(self, context: InitResourceContext) -> Any:
        return self


class ConfigurableLegacyIOManagerAdapter(ConfigurableIOManagerFactory[IOManager]):
    """Gives typed fields to an IO manager that exists already.

    Example:
        >>> class Adapted(ConfigurableLegacyIOManagerAdapter):
        ...     folder: str
        ...     @property
        ...     def wrapped_io_manager(self):
        ...         return FilesystemIOManager(base_dir=self.folder)
    """

    @property
    @abstractmethod
    def wrapped_io_manager(self) -> Any:
        """The IO manager, or the definition of one."""
        raise NotImplementedError

    def create_io_manager(self, context: InitResourceContext) -> IOManager:
        wrapped = self.wrapped_io_manager
        return wrapped(context) if hasattr(wrapped, "resource_fn") else wrapped
