"""A session with one outside process, or with several that write messages side by side."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dagster.events.results import MaterializeResult
from dagster.execution.contexts import OpExecutionContext
from dagster.pipes.composite_readers import COMPOSITE_WRITERS
from dagster.pipes.context_data import context_data_of, materialized_keys
from dagster.pipes.context_injectors import PipesContextInjector
from dagster.pipes.messages import PipesExecutionResult, PipesLaunchedData, PipesMessageHandler, PipesMessageReader

if TYPE_CHECKING:
    from dagster_pipes import PipesContextData

_CONTEXT_VARIABLE, _MESSAGES_VARIABLE = "DAGSTER_PIPES_CONTEXT", "DAGSTER_PIPES_MESSAGES"
_CONTEXT_ARGUMENT, _MESSAGES_ARGUMENT = "--dagster-pipes-context", "--dagster-pipes-messages"

# Said when what was reported does not come out of the step.
_FORGOTTEN = (
    "Did you forget to `yield from pipes_session.get_results()` or `return <PipesClient>.run(...).get_results`? If using "
    "`open_pipes_session`, `pipes_session.get_results` should be called once after the `open_pipes_session` block has exited to "
    "yield any remaining buffered results."
)


class PipesSession:
    """What an outside process is given to connect with the run, and what it has reported so far.

    `open_pipes_session` makes it.

    Args:
        context_data: the context that the process is given.
        message_handler: takes its messages.
        context_injector_params: with these its context loader is opened.
        message_reader_params: with these its message writer is opened.
        context: of the step that it works for.
        created_at: when the session was opened, in UTC.

    Example:
        >>> with open_pipes_session(build_op_context(), PipesEnvContextInjector(), PipesTempFileMessageReader()) as session:
        ...     sorted(session.get_bootstrap_env_vars())
        ['DAGSTER_PIPES_CONTEXT', 'DAGSTER_PIPES_MESSAGES']
    """

    def __init__(
        self,
        context_data: PipesContextData,
        message_handler: PipesMessageHandler,
        context_injector_params: Mapping[str, Any],
        message_reader_params: Mapping[str, Any],
        context: OpExecutionContext,
        created_at: datetime | None = None,
    ) -> None:
        self.context_data = context_data
        self.message_handler = message_handler
        self.context_injector_params = context_injector_params
        self.message_reader_params = message_reader_params
        self.context = context
        self.created_at = created_at or datetime.now(timezone.utc)

    @cached_property
    def default_remote_invocation_info(self) -> dict[str, str]:
        """Labels that tell whose work the outside process does, for a system that shows them."""
        facts = {
            "dagster/run-id": self.context_data["run_id"],
            "dagster/job": self.context_data["job_name"],
            "dagster/partition": self.context_data["partition_key"],
        }
        return {name: value for name, value in facts.items() if value is not None}

    def get_bootstrap_params(self) -> Mapping[str, Any]:
        """The two parameters as JSON values, by the names of their environment variables."""
        return {_CONTEXT_VARIABLE: self.context_injector_params, _MESSAGES_VARIABLE: self.message_reader_params}

    def get_bootstrap_env_vars(self) -> Mapping[str, str]:
        """The two parameters as environment variables for the process."""
        return _encoded(self.get_bootstrap_params())

    def get_bootstrap_cli_arguments(self) -> Mapping[str, str]:
        """The two parameters as arguments for the process's command."""
        return _as_arguments(self.get_bootstrap_env_vars())

    def get_per_writer_bootstrap_env_vars(self) -> Sequence[Mapping[str, str]]:
        """The environment variables of each process, where several write messages."""
        own = self.message_reader_params.get(COMPOSITE_WRITERS) or [self.message_reader_params]
        return [_encoded({_CONTEXT_VARIABLE: self.context_injector_params, _MESSAGES_VARIABLE: each}) for each in own]

    def get_per_writer_bootstrap_cli_arguments(self) -> Sequence[Mapping[str, str]]:
        """The arguments of each process, where several write messages."""
        return [_as_arguments(variables) for variables in self.get_per_writer_bootstrap_env_vars()]

    def report_launched(self, launched_payload: PipesLaunchedData) -> None:
        """Tell the message reader what is known of the process that was launched."""
        self.message_handler.on_launched(launched_payload)

    def get_reported_results(self) -> Sequence[PipesExecutionResult]:
        """What was reported so far, in order."""
        return self.message_handler.get_reported_results()

    def get_custom_messages(self) -> Sequence[Any]:
        """The custom messages so far, in order."""
        return self.message_handler.get_custom_messages()

    def get_results(
        self, *, implicit_materializations: bool = True, metadata: Mapping[str, Any] | None = None
    ) -> Sequence[PipesExecutionResult]:
        """What was reported, in order, and then the assets of the step that were not.

        Args:
            implicit_materializations: whether the assets that were not reported count as written.
            metadata: added to each materialization; over what was reported under the same name.
        """
        reported = [_with_metadata(result, metadata) for result in self.get_reported_results()]
        if not implicit_materializations:
            return tuple(reported)
        known = {result.asset_key for result in reported if isinstance(result, MaterializeResult)}
        missing = [key for key in materialized_keys(self.context) if key not in known]
        return (*reported, *(MaterializeResult(asset_key=key, metadata={**(metadata or {})}) for key in missing))


