"""Everything that a function of a sensor may say, as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dagster.define.sensors import SensorDefinition
from dagster.errors import CheckError
from dagster.execution.tick_calls import members_of
from dagster.runs.requests import RunRequest, SensorResult, SkipReason


def result_of(sensor: SensorDefinition, said: Any) -> SensorResult:
    """What a function of a sensor said, as one value.

    Raises:
        CheckError: it said something else, or several things that do not go together.
    """
    if isinstance(said, SensorResult):
        return said
    if said is not None and not isinstance(said, (list, RunRequest, SkipReason)):
        raise CheckError(
            f"Error in sensor {sensor.name}: it returned {said!r} of type {type(said)}. A sensor returns RunRequests, a "
            "SkipReason or a SensorResult."
        )
    members = members_of(said)
    found = [] if members == [None] else members
    for each in found:
        if not isinstance(each, (RunRequest, SkipReason, SensorResult)):
            raise CheckError(
                f"Error in sensor {sensor.name}: it said {each!r} of type {type(each)}. A sensor says RunRequests, a SkipReason "
                "or a SensorResult."
            )
    requests = [each for each in found if isinstance(each, RunRequest)]
    if len(requests) == len(found):
        return SensorResult(run_requests=requests)
    if len(found) > 1:
        raise CheckError(
            f"Error in sensor {sensor.name}: a SensorResult or a SkipReason must be the only thing that it says. Got "
            f"{_counted(found)}."
        )
    only = found[0]
    return only if isinstance(only, SensorResult) else SensorResult(skip_reason=only)


def _counted(found: Sequence[Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(type(each).__name__ for each in found).items())
