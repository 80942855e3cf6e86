"""The types of config, and whether run config fits. The value of a type is its schema and its key in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from dagster.config.descriptions import FieldDescription, SchemaDescription, TypeDescription
from dagster.runs.requests import RunRequest
from dagster.specs.jobs import JobSpec
from dagster.workspace.hosts import HostRefusal, MakePlan
from dagster.workspace.structures import JobStructure, PlanFacts
from dagster_graphql.catalogs import Placed
from dagster_graphql.config.validation import Misfit, validation_refused
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import ModeNotFoundError
from dagster_graphql.jobs.jobs import InvalidSubsetError
from dagster_graphql.selectors import Input, asset_keys, config_given, job_selected

DOMAIN = Domain.beside(__file__)

UNKNOWN_TYPE = TypeDescription(kind="ANY", text="Any", name="Any")


class ConfigTypeOf(msgspec.Struct, frozen=True):
    """A type of a schema."""

    schema: SchemaDescription
    key: str

    @property
    def described(self) -> TypeDescription:
        """What it is."""
        return self.schema.types.get(self.key, UNKNOWN_TYPE)

    def inner(self, position: int) -> ConfigTypeOf:
        """One of the types that it is made of."""
        return ConfigTypeOf(self.schema, self.described.inner_keys[position])

    @property
    def recursive(self) -> list[ConfigTypeOf]:
        """All types in it, itself left out, each once."""
        found: dict[str, None] = {}
        waiting = list(_direct_keys(self.described))
        while waiting:
            key = waiting.pop(0)
            if key not in found:
                found[key] = None
                waiting.extend(_direct_keys(ConfigTypeOf(self.schema, key).described))
        return [ConfigTypeOf(self.schema, key) for key in found]


def _direct_keys(described: TypeDescription) -> Iterator[str]:
    yield from described.inner_keys
    for field in described.fields:
        yield field.type_key


class ConfigFieldOf(msgspec.Struct, frozen=True):
    """An entry of a dict of config."""

    schema: SchemaDescription
    field: FieldDescription

    @property
    def config_type(self) -> ConfigTypeOf:
        """What it may be."""
        return ConfigTypeOf(self.schema, self.field.type_key)


class EnumConfigValue(msgspec.Struct, frozen=True):
    """A member of an enum."""

    value: str
    description: str | None = None


class RunConfigSchema(msgspec.Struct, frozen=True):
    """The schema of the run config of a job."""

    job: Placed[JobSpec]
    structure: JobStructure


class PipelineConfigValidationValid(msgspec.Struct, frozen=True, kw_only=True):
    """The config fits."""

    pipeline_name: str


_TYPES: Mapping[str, str] = {
    "ANY": "RegularConfigType",
    "SCALAR": "RegularConfigType",
    "ENUM": "EnumConfigType",
    "SELECTOR": "CompositeConfigType",
    "STRICT_SHAPE": "CompositeConfigType",
    "PERMISSIVE_SHAPE": "CompositeConfigType",
    "SCALAR_UNION": "ScalarUnionConfigType",
    "MAP": "MapConfigType",
    "ARRAY": "ArrayConfigType",
    "NONEABLE": "NullableConfigType",
}


def _common(name: str, **plain: Any) -> None:
    DOMAIN.type(
        name,
        ConfigTypeOf,
        {
            "description": lambda of: of.described.description,
            "recursiveConfigTypes": lambda of: of.recursive,
            "typeParamKeys": lambda of: list(of.described.inner_keys),
            "isSelector": lambda of: of.described.kind == "SELECTOR",
        },
    )
    DOMAIN.type(name, ConfigTypeOf, plain)


def _given_name(of: ConfigTypeOf) -> str:
    return of.described.name or of.key


def _of_type(of: ConfigTypeOf) -> ConfigTypeOf:
    return of.inner(0)


def _second_type(of: ConfigTypeOf) -> ConfigTypeOf:
    return of.inner(1)


def _key_label(of: ConfigTypeOf) -> str | None:
    return of.described.key_label


def fields_of(of: ConfigTypeOf) -> list[ConfigFieldOf]:
    """The entries of a dict."""
    return [ConfigFieldOf(of.schema, field) for field in of.described.fields]


def _values(of: ConfigTypeOf) -> list[EnumConfigValue]:
    return [EnumConfigValue(value) for value in of.described.values]


def _inner_key(position: int) -> Any:
    def key_of(of: ConfigTypeOf) -> str:
        return of.described.inner_keys[position]

    return key_of


DOMAIN.choose("ConfigType", lambda of: _TYPES[of.described.kind])
DOMAIN.choose("WrappingConfigType", lambda of: _TYPES[of.described.kind])
_common("RegularConfigType", givenName=_given_name)
_common("EnumConfigType", givenName=_given_name, values=_values)
_common("CompositeConfigType", fields=fields_of)
_common("ArrayConfigType", ofType=_of_type)
_common("NullableConfigType", ofType=_of_type)
_common("MapConfigType", keyType=_of_type, valueType=_second_type, keyLabelName=_key_label)
_common(
    "ScalarUnionConfigType",
    scalarType=_of_type,
    nonScalarType=_second_type,
    scalarTypeKey=_inner_key(0),
    nonScalarTypeKey=_inner_key(1),
)
DOMAIN.type("EnumConfigValue", EnumConfigValue)
DOMAIN.type(
    "ConfigTypeField",
    ConfigFieldOf,
    {
        "name": lambda of: of.field.name,
        "description": lambda of: of.field.description,
        "configTypeKey": lambda of: of.field.type_key,
        "isRequired": lambda of: of.field.is_required,
        "isSecret": lambda of: of.field.is_secret,
        "defaultValueAsJson": lambda of: of.field.default_json,
    },
)
DOMAIN.type("PipelineConfigValidationValid", PipelineConfigValidationValid)


def _all_types(schema: RunConfigSchema) -> list[ConfigTypeOf]:
    types = schema.structure.run_config
    return [ConfigTypeOf(types, key) for key in sorted(types.types)]


DOMAIN.type(
    "RunConfigSchema",
    RunConfigSchema,
    {
        "rootConfigType": lambda of: ConfigTypeOf(of.structure.run_config, of.structure.run_config.root),
        "allConfigTypes": _all_types,
        "rootDefaultYaml": lambda of: of.structure.default_config,
        "scaffoldedYaml": lambda of: of.structure.scaffold,
    },
)


def checked_plan(context: RequestContext, job: Placed[JobSpec], selector: Input, config: object) -> PlanFacts | object:
    """The plan of a run of a job, or what is wrong with what was asked for."""
    question = MakePlan(
        job_name=job.value.name,
        request=RunRequest(run_config=config_given(config), asset_selection=asset_keys(selector.get("asset_selection"))),
        instance=context.instance.get_ref(),
        op_selection=selector.get("solid_selection"),
    )
    try:
        with context.locations.host(job.location.name) as host:
            return host.make_plan(question)
    except HostRefusal as refused:
        return refusal_of(job, refused)


def refusal_of(job: Placed[JobSpec], refused: HostRefusal) -> object:
    """What the API says where a code location refused to make a run or a plan."""
    kind = refused.complaint.kind
    if kind == "DagsterInvalidConfigError":
        return validation_refused(job, refused.complaint.config_errors)
    if kind in ("DagsterInvalidSubsetError", "DagsterInvalidAssetSelectionError"):
        return InvalidSubsetError(message=str(refused), pipeline=job)
    raise refused


def _validity(context: RequestContext, job: Placed[JobSpec], selector: Input, config: object) -> object:
    found = checked_plan(context, job, selector, config)
    return PipelineConfigValidationValid(pipeline_name=job.value.name) if isinstance(found, PlanFacts) else found


@DOMAIN.field("RunConfigSchema", "isRunConfigValid")
def _is_valid(schema: RunConfigSchema, context: RequestContext, *, run_config_data: object = None) -> object:
    return _validity(context, schema.job, {}, run_config_data)


def _entry(misfit: Misfit, context: RequestContext, name: str) -> ConfigFieldOf:
    """The schema of an entry that is missing at the place of a misfit."""
    schema = context.structure(misfit.job).run_config
    at = ConfigTypeOf(schema, schema.root)
    for level in misfit.error.stack.levels:
        inner = next((field for field in at.described.fields if field.name == level), None)
        at = ConfigTypeOf(schema, inner.type_key) if inner is not None else ConfigTypeOf(schema, "")
    found = next((field for field in at.described.fields if field.name == name), None)
    unknown = FieldDescription(name=name, type_key="Any", is_required=True, default_json=None, description=None, is_secret=False)
    return ConfigFieldOf(schema, found or unknown)


@DOMAIN.field("MissingFieldConfigError", "field")
def _missing_field(misfit: Misfit, context: RequestContext) -> ConfigFieldOf:
    return _entry(misfit, context, misfit.error.error_data["field_name"])


@DOMAIN.field("MissingFieldsConfigError", "fields")
def _missing_fields(misfit: Misfit, context: RequestContext) -> list[ConfigFieldOf]:
    return [_entry(misfit, context, name) for name in misfit.error.error_data["field_names"]]


@DOMAIN.query("runConfigSchemaOrError")
def run_config_schema(context: RequestContext, *, selector: Input, mode: str | None = None) -> object:
    """The schema of the run config of a job."""
    if mode not in (None, "default"):
        return ModeNotFoundError(message=f"Mode {mode} not found.", mode=mode)
    job = job_selected(context, selector)
    return RunConfigSchema(job, context.structure(job)) if isinstance(job, Placed) else job


@DOMAIN.query("isPipelineConfigValid")
def is_config_valid(context: RequestContext, *, pipeline: Input, mode: str, run_config_data: object = None) -> object:
    """Whether run config fits a job."""
    job = job_selected(context, pipeline)
    return _validity(context, job, pipeline, run_config_data) if isinstance(job, Placed) else job
