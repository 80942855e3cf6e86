"""Several processes of one session, each with a message writer of its own."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from dagster.errors import CheckError
from dagster.pipes.messages import PipesLaunchedData, PipesMessageHandler, PipesMessageReader

if TYPE_CHECKING:
    from dagster_pipes import PipesOpenedData

# The parameter under which the parameters of each writer stand.
COMPOSITE_WRITERS = "dagster_pipes_composite_writers"


class PipesCompositeMessageReader(PipesMessageReader):
    """Reads the messages of several processes, such as the ranks of a distributed job, each with a reader of its own.

    `PipesSession.get_per_writer_bootstrap_env_vars` gives what each process is launched with. The session is closed when all of
    them have closed it.

    Args:
        readers: one per process.

    Raises:
        CheckError: there is none.

    Example:
        >>> reader = PipesCompositeMessageReader([PipesTempFileMessageReader(), PipesTempFileMessageReader()])
        >>> with open_pipes_session(build_op_context(), PipesEnvContextInjector(), reader) as session:
        ...     len(session.get_per_writer_bootstrap_env_vars())
        2
    """

    def __init__(self, readers: Sequence[PipesMessageReader]) -> None:
        if not readers:
            raise CheckError("PipesCompositeMessageReader needs a reader for each process that writes messages; there is none.")
        self._readers = tuple(readers)

    @contextmanager
    def read_messages(self, handler: PipesMessageHandler) -> Generator[Mapping[str, Any]]:
        """Yields the parameters of each writer."""
        with ExitStack() as stack:
            params = [dict(stack.enter_context(reader.read_messages(handler))) for reader in self._readers]
            yield {COMPOSITE_WRITERS: params}

    def on_opened(self, opened_payload: PipesOpenedData) -> None:
        """Tells every reader."""
        for reader in self._readers:
            reader.on_opened(opened_payload)

    def on_launched(self, launched_payload: PipesLaunchedData) -> None:
        """Tells every reader."""
        for reader in self._readers:
            reader.on_launched(launched_payload)

    @property
    def expected_writer_count(self) -> int:
        """How many processes write messages."""
        return sum(reader.expected_writer_count for reader in self._readers)

    def no_messages_debug_text(self) -> str:
        """What each reader says, by its number."""
        return "\n".join(f"[writer {number}] {reader.no_messages_debug_text()}" for number, reader in enumerate(self._readers))
