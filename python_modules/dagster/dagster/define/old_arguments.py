"""Arguments of early versions, which projects still give: what each is today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster.errors import DagsterInvariantViolationError

COMPUTE_KIND_TAG = "dagster/compute_kind"

_INSTEAD = {
    "allow_arbitrary_check_specs": "check_specs",
    "auto_materialize_policy": "automation_condition",
    "compute_kind": "kinds",
    "legacy_freshness_policy": "freshness_policy",
    "non_argument_deps": "deps",
}

# What holds it, where that is not what one would write instead.
_SAID_BY = {"compute_kind": "op_tags"}


def with_old_arguments(of_what: str, given: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a decorator with those of early versions said in today's words; each is warned of.

    Args:
        of_what: the decorator's name.
        given: its arguments.
        old: what it was given beside them.

    Raises:
        TypeError: an argument that no version had.
        DagsterInvariantViolationError: a policy beside a condition, which would both say when.
    """
    from warnings import warn

    changed = dict(given)
    for name, value in old.items():
        if name not in _INSTEAD or _SAID_BY.get(name, _INSTEAD[name]) not in given:
            raise TypeError(f"{of_what}() got an unexpected keyword argument '{name}'")
        if value is None:
            continue
        warn(f"Argument `{name}` of @{of_what} is of early versions. Use `{_INSTEAD[name]}`.", DeprecationWarning, stacklevel=3)
        _say_today(name, value, changed)
    return changed


def _say_today(name: str, value: Any, changed: dict[str, Any]) -> None:
    if name == "compute_kind":
        changed["op_tags"] = {COMPUTE_KIND_TAG: value, **(changed["op_tags"] or {})}
    elif name == "non_argument_deps":
        changed["deps"] = [*(changed["deps"] or ()), *sorted(value, key=str)]
    elif name == "legacy_freshness_policy":
        changed[name] = value
    elif name == "allow_arbitrary_check_specs":
        pass  # Checks of any asset may be given.
    elif changed["automation_condition"] is not None:
        raise DagsterInvariantViolationError("Cannot supply both `automation_condition` and `auto_materialize_policy`.")
    else:
        changed["automation_condition"] = value.to_automation_condition()
