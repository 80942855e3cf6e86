"""Events about assets that happened outside of any run, reported over HTTP.

`POST /report_asset_materialization/<key>`, `/report_asset_observation/<key>` and `/report_asset_check/<key>`, each with a JSON
object as its body; facts may stand in the address as well. The key may also be given as `asset_key`, as text or as a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dagster.errors import DagsterError
from dagster.events.asset_events import AssetCheckEvaluation, AssetCheckSeverity, AssetMaterialization, AssetObservation
from dagster.events.data_versions import DATA_VERSION_TAG
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster_webserver.access import is_json

Reported = AssetMaterialization | AssetObservation | AssetCheckEvaluation


class ReportRefused(ValueError):
    """A report that cannot be stored; the message says what is wrong with it."""


class Reports:
    """Stores what is reported of one kind.

    Args:
        instance: where it is stored.
        prefix: of the path, up to the asset's key.
        make: makes the event of a key and what was said.
        is_read_only: whether all of them are refused.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        prefix: str,
        make: Callable[[AssetKey, Mapping[str, Any]], Reported],
        *,
        is_read_only: bool,
    ) -> None:
        self._instance = instance
        self._prefix = prefix
        self._make = make
        self._is_read_only = is_read_only

    async def __call__(self, request: Request) -> Response:
        """Store one report: 200 and `{}`, or 400 and why not."""
        if self._is_read_only:
            return _refused("This server is read-only.", 403)
        if not is_json(request.headers.get("content-type", "")):
            return _refused("Send the report as JSON, with the header `Content-Type: application/json`.", 415)
        try:
            said = _said(await request.body(), request.query_params)
            event = self._make(_key(request.path_params.get("asset_key", ""), said, self._prefix), said)
        except ReportRefused as refused:
            return _refused(str(refused), 400)
        await run_in_threadpool(self._instance.report_runless_asset_event, event)
        return Response(b"{}", media_type="application/json")


def materialization(key: AssetKey, said: Mapping[str, Any]) -> AssetMaterialization:
    """The materialization that a report tells of.

    Raises:
        ReportRefused: what was said makes none.
    """
    facts = _facts(said, {"description": str, "partition": str, "metadata": dict, "tags": dict, "data_version": str})
    return _made(AssetMaterialization, key, facts | {"tags": _tags(facts)})


def observation(key: AssetKey, said: Mapping[str, Any]) -> AssetObservation:
    """The observation that a report tells of.

    Raises:
        ReportRefused: what was said makes none.
    """
    facts = _facts(said, {"description": str, "partition": str, "metadata": dict, "tags": dict, "data_version": str})
    return _made(AssetObservation, key, facts | {"tags": _tags(facts) or {}})


def check_evaluation(key: AssetKey, said: Mapping[str, Any]) -> AssetCheckEvaluation:
    """The evaluation of a check that a report tells of.

    Raises:
        ReportRefused: what was said makes none.
    """
    kinds = {"check_name": str, "passed": bool, "severity": str, "metadata": dict, "description": str, "partition": str}
    facts = _facts(said, kinds)
    for name in ("check_name", "passed"):
        if name not in facts:
            raise ReportRefused(f"Missing required parameter '{name}'.")
    severity = facts.pop("severity", AssetCheckSeverity.ERROR.value)
    if severity not in AssetCheckSeverity.__members__:
        raise ReportRefused(f"severity is {' or '.join(AssetCheckSeverity.__members__)}, not {severity!r}.")
    return _made(AssetCheckEvaluation, key, facts | {"severity": AssetCheckSeverity[severity]})


def _made(kind: Any, key: AssetKey, facts: Mapping[str, Any]) -> Any:
    given = {name: value for name, value in facts.items() if name != "data_version"}
    try:
        return kind(asset_key=key, **given)
    except (DagsterError, TypeError, ValueError) as refused:
        raise ReportRefused(f"Error constructing {kind.__name__}: {refused}") from refused


def _said(body: bytes, parameters: Mapping[str, str]) -> dict[str, Any]:
    """What the body says; what the address says where the body does not."""
    try:
        said = msgspec.json.decode(body, type=dict[str, Any]) if body.strip() else {}
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as refused:
        raise ReportRefused(f"The body is no JSON object: {refused}.") from refused
    return {**{name: _of_text(name, value) for name, value in parameters.items()}, **said}


def _of_text(name: str, value: str) -> Any:
    """What an address says: JSON where it can be nothing else."""
    if name in ("metadata", "tags", "passed") or (name == "asset_key" and value.startswith("[")):
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError) as refused:
            raise ReportRefused(f"{name} is given as JSON, not {value!r}.") from refused
    return value


def _facts(said: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    """What was said, by name, without what was left open; other names are passed over."""
    facts = {name: said[name] for name in kinds if said.get(name) is not None}
    for name, value in facts.items():
        if not isinstance(value, kinds[name]):
            raise ReportRefused(f"{name} is of type {kinds[name].__name__}, not {value!r}.")
        if isinstance(value, str) and "\0" in value:  # PostgreSQL cannot store it as text
            raise ReportRefused(f"{name} has a character with the code 0, which cannot be stored.")
    return facts


def _tags(facts: Mapping[str, Any]) -> dict[str, str] | None:
    tags: dict[str, Any] = dict(facts.get("tags") or {})
    if not all(isinstance(value, str) for value in tags.values()):
        raise ReportRefused("tags are texts by name.")
    if "data_version" in facts:
        tags[DATA_VERSION_TAG] = facts["data_version"]
    return tags or None


def _key(path: str, said: Mapping[str, Any], prefix: str) -> AssetKey:
    given: object = said.get("asset_key")
    if path:
        return AssetKey([unquote(part) for part in path.split("/")])
    if isinstance(given, str) and given:
        return AssetKey.from_user_string(given)
    if isinstance(given, list):
        parts: list[object] = given  # pyright: ignore[reportUnknownVariableType] - checked in the next line
        if parts and all(isinstance(part, str) and part for part in parts):
            return AssetKey([str(part) for part in parts])
        raise ReportRefused(f"asset_key is a text or a list of texts, not {given!r}.")
    if given:
        raise ReportRefused(f"asset_key is a text or a list of texts, not {given!r}.")
    raise ReportRefused(f"Empty asset key, must provide asset key as url path after {prefix} or query param asset_key.")


def _refused(sentence: str, status: int) -> Response:
    return Response(msgspec.json.encode({"error": sentence}), status, media_type="application/json")
