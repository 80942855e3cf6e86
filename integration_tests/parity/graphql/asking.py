"""Asks a server every document in order, and makes facts of the answers: what changes from run to run is told by its kind."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError

from parity.graphql.documents import Document

SECONDS = 90.0
LOOK_SECONDS = 0.2

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DURATION = re.compile(r"\b\d+(\.\d+)?(ms|s)\b")
_PID = re.compile(r"pid: \d+")
_FOLDER = re.compile(r"\S*/parity-\w+")
_KEY_OF_TYPE = re.compile(r"\b(Shape|Selector|Permissive)\.[0-9a-f]{40}")
_CHANGING = frozenset({"id", "cursor", "stack", "startTimestamp"})
"""Fields of which only is told whether they are there."""


class NotReached(AssertionError):
    """A document did not come to the answer for which it is asked again and again."""


class Asking:
    """Asks one server.

    Args:
        url: of its `/graphql`.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._kept: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    def facts_of(self, document: Document) -> Any:
        """What a document answers."""
        variables = self._filled(document.variables)
        deadline = time.monotonic() + SECONDS
        while True:
            answer = self._sent(document.text, variables)
            if document.until is None or at(answer.get("data"), document.until[0]) in document.until[1]:
                break
            if time.monotonic() > deadline:
                raise NotReached(f"{document.name}: {json.dumps(answer)[:2000]}")
            time.sleep(LOOK_SECONDS)
        for name, place in document.keeps.items():
            found = at(answer.get("data"), place)
            self._kept[name] = found
            if isinstance(found, str) and _ID.fullmatch(found):
                self._names[found] = name
        return self._told(answer)

    def _filled(self, variables: Any) -> Any:
        if isinstance(variables, Mapping):
            return {key: self._filled(value) for key, value in variables.items()}
        if isinstance(variables, list):
            return [self._filled(each) for each in variables]
        if isinstance(variables, str) and variables.startswith("<"):
            return self._kept[variables.strip("<>")]
        return variables

    def _sent(self, text: str, variables: Any) -> dict[str, Any]:
        body = json.dumps({"query": text, "variables": variables}).encode()
        request = urllib.request.Request(self._url, data=body, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:
                return json.load(response)
        except HTTPError as refused:
            return json.load(refused)

    def _told(self, value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            if "errors" in value and "data" in value:
                value = {**value, "errors": [{"message": error["message"]} for error in value["errors"]]}
            return {key: self._told(each, key) for key, each in value.items() if key != "extensions"}
        if isinstance(value, list):
            return [self._told(each, field) for each in value]
        if field in _CHANGING and value is not None:
            return f"<{field}>"
        if isinstance(value, str):
            return self._text(value)
        return value

    def _text(self, text: str) -> str:
        text = _ID.sub(lambda found: f"<{self._names.get(found.group(), 'a run')}>", text)
        text = _FOLDER.sub("{folder}", text)
        text = _DURATION.sub("<duration>", _PID.sub("pid: <pid>", text))
        return _KEY_OF_TYPE.sub(lambda found: f"{found.group(1)}.<key>", text)


def comparable(document: Document, facts: Any) -> Any:
    """The facts without what is each side's own: order where it says nothing, names of IO managers."""
    compared = _without_places(facts, document.leaves_out)
    for place in document.unordered:
        listed = at(compared.get("data"), place)
        if isinstance(listed, list):
            listed.sort(key=lambda each: json.dumps(each, sort_keys=True))
    return compared


_IO_MANAGER = re.compile(r"using \w+IOManager")


def _without_places(value: Any, left_out: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each, left_out) for key, each in value.items()}
    if isinstance(value, list):
        kept = [each for each in value if each != {} and not (isinstance(each, dict) and each.get("__typename") in left_out)]
        return [_without_places(each, left_out) for each in kept]
    if isinstance(value, str):
        return _IO_MANAGER.sub("using <an IO manager>", value)
    return value


def at(data: Any, place: str) -> Any:
    """What stands at a place such as `runOrError.steps.0.key`; None where nothing does."""
    for part in place.split("."):
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data
