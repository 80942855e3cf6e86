"""The check of a value against its declared type."""

from __future__ import annotations

from typing import Any

from dagster.define.type_checks import TypeCheckContext
from dagster.errors import DagsterTypeCheckDidNotPass, DagsterTypeCheckError, user_code
from dagster.events.data import TypeCheckData
from dagster.execution.running import RunningStep

_PASSED: dict[str, TypeCheckData] = {}


def checked(step: RunningStep, dagster_type: Any, value: Any, label: str) -> TypeCheckData:
    """What the type says about the value."""
    if dagster_type.is_any:
        return _PASSED.get(label) or _PASSED.setdefault(label, TypeCheckData(success=True, label=label))
    with user_code(f'Error occurred while checking the type of "{label}" of step "{step.step.key}"', DagsterTypeCheckError):
        found = dagster_type.type_check(TypeCheckContext(step, dagster_type), value)
    return TypeCheckData(success=found.success, label=label, description=found.description, metadata=dict(found.metadata or {}))


def did_not_pass(what: str, dagster_type: Any, found: TypeCheckData) -> DagsterTypeCheckDidNotPass:
    """The error of a value that is not of its declared type."""
    because = f" Description: {found.description}" if found.description else ""
    return DagsterTypeCheckDidNotPass(
        description=f'Type check failed for {what} - expected type "{dagster_type.display_name}".{because}',
        metadata=found.metadata,
        dagster_type=dagster_type,
    )
