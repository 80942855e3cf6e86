"""A client of the web server: launch jobs, ask for the status of runs, stop them, load code again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dagster.config.run_config import to_run_config_dict
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.metadata.tags import run_tags
from dagster.runs.statuses import DagsterRunStatus
from dagster_graphql.client import documents
from dagster_graphql.client.outcomes import (
    DagsterGraphQLClientError,
    InvalidOutputErrorInfo,
    ReloadRepositoryLocationInfo,
    ReloadRepositoryLocationStatus,
    ShutdownRepositoryLocationInfo,
    ShutdownRepositoryLocationStatus,
)
from dagster_graphql.client.transports import HttpTransport, transport_of


class DagsterGraphQLClient:
    """Asks a web server.

    Args:
        hostname: where it listens, as `localhost` or `example.org:3000`.
        port_number: its port; without: that of the scheme, or the one in `hostname`.
        transport: sends the documents, instead of HTTP: an object with `execute(document, variables)`, or a transport of `gql`.
        use_https: whether it is asked over TLS.
        timeout: how long an answer may take, in seconds.
        headers: sent with each document, such as the server's token.
        auth: user and password, or a function that is given each request and adds to it.
        path_prefix: under which the server stands.

    Example:
        >>> client = DagsterGraphQLClient("localhost", port_number=3000)
        >>> client.url
        'http://localhost:3000/graphql'
    """

    def __init__(
        self,
        hostname: str,
        port_number: int | None = None,
        transport: Any = None,
        use_https: bool = False,
        timeout: int = 300,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | Callable[[Any], Any] | None = None,
        path_prefix: str = "",
    ) -> None:
        place = f"{hostname}:{port_number}" if port_number is not None else hostname
        prefix = f"/{path_prefix.strip('/')}" if path_prefix.strip("/") else ""
        self.url = f"{'https' if use_https else 'http'}://{place}{prefix}/graphql"
        self._transport = (
            transport_of(transport) if transport is not None else HttpTransport(self.url, float(timeout), headers, auth)
        )

    def _execute(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The data of any document. Projects call it, private as its name is, for what has no method."""
        return self._transport.execute(query, variables or {})

    def _asked(self, document: str, field: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        return self._execute(document, variables)[field]

    def submit_job_execution(
        self,
        job_name: str,
        repository_location_name: str | None = None,
        repository_name: str | None = None,
        run_config: Any = None,
        tags: dict[str, Any] | None = None,
        op_selection: Sequence[str] | None = None,
        asset_selection: Sequence[CoercibleToAssetKey] | None = None,
    ) -> str:
        """Launches a job and gives the id of its run; it waits in the queue then.

        Args:
            job_name: the job.
            repository_location_name: its code location; may be left out where only one has such a job.
            repository_name: its repository; likewise.
            run_config: a dict or a `RunConfig`.
            tags: of the run; values that are no strings are written as JSON.
            op_selection: ops of the job to run; without: all.
            asset_selection: assets of the job to make; without: all.

        Raises:
            DagsterGraphQLClientError: there is no such job, or several; the config does not fit; or the server cannot be asked.
        """
        if repository_location_name is None or repository_name is None:
            repository_location_name, repository_name = self._place_of(job_name)
        keys = [AssetKey.from_coercible(each) for each in asset_selection] if asset_selection is not None else None
        selector = {
            "repositoryLocationName": repository_location_name,
            "repositoryName": repository_name,
            "pipelineName": job_name,
            "solidSelection": list(op_selection) if op_selection is not None else None,
            "assetSelection": [{"path": key.path} for key in keys] if keys is not None else None,
        }
        params = {
            "selector": selector,
            "runConfigData": to_run_config_dict(run_config),
            "mode": "default",
            "executionMetadata": {"tags": [{"key": key, "value": value} for key, value in run_tags(tags).items()]},
        }
        return _run_id(self._asked(documents.LAUNCH, "launchPipelineExecution", {"executionParams": params}))

    def _place_of(self, job_name: str) -> tuple[str, str]:
        """Location and repository of the only job of a name."""
        found = self._asked(documents.JOBS, "repositoriesOrError", {})
        if found["__typename"] != "RepositoryConnection":
            raise DagsterGraphQLClientError(found["__typename"], found["message"])
        places = [
            (node["location"]["name"], node["name"])
            for node in found["nodes"]
            if any(job["name"] == job_name for job in node["pipelines"])
        ]
        if not places:
            raise DagsterGraphQLClientError("JobNotFoundError", f"No jobs with the name `{job_name}` exist")
        if len(places) > 1:
            raise DagsterGraphQLClientError(
                "Must specify repository_location_name and repository_name since there are multiple jobs with the name "
                f"{job_name}.\n\tchoose one of: {places}"
            )
        return places[0]

    def get_run_status(self, run_id: str) -> DagsterRunStatus:
        """The status of a run.

        Raises:
            DagsterGraphQLClientError: there is no such run, or the server cannot be asked.
        """
        found = self._asked(documents.RUN_STATUS, "pipelineRunOrError", {"runId": run_id})
        if found["__typename"] != "Run":
            raise DagsterGraphQLClientError(found["__typename"], found["message"])
        return DagsterRunStatus(found["status"])

    def reload_repository_location(self, repository_location_name: str) -> ReloadRepositoryLocationInfo:
        """Loads the code of a location again; gives whether that worked.

        Raises:
            DagsterGraphQLClientError: the server cannot be asked.
        """
        found = self._asked(documents.RELOAD, "reloadRepositoryLocation", {"repositoryLocationName": repository_location_name})
        kind: str = found["__typename"]
        if kind != "WorkspaceLocationEntry":
            failed = ReloadRepositoryLocationStatus.FAILURE
            return ReloadRepositoryLocationInfo(status=failed, failure_type=kind, message=found["message"])
        loaded: dict[str, Any] = found["locationOrLoadError"] or {}
        if loaded.get("__typename") == "PythonError":
            failed = ReloadRepositoryLocationStatus.FAILURE
            return ReloadRepositoryLocationInfo(status=failed, failure_type="PythonError", message=loaded["message"])
        return ReloadRepositoryLocationInfo(status=ReloadRepositoryLocationStatus.SUCCESS)

    def shutdown_repository_location(self, repository_location_name: str) -> ShutdownRepositoryLocationInfo:
        """Ends the processes that serve a code location; they are started again.

        Raises:
            DagsterGraphQLClientError: the server cannot be asked, or does not permit it.
        """
        found = self._asked(
            documents.SHUT_DOWN, "shutdownRepositoryLocation", {"repositoryLocationName": repository_location_name}
        )
        if found["__typename"] == "ShutdownRepositoryLocationSuccess":
            return ShutdownRepositoryLocationInfo(status=ShutdownRepositoryLocationStatus.SUCCESS)
        return ShutdownRepositoryLocationInfo(status=ShutdownRepositoryLocationStatus.FAILURE, message=found["message"])

    def terminate_run(self, run_id: str) -> None:
        """Asks a run to stop.

        Raises:
            DagsterGraphQLClientError: there is no such run, it has ended, or the server cannot be asked.
        """
        [kind, message] = self._terminated([run_id])[0]
        if kind == "RunNotFoundError":
            raise DagsterGraphQLClientError("RunNotFoundError", f"Run Id {run_id} not found")
        if kind != "TerminateRunSuccess":
            raise DagsterGraphQLClientError(kind, message)

    def terminate_runs(self, run_ids: list[str]) -> None:
        """Asks several runs to stop.

        Raises:
            DagsterGraphQLClientError: one of them cannot be stopped; the sentence tells of each.
        """
        failed = [(kind, message) for kind, message in self._terminated(run_ids) if kind != "TerminateRunSuccess"]
        if failed:
            how_many = "All" if len(failed) == len(run_ids) else "Some"
            raise DagsterGraphQLClientError("TerminateRunsError", f"{how_many} run terminations failed: {failed}")

    def _terminated(self, run_ids: Sequence[str]) -> list[tuple[str, str | None]]:
        found = self._asked(documents.TERMINATE, "terminateRuns", {"runIds": list(run_ids)})
        if found["__typename"] != "TerminateRunsResult":
            raise DagsterGraphQLClientError(found["__typename"], found["message"])
        return [(each["__typename"], each.get("message")) for each in found["terminateRunResults"]]


def _run_id(found: dict[str, Any]) -> str:
    """The id of a run that was launched.

    Raises:
        DagsterGraphQLClientError: it was refused.
    """
    kind: str = found["__typename"]
    if kind == "LaunchRunSuccess":
        return found["run"]["runId"]
    if kind == "RunConfigValidationInvalid":
        raise DagsterGraphQLClientError(kind, found["errors"])
    if kind == "InvalidStepError":
        raise DagsterGraphQLClientError(kind, found["invalidStepKey"])
    if kind == "InvalidOutputError":
        info = InvalidOutputErrorInfo(step_key=found["stepKey"], invalid_output_name=found["invalidOutputName"])
        raise DagsterGraphQLClientError(kind, body=info)
    raise DagsterGraphQLClientError(kind, found["message"])
