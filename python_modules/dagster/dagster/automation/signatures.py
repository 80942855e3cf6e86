"""By what a condition is known again: what it says, not how it is labelled or where in a tree it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from dagster.specs import condition_nodes as nodes
from dagster.specs.automation_conditions import AutomationCondition

# Quotes inside of strings are escaped, so that only a field can be written like this.
_LABEL = re.compile(rb'"label":(?:null|"(?:[^"\\]|\\.)*"),?')


def signature(condition: AutomationCondition) -> str:
    """A short text, equal for conditions that say the same; of a class of a user, its name and its attributes."""
    told = _ENCODER.encode(condition)
    return hashlib.blake2b(_LABEL.sub(b"", told), digest_size=9).hexdigest()


def _told(value: Any) -> Any:
    """What has no form on the wire: conditions and selections of users."""
    own: Mapping[str, Any] = getattr(value, "__dict__", {})
    plain = {name: each for name, each in own.items() if isinstance(each, (str, int, float, bool, type(None)))}
    children: list[Any] = list(getattr(value, "children", ()))
    return {"class": f"{type(value).__module__}.{type(value).__qualname__}", "said": plain, "children": children}


_ENCODER = msgspec.json.Encoder(enc_hook=_told, order="deterministic")

_REMEMBERING = (nodes.SinceCondition, nodes.NewlyTrueCondition, nodes.CodeVersionChangedCondition)


def remembers(condition: AutomationCondition) -> bool:
    """Whether it, or a part of it, keeps something for the next evaluation, and so must be asked at each."""
    if isinstance(condition, _REMEMBERING) or not isinstance(condition, msgspec.Struct):
        return True
    if isinstance(condition, nodes.AnyDownstreamConditionsCondition):
        return True  # what is downstream may remember
    return any(remembers(child) for child in cast("Any", condition).children)
