"""Where config does not fit, a type per kind of misfit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from dagster.config.evaluations import EvaluationError, EvaluationErrorReason
from dagster.specs.jobs import JobSpec
from dagster_graphql.catalogs import Placed
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)


class RunConfigValidationInvalid(msgspec.Struct, frozen=True, kw_only=True):
    """Run config that does not fit.

    Attributes:
        pipeline_name: the job.
        errors: an entry per place.
    """

    pipeline_name: str
    errors: list[Misfit]


class Misfit(msgspec.Struct, frozen=True):
    """A place that does not fit, in a job."""

    job: Placed[JobSpec]
    error: EvaluationError


class EvaluationStackPathEntry(msgspec.Struct, frozen=True):
    """A step on the way to the place: a field."""

    field_name: str


class EvaluationStackListItemEntry(msgspec.Struct, frozen=True):
    """A step on the way to the place: an item of a list."""

    list_index: int


class EvaluationStackMapKeyEntry(msgspec.Struct, frozen=True):
    """A step on the way to the place: a key of a map."""

    map_key: object


class EvaluationStackMapValueEntry(msgspec.Struct, frozen=True):
    """A step on the way to the place: the value behind a key of a map."""

    map_key: object


class EvaluationStack(msgspec.Struct, frozen=True):
    """The way to a place, from the root."""

    entries: list[object]


_STEP = re.compile(r":'(?P<key>[^']*)':(?P<part>key|value)|:(?P<name>[^:\[]+)|\[(?P<index>\d+)\]")


def stack_of(text: str) -> EvaluationStack:
    """The steps of a place that is written as `root:ops:orders:config:a[0]`.

    Example:
        >>> [type(step).__name__ for step in stack_of("root:ops:a[0]").entries]
        ['EvaluationStackPathEntry', 'EvaluationStackPathEntry', 'EvaluationStackListItemEntry']
    """
    entries: list[object] = []
    for step in _STEP.finditer(text.removeprefix("root")):
        if step["name"] is not None:
            entries.append(EvaluationStackPathEntry(step["name"]))
        elif step["index"] is not None:
            entries.append(EvaluationStackListItemEntry(int(step["index"])))
        else:
            kind = EvaluationStackMapKeyEntry if step["part"] == "key" else EvaluationStackMapValueEntry
            entries.append(kind(step["key"]))
    return EvaluationStack(entries)


def validation_refused(job: Placed[JobSpec], errors: Sequence[EvaluationError]) -> RunConfigValidationInvalid:
    """What the API says of config that does not fit."""
    return RunConfigValidationInvalid(pipeline_name=job.value.name, errors=[Misfit(job, error) for error in errors])


_TYPES = {
    EvaluationErrorReason.RUNTIME_TYPE_MISMATCH: "RuntimeMismatchConfigError",
    EvaluationErrorReason.MISSING_REQUIRED_FIELD: "MissingFieldConfigError",
    EvaluationErrorReason.MISSING_REQUIRED_FIELDS: "MissingFieldsConfigError",
    EvaluationErrorReason.FIELD_NOT_DEFINED: "FieldNotDefinedConfigError",
    EvaluationErrorReason.FIELDS_NOT_DEFINED: "FieldsNotDefinedConfigError",
    EvaluationErrorReason.SELECTOR_FIELD_ERROR: "SelectorTypeConfigError",
}


def _type_of(misfit: Misfit) -> str:
    """Misfits that the API has no type for are mismatches: a value that cannot be had, a field given twice."""
    return _TYPES.get(misfit.error.reason, "RuntimeMismatchConfigError")


def _reason(misfit: Misfit) -> str:
    return misfit.error.reason.value if misfit.error.reason in _TYPES else "RUNTIME_TYPE_MISMATCH"


_COMMON: Mapping[str, Callable[[Misfit], object]] = {
    "message": lambda misfit: misfit.error.message,
    "path": lambda _misfit: [],
    "stack": lambda misfit: stack_of(misfit.error.stack.text),
    "reason": _reason,
}

DOMAIN.choose("PipelineConfigValidationError", _type_of)
DOMAIN.type("RunConfigValidationInvalid", RunConfigValidationInvalid)
DOMAIN.type(
    "RuntimeMismatchConfigError", Misfit, {**_COMMON, "valueRep": lambda misfit: misfit.error.error_data.get("value_rep")}
)
DOMAIN.type("MissingFieldConfigError", Misfit, _COMMON)
DOMAIN.type("MissingFieldsConfigError", Misfit, _COMMON)
DOMAIN.type("FieldNotDefinedConfigError", Misfit, {**_COMMON, "fieldName": lambda misfit: misfit.error.error_data["field_name"]})
DOMAIN.type(
    "FieldsNotDefinedConfigError", Misfit, {**_COMMON, "fieldNames": lambda misfit: misfit.error.error_data["field_names"]}
)
DOMAIN.type(
    "SelectorTypeConfigError",
    Misfit,
    {**_COMMON, "incomingFields": lambda misfit: misfit.error.error_data.get("incoming_fields", [])},
)
DOMAIN.type("EvaluationStack", EvaluationStack)
for _each in (
    EvaluationStackPathEntry,
    EvaluationStackListItemEntry,
    EvaluationStackMapKeyEntry,
    EvaluationStackMapValueEntry,
):
    DOMAIN.type(_each.__name__, _each)
