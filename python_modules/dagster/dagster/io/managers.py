"""The port behind which values are kept between steps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext


class InputManager(ABC):
    """Loads inputs, wherever they come from."""

    @abstractmethod
    def load_input(self, context: InputContext) -> Any:
        """The value of the input.

        Called in the step's process, once per input, before the step's function.
        """


class OutputManager(ABC):
    """Stores outputs."""

    @abstractmethod
    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store `obj` so that `load_input` of the steps behind finds it.

        Called in the step's process, once per output that is not None-typed, after the step's function.
        """


class IOManager(InputManager, OutputManager):
    """Stores outputs and loads them again as inputs of other steps, runs and processes.

    Example:
        >>> class TextFiles(IOManager):
        ...     def handle_output(self, context, obj):
        ...         Path(*context.get_asset_identifier()).write_text(obj)
        ...     def load_input(self, context):
        ...         return Path(*context.get_asset_identifier()).read_text()

    A manager that also has `delete_output(context: OutputContext)` lets people delete what is stored along with what is known
    of an asset; `UPathIOManager` has it.

    Attributes:
        atomic: whether an interrupted `handle_output` leaves the earlier value as it was.
    """

    atomic: ClassVar[bool] = False
