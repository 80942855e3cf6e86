"""Compares two sets of facts leaf by leaf (pure)."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from parity.normalise import Fact

LINE_LENGTH = 110
ABSENT = "<no such fact>"
NO_PUBLIC_NAME = "an error without a public name"


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    fact: str
    reference: Any
    ours: Any

    def __str__(self) -> str:
        return f"{self.fact}\n{_diff(self.reference, self.ours)}"


def leaves(facts: Fact) -> int:
    """How many single values there are to compare."""
    if isinstance(facts, dict):
        return sum(leaves(item) for item in facts.values())
    if isinstance(facts, list):
        return sum(leaves(item) for item in facts)
    return 1


def disagreements(reference: Fact, ours: Fact, fact: str = "") -> list[Disagreement]:
    """Where the two differ, as deep as their shapes agree; lists are compared as wholes if their lengths differ."""
    if _is_error(reference) and _is_error(ours):
        return _error_disagreements(reference, ours, fact)
    if isinstance(reference, dict) and isinstance(ours, dict) and _is_error(reference) == _is_error(ours):
        found: list[Disagreement] = []
        for key in sorted({*reference, *ours}):
            place = f"{fact}.{key}" if fact else key
            found += disagreements(reference.get(key, ABSENT), ours.get(key, ABSENT), place)
        return found
    if isinstance(reference, list) and isinstance(ours, list) and len(reference) == len(ours):
        pairs = enumerate(zip(reference, ours, strict=True))
        return [item for index, (one, other) in pairs for item in disagreements(one, other, f"{fact}[{index}]")]
    if type(reference) is type(ours) and reference == ours:
        return []
    return [Disagreement(fact=fact, reference=reference, ours=ours)]


def _is_error(fact: Fact) -> bool:
    return isinstance(fact, dict) and "raises" in fact


def _error_disagreements(reference: dict[str, Any], ours: dict[str, Any], fact: str) -> list[Disagreement]:
    """Errors agree when a handler written for the reference also handles ours.

    Where the reference's class has no public name nobody can name it in an `except`, so any error
    of ours will do. Ours may have more ancestors, mention more, and give a cause where the reference has none.
    """
    found: list[Disagreement] = []
    if reference["raises"] != NO_PUBLIC_NAME and not _names(reference) <= _names(ours):
        found.append(Disagreement(fact=f"{fact}.raises", reference=_names_in_order(reference), ours=_names_in_order(ours)))
    words: dict[str, bool] = reference.get("mentions", {})
    for word in (word for word, mentioned in words.items() if mentioned):
        found += disagreements(True, ours.get("mentions", {}).get(word, ABSENT), f"{fact}.mentions.{word}")
    if reference.get("cause", NO_PUBLIC_NAME) != NO_PUBLIC_NAME:
        found += disagreements(reference["cause"], ours.get("cause", ABSENT), f"{fact}.cause")
    return found


def _names(error: Mapping[str, Any]) -> set[str]:
    return {error["raises"], *error["bases"]}


def _names_in_order(error: Mapping[str, Any]) -> list[str]:
    return [error["raises"], *error["bases"]]


def _diff(reference: Fact, ours: Fact) -> str:
    one, other = _lines(reference), _lines(ours)
    if len(one) == 1 and len(other) == 1:
        return f"  reference  {one[0]}\n  ours       {other[0]}"
    diff: Iterable[str] = difflib.unified_diff(one, other, "reference", "ours", lineterm="", n=2)
    return "\n".join(f"  {line}" for line in diff)


def _lines(fact: Fact) -> list[str]:
    """What is short on one line; of a longer list one line per element, so that a missing event is a missing line."""
    line = json.dumps(fact, sort_keys=True)
    if len(line) <= LINE_LENGTH or not isinstance(fact, (dict, list)):
        return [line]
    if isinstance(fact, list):
        return [json.dumps(item, sort_keys=True) for item in fact]
    return json.dumps(fact, sort_keys=True, indent=1).splitlines()
