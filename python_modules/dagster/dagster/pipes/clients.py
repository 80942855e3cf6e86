"""Clients: they launch an outside process and give what it reported."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from dagster.events.results import AssetCheckResult, MaterializeResult
from dagster.execution.contexts import OpExecutionContext
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.values import MetadataValue
from dagster.pipes.messages import PipesExecutionResult
from dagster.pipes.sessions import PipesSession


class PipesClient(ABC):
    """Launches an outside process and waits for it. A parameter that is annotated with a client is a resource.

    Example:
        >>> class Cluster(PipesClient):
        ...     def run(self, *, context, extras=None, task):
        ...         with open_pipes_session(context, PipesEnvContextInjector(), PipesTempFileMessageReader()) as session:
        ...             pass  # submit the task with session.get_bootstrap_env_vars() and wait for it
        ...         return PipesClientCompletedInvocation(session, metadata={"task": task})
    """

    __is_resource__ = True

    @abstractmethod
    def run(
        self, *, context: OpExecutionContext, extras: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> PipesClientCompletedInvocation:
        """Launch the process and wait until it has ended.

        Args:
            context: of the step that the process works for.
            extras: JSON values for the process.
            kwargs: what to launch, in terms of the client.
        """


class PipesClientCompletedInvocation:
    """What an outside process that has ended reported.

    Args:
        session: the session that it had.
        metadata: of the client's own, for each materialization.

    Example:
        >>> with open_pipes_session(build_op_context(), PipesEnvContextInjector(), PipesTempFileMessageReader()) as session:
        ...     session.message_handler.handle_message({"__dagster_pipes_version": "0.1", "method": "report_custom_message",
        ...         "params": {"payload": 3}})
        >>> PipesClientCompletedInvocation(session).get_custom_messages()
        (3,)
    """

    def __init__(self, session: PipesSession, metadata: Mapping[str, Any] | None = None) -> None:
        self._session = session
        self._metadata = normalize_metadata(metadata)

    @property
    def metadata(self) -> Mapping[str, MetadataValue[Any]]:
        """The client's own metadata."""
        return self._metadata

    def get_results(self, *, implicit_materializations: bool = True) -> Sequence[PipesExecutionResult]:
        """What was reported, in order, and then the assets of the step that were not; to be returned from the step.

        Args:
            implicit_materializations: whether the assets that were not reported count as written.
        """
        return self._session.get_results(implicit_materializations=implicit_materializations, metadata=self._metadata)

    def get_materialize_result(self, *, implicit_materialization: bool = True) -> MaterializeResult[Any]:
        """The one materialization, with the results of its checks.

        Args:
            implicit_materialization: whether an asset that was not reported counts as written.

        Raises:
            DagsterPipesError: there is none, or there are several.
        """
        from dagster_pipes import DagsterPipesError

        materialized, checks = _apart(self.get_results(implicit_materializations=implicit_materialization))
        if not materialized:
            raise DagsterPipesError("No materialization results received from external process.")
        if len(materialized) > 1:
            keys = [result.asset_key.to_user_string() for result in materialized if result.asset_key is not None]
            raise DagsterPipesError(
                f"Multiple materialize results returned with asset keys {sorted(keys)}. If you are materializing multiple assets "
                "in a pipes invocation, use get_results() instead."
            )
        (result,) = materialized
        return MaterializeResult(
            asset_key=result.asset_key,
            metadata=result.metadata,
            check_results=[*result.check_results, *checks],
            data_version=result.data_version,
            tags=result.tags,
        )

    def get_asset_check_result(self) -> AssetCheckResult:
        """The one result of a check.

        Raises:
            DagsterPipesError: there is none, or there is more than this one result.
        """
        from dagster_pipes import DagsterPipesError

        materialized, checks = _apart(self.get_results())
        if materialized or len(checks) != 1:
            raise DagsterPipesError(
                f"Did not find singular AssetCheckResult, got {len(materialized)} MaterializeResults and {len(checks)} "
                "AssetCheckResults. Correct the reported results or use get_results() instead."
            )
        return checks[0]

    def get_custom_messages(self) -> Sequence[Any]:
        """The custom messages, in order."""
        return self._session.get_custom_messages()


def _apart(results: Sequence[PipesExecutionResult]) -> tuple[list[MaterializeResult[Any]], list[AssetCheckResult]]:
    """Materializations and checks."""
    materialized = [result for result in results if isinstance(result, MaterializeResult)]
    return materialized, [result for result in results if isinstance(result, AssetCheckResult)]
