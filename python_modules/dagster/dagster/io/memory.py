"""Values kept in the memory of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterValueNotInMemoryError
from dagster.io.managers import IOManager

if TYPE_CHECKING:
    from dagster.io.contexts import InputContext, OutputContext


class InMemoryIOManager(IOManager):
    """Hands values on inside of one process; they end with it.

    A value is handed on as it is, not copied: a step that changes its input in place changes it for all.
    """

    def __init__(self) -> None:
        self.values: dict[tuple[str, ...], object] = {}

    def handle_output(self, context: OutputContext, obj: object) -> None:
        self.values[tuple(context.get_identifier())] = obj

    def load_input(self, context: InputContext) -> Any:
        upstream = context.upstream_output
        if upstream is None or not upstream.has_run_id:  # made before this run: nothing of it is in memory
            raise DagsterValueNotInMemoryError(_name_of(context))
        key = tuple(upstream.get_identifier())
        if key not in self.values:
            raise DagsterValueNotInMemoryError(_name_of(context))
        return self.values[key]


def _name_of(context: InputContext) -> str:
    return f'asset "{context.asset_key.to_user_string()}"' if context.has_asset_key else f'input "{context.name}"'
