"""The one place where facts are made comparable. Every rule says why it must exist.

A rule may hide only what differs between two runs of the *same* implementation. What differs
between the implementations is a difference, and belongs in `differences.py` with a heading in
docs/differences.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

Fact = Any
"""A JSON value: None, bool, int, float, str, list or dict with str keys."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of a program could not choose: where it ran and when."""

    places: Mapping[str, str]
    """Directories made for this run, each with the name that stands for it."""
    started: float
    """Seconds since the epoch."""
    ended: float


# Run ids are random UUIDs, also inside messages and tags. They are numbered by first appearance
# rather than blanked, so that "the same run" and "another run" stay facts.
RUN_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")

# A data version that was not given hashes the run id, so it is random. Numbered for the same reason.
DATA_VERSION = re.compile(r"\b[0-9a-f]{64}\b")

# Messages about processes name them: "(pid: 4711)".
PROCESS_ID = re.compile(r"\bpid: \d+")

# Messages about the end of a step say how long it took: "in 14ms", "in 1.2s", "in 1m03s".
DURATION = re.compile(r"\bin \d[\d.]*(?:ms|s|m[\d.]+s|m|h\d+m\d+s)\b")

# The default repr of an object and of a function carries its address.
ADDRESS = re.compile(r"\bat 0x[0-9a-f]+\b")

# An event pointer is the id of a row of the event log: it counts what the log held before, whatever
# that was. Recognised by the name of its tag.
EVENT_POINTER_TAG = "dagster/input_event_pointer/"

# `tempfile` adds eight random characters to whatever the code under test creates there.
TEMPORARY = re.compile(r"<temp>/tmp[a-z0-9_]{8}\b")

# Clock readings are recognised by lying within the run itself (a second of slack for rounding),
# so a fixed date of a program is never taken for one.
CLOCK_SLACK_SECONDS = 1.0


class _Numbering:
    """Names for random values: the first becomes `<run id 1>`, the next new one `<run id 2>`."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._names: dict[str, str] = {}

    def __call__(self, match: re.Match[str]) -> str:
        text = match.group()
        return self._names.setdefault(text, f"<{self._word} {len(self._names) + 1}>")


class _Normaliser:
    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        # The longest path first: a home inside of the temporary directory is still the home.
        self._places = sorted(surroundings.places.items(), key=lambda item: -len(item[0]))
        self._run_id = _Numbering("run id")
        self._data_version = _Numbering("data version")

    def value(self, fact: Fact) -> Fact:
        if isinstance(fact, str):
            return self.text(fact)
        if isinstance(fact, float):
            return "<now>" if self._is_clock_reading(fact) else fact
        if isinstance(fact, list):
            return [self.value(item) for item in fact]
        if isinstance(fact, dict):
            # In order of key, because the numbering must not depend on the order of a mapping.
            return {self.text(key): self.entry(key, fact[key]) for key in sorted(fact)}
        return fact

    def entry(self, key: str, fact: Fact) -> Fact:
        return "<event id>" if key.startswith(EVENT_POINTER_TAG) else self.value(fact)

    def text(self, text: str) -> str:
        for place, name in self._places:
            text = text.replace(place, name)
        text = RUN_ID.sub(self._run_id, text)
        text = DATA_VERSION.sub(self._data_version, text)
        text = PROCESS_ID.sub("pid: <pid>", text)
        text = DURATION.sub("in <duration>", text)
        text = ADDRESS.sub("at <address>", text)
        return TEMPORARY.sub("<temp>/<random>", text)

    def _is_clock_reading(self, number: float) -> bool:
        earliest = self._surroundings.started - CLOCK_SLACK_SECONDS
        return earliest <= number <= self._surroundings.ended + CLOCK_SLACK_SECONDS


def normalised(facts: Fact, surroundings: Surroundings) -> Fact:
    """The facts without what two runs of one implementation cannot agree on."""
    return _Normaliser(surroundings).value(facts)
