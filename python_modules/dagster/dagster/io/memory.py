"""Values kept in the memory of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io.managers import IOManager

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext


class DagsterValueNotInMemoryError(DagsterAssetValueNotFoundError, KeyError):
    """A value is asked for that no step of this process has handed on in its memory.

    Attributes:
        path: what was looked for, and why it is not there.
    """

    def __str__(self) -> str:
        what = f'asset "{self.asset_key}"' if self.asset_key else "this output"
        return f"There is no value of {what}: {self.path}. Make it in the same run, or use an IO manager that stores values."


class InMemoryIOManager(IOManager):
    """Hands values on inside of one process; they end with it.

    A value is handed on as it is, not copied: a step that changes its input in place changes it for all.

    Example:
        >>> kept = InMemoryIOManager()
        >>> result = materialize([orders], instance=DagsterInstance.ephemeral(), resources={"io_manager": kept})
        >>> result.asset_value("orders")
        [1, 2, 3]
    """

    def __init__(self) -> None:
        self.values: dict[tuple[str, ...], object] = {}

    def handle_output(self, context: OutputContext, obj: object) -> None:
        self.values[tuple(context.get_identifier())] = obj

    def delete_output(self, context: OutputContext) -> None:
        """Forgets the value of this output."""
        self.values.pop(tuple(context.get_identifier()), None)

    def load_input(self, context: InputContext) -> Any:
        if context.upstream_output is not None and not context.upstream_output.has_run_id and context.has_asset_key:
            raise _not_in_memory(context, "it is kept in memory, and no step of this run makes it")
        key = tuple(context.get_identifier())
        try:
            return self.values[key]
        except KeyError:
            raise _not_in_memory(context, f"nothing lies in memory under {'/'.join(key)}") from None


def _not_in_memory(context: InputContext, path: str) -> DagsterValueNotInMemoryError:
    return DagsterValueNotInMemoryError(
        asset_key=context.asset_key.to_user_string() if context.has_asset_key else None, path=path
    )
