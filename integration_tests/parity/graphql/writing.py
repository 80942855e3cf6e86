"""How documents are written that both servers are asked.

A variable `"<name>"` is what an earlier document gave: the id of a run that it launched, a cursor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

REPOSITORY = {"repositoryName": "__repository__", "repositoryLocationName": "project.py"}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document.

    Attributes:
        name: says what it is about.
        text: the operation.
        variables: of it.
        keeps: names for what later documents need, with the places in the data.
        until: a place in the data, and the values one of which it must have: it is asked again until then.
        unordered: places of lists whose order says nothing.
        leaves_out: types of items of lists that are not compared: what each side tells of its own processes.
    """

    name: str
    text: str
    variables: Mapping[str, Any] = {}
    keeps: Mapping[str, str] = {}
    until: tuple[str, tuple[Any, ...]] | None = None
    unordered: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()


def selector(job: str, **more: Any) -> dict[str, Any]:
    """Names a job."""
    return {"pipelineName": job, **REPOSITORY, **more}


def paths(*names: str) -> list[dict[str, Any]]:
    """Names assets."""
    return [{"path": [name]} for name in names]


def launch(name: str, job: str, keeps: str | None = None, **params: Any) -> Document:
    """Launches a job."""
    chosen = {key: params.pop(key) for key in ("assetSelection", "assetCheckSelection", "solidSelection") if key in params}
    return Document(
        name=name,
        text="""
        mutation($params: ExecutionParams!) {
          launchRun(executionParams: $params) {
            __typename
            ... on LaunchRunSuccess {
              run {
                runId status pipelineName jobName mode tags { key value } stepKeysToExecute runConfigYaml solidSelection
                assetSelection { path } repositoryOrigin { repositoryName repositoryLocationName } rootRunId parentRunId
              }
            }
            ... on RunConfigValidationInvalid {
              pipelineName
              errors {
                __typename message path reason stack { entries { __typename ... on EvaluationStackPathEntry { fieldName } } }
                ... on MissingFieldConfigError { field { name isRequired } }
                ... on FieldNotDefinedConfigError { fieldName }
                ... on RuntimeMismatchConfigError { valueRep }
              }
            }
            ... on PipelineNotFoundError { message pipelineName repositoryName repositoryLocationName }
          }
        }""",
        variables={"params": {"selector": selector(job, **chosen), **params}},
        keeps={keeps: "launchRun.run.runId"} if keeps else {},
        unordered=("launchRun.run.stepKeysToExecute", "launchRun.run.assetSelection"),
    )


def ended(name: str, run: str) -> Document:
    """Waits for the end of a run, and tells how it ended."""
    return Document(
        name=name,
        text="""
        query($runId: ID!) {
          runOrError(runId: $runId) {
            __typename
            ... on Run {
              status canTerminate
              stats { ... on RunStatsSnapshot { stepsSucceeded stepsFailed materializations expectations } }
              stepStats { stepKey status }
            }
          }
        }""",
        variables={"runId": run},
        until=("runOrError.status", ("SUCCESS", "FAILURE", "CANCELED")),
        unordered=("runOrError.stepStats",),
    )