def _with_metadata(result: PipesExecutionResult, metadata: Mapping[str, Any] | None) -> PipesExecutionResult:
    if not metadata or not isinstance(result, MaterializeResult):
        return result
    return MaterializeResult(
        asset_key=result.asset_key,
        metadata={**(result.metadata or {}), **metadata},
        check_results=result.check_results,
        data_version=result.data_version,
        tags=result.tags,
    )


def _encoded(params: Mapping[str, Any]) -> Mapping[str, str]:
    from dagster_pipes import encode_param

    return {name: encode_param(value) for name, value in params.items()}


def _as_arguments(variables: Mapping[str, str]) -> Mapping[str, str]:
    names = {_CONTEXT_VARIABLE: _CONTEXT_ARGUMENT, _MESSAGES_VARIABLE: _MESSAGES_ARGUMENT}
    return {names[name]: value for name, value in variables.items()}


@contextmanager
def open_pipes_session(
    context: OpExecutionContext,
    context_injector: PipesContextInjector,
    message_reader: PipesMessageReader,
    extras: Mapping[str, Any] | None = None,
) -> Generator[PipesSession]:
    """A session for a process that the block launches; messages are taken while the block lasts.

    Args:
        context: of the step that the process works for.
        context_injector: puts the context where the process finds it.
        message_reader: reads the process's messages.
        extras: JSON values for the process.

    Example:
        >>> import subprocess, sys
        >>> script = '''from dagster_pipes import open_dagster_pipes
        ... with open_dagster_pipes() as pipes:
        ...     pipes.report_custom_message(pipes.get_extra("limit") + 1)'''
        >>> @op
        ... def counted(context):
        ...     injector, reader = PipesEnvContextInjector(), PipesTempFileMessageReader()
        ...     with open_pipes_session(context, injector, reader, extras={"limit": 10}) as session:
        ...         variables = {**os.environ, **session.get_bootstrap_env_vars()}
        ...         subprocess.run([sys.executable, "-c", script], env=variables, check=True)
        ...     return session.get_custom_messages()
        >>> counted(build_op_context())
        (11,)
    """
    if materialized_keys(context):
        context.set_requires_typed_event_stream(error_message=_FORGOTTEN)
    handler = PipesMessageHandler(context, message_reader)
    context_data = context_data_of(context, extras)
    try:
        with context_injector.inject_context(context_data) as injected, handler.handle_messages() as read:
            yield PipesSession(context_data, handler, injected, read, context)
    finally:
        _tell_what_did_not_come(context, handler, context_injector, message_reader)


def _tell_what_did_not_come(
    context: OpExecutionContext, handler: PipesMessageHandler, injector: PipesContextInjector, reader: PipesMessageReader
) -> None:
    if not handler.received_opened_message:
        context.log.warning(
            "[pipes] did not receive any messages from external process. Check stdout / stderr logs from the external process if "
            f"possible.\n{type(injector).__name__}: {injector.no_messages_debug_text()}\n"
            f"{type(reader).__name__}: {reader.no_messages_debug_text()}\n"
        )
    elif not handler.received_closed_message:
        context.log.warning(
            "[pipes] did not receive closed message from external process. Buffered messages may have been discarded without "
            "being delivered. Use `open_dagster_pipes` as a context manager (a with block) to ensure that cleanup is "
            "successfully completed. If that is not possible, manually call `PipesContext.close()` before process exit."
        )
