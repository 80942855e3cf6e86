"""Opening the session of this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from dagster_pipes.contexts import PipesContext
from dagster_pipes.errors import DagsterPipesWarning
from dagster_pipes.params_loaders import PipesEnvVarParamsLoader, PipesParamsLoader

if TYPE_CHECKING:
    from dagster_pipes.context_loaders import PipesContextLoader
    from dagster_pipes.message_writers import PipesMessageWriter


def open_dagster_pipes(
    *,
    context_loader: PipesContextLoader | None = None,
    message_writer: PipesMessageWriter[Any] | None = None,
    params_loader: PipesParamsLoader | None = None,
) -> PipesContext:
    """The session of this process with the one that launched it; opened with the first call.

    A script that was launched otherwise goes on as well: it gets a warning and a context on which everything can be called and
    nothing happens.

    Args:
        context_loader: loads the context; without: from the parameters or the file that they name.
        message_writer: takes the messages; without: to the file or stream that the parameters name.
        params_loader: says where both are; without: environment variables.

    Raises:
        DagsterPipesError: what the other side handed over does not fit.

    Example:
        >>> import warnings
        >>> warnings.simplefilter("ignore", DagsterPipesWarning)
        >>> with open_dagster_pipes() as pipes:
        ...     rows = [3, 5, 8]
        ...     _ = pipes.report_asset_materialization(metadata={"rows": len(rows)})
    """
    if PipesContext.is_initialized():
        return PipesContext.get()
    loader = params_loader or PipesEnvVarParamsLoader()
    if loader.is_dagster_pipes_process():
        from dagster_pipes.context_loaders import PipesDefaultContextLoader
        from dagster_pipes.message_writers import PipesDefaultMessageWriter

        context = PipesContext(
            loader, context_loader or PipesDefaultContextLoader(), message_writer or PipesDefaultMessageWriter()
        )
    else:
        _warn()
        # It stands for a context everywhere, without being one.
        context = cast("PipesContext", Unconnected())
    PipesContext.set(context)
    return context


def _warn() -> None:
    import warnings

    warnings.warn(
        "This process was not launched by a Dagster orchestration process. All calls to the `dagster-pipes` context or attempts "
        "to initialize `dagster-pipes` abstractions are no-ops.",
        DagsterPipesWarning,
        stacklevel=3,
    )


class Unconnected:
    """Answers whatever it is asked with itself, and does nothing."""

    def __getattr__(self, name: str) -> Unconnected:
        if name.startswith("__"):  # what Python itself asks for, e.g. to copy it
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Unconnected:
        return self

    def __getitem__(self, _: Any) -> Unconnected:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Unconnected:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def __repr__(self) -> str:
        return "<no session of Pipes>"
