"""Runs of a served project as GraphQL knows them: launched without a page, and looked up beside one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from browser.developing import Developing

ASSET_JOB = "__ASSET_JOB"

_LAUNCH = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) {
  __typename ... on LaunchRunSuccess { run { id } } ... on PythonError { message }
  ... on RunConfigValidationInvalid { errors { message } } } }"""
_RUN = """query ($id: ID!) { runOrError(runId: $id) { ... on Run {
  id status jobName parentRunId rootRunId runConfigYaml assetSelection { path } tags { key value }
  stepStats { stepKey status } } } }"""
_ASSET = """query ($key: AssetKeyInput!) { assetOrError(assetKey: $key) { ... on Asset {
  assetMaterializations { runId partition metadataEntries {
    label ... on IntMetadataEntry { intValue } ... on TextMetadataEntry { text } }
} } } }"""
ENDED = ("SUCCESS", "FAILURE", "CANCELED")


def launch(
    served: Developing,
    location: str,
    job: str = ASSET_JOB,
    assets: Sequence[str] = (),
    config: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
) -> str:
    """The id of a run that was launched now."""
    selector = {"repositoryLocationName": location, "repositoryName": "__repository__", "pipelineName": job}
    if assets:
        selector["assetSelection"] = [{"path": [name]} for name in assets]
    metadata = {"tags": [{"key": key, "value": value} for key, value in (tags or {}).items()]}
    params = {"selector": selector, "runConfigData": config or {}, "mode": "default", "executionMetadata": metadata}
    answer = served.ask(_LAUNCH, {"params": params})["launchRun"]
    assert answer["__typename"] == "LaunchRunSuccess", answer
    return answer["run"]["id"]


def run_of(served: Developing, run_id: str) -> Any:
    """How a run stands."""
    return served.ask(_RUN, {"id": run_id})["runOrError"]


def ended(served: Developing, run_id: str) -> Any:
    """How a run stands, as soon as it has ended."""

    def after_its_end() -> Any:
        run = run_of(served, run_id)
        return run if run["status"] in ENDED else None

    return served.wait(after_its_end)


def steps_of(run: Any) -> dict[str, str]:
    """The status of each step that the run began, by its key."""
    return {step["stepKey"]: step["status"] for step in run["stepStats"]}


def materializations_of(served: Developing, asset: str) -> list[Any]:
    """The materializations of an asset, newest first."""
    return served.ask(_ASSET, {"key": {"path": [asset]}})["assetOrError"]["assetMaterializations"]
