"""Assets, checks, partitions and backfill policies as component files write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union

from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvables import Model, Resolvable, resolve_fields
from dagster.components.resolvers import Resolver, as_it_is
from dagster.keys import AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.fixed_windows import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.specs.assets import AssetSpec
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.backfills import BackfillPolicy
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.freshness import FreshnessPolicy


class HourlyPartitionsDefinitionModel(Model):
    """One partition per hour."""

    type: Literal["hourly"] = "hourly"
    start_date: str
    end_date: str | None = None
    timezone: str | None = None
    minute_offset: int = 0


class DailyPartitionsDefinitionModel(Model):
    """One partition per day."""

    type: Literal["daily"] = "daily"
    start_date: str
    end_date: str | None = None
    timezone: str | None = None
    minute_offset: int = 0
    hour_offset: int = 0


class WeeklyPartitionsDefinitionModel(Model):
    """One partition per week."""

    type: Literal["weekly"] = "weekly"
    start_date: str
    end_date: str | None = None
    timezone: str | None = None
    minute_offset: int = 0
    hour_offset: int = 0
    day_offset: int = 0


class TimeWindowPartitionsDefinitionModel(Model):
    """One partition per window between two ticks of a cron schedule."""

    type: Literal["time_window"] = "time_window"
    start_date: str
    end_date: str | None = None
    timezone: str | None = None
    fmt: str
    cron_schedule: str


class StaticPartitionsDefinitionModel(Model):
    """A list of partitions."""

    type: Literal["static"] = "static"
    partition_keys: Sequence[str]


class SingleRunBackfillPolicyModel(Model):
    """All partitions in one run."""

    type: Literal["single_run"] = "single_run"


class MultiRunBackfillPolicyModel(Model):
    """So many partitions in a run."""

    type: Literal["multi_run"] = "multi_run"
    max_partitions_per_run: int = 1


_WINDOWS: Mapping[type[Model], Any] = {
    HourlyPartitionsDefinitionModel: HourlyPartitionsDefinition,
    DailyPartitionsDefinitionModel: DailyPartitionsDefinition,
    WeeklyPartitionsDefinitionModel: WeeklyPartitionsDefinition,
}


def resolve_partitions_def(context: ResolutionContext, model: Any) -> PartitionsDefinition | None:
    """The partitions that a file writes; anything but one of the models is given back as it is."""
    if not isinstance(model, Model):
        return model
    written: dict[str, Any] = context.resolve_value(model.model_dump(exclude={"type"}))
    if type(model) in _WINDOWS:
        return _WINDOWS[type(model)](**written)
    if isinstance(model, TimeWindowPartitionsDefinitionModel):
        return TimeWindowPartitionsDefinition(start=written.pop("start_date"), end=written.pop("end_date"), **written)
    return StaticPartitionsDefinition(**written)


def resolve_backfill_policy(_context: ResolutionContext, model: Any) -> BackfillPolicy | None:
    """The backfill policy that a file writes; anything but one of the models is given back as it is."""
    if isinstance(model, MultiRunBackfillPolicyModel):
        return BackfillPolicy.multi_run(max_partitions_per_run=model.max_partitions_per_run)
    return BackfillPolicy.single_run() if isinstance(model, SingleRunBackfillPolicyModel) else model


def _asset_key(context: ResolutionContext, value: Any) -> AssetKey:
    """`a/b` is the key of two parts."""
    return AssetKey.from_user_string(value) if isinstance(value, str) else value


def _tags(context: ResolutionContext, value: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(each) for key, each in context.resolve_value(dict(value)).items()}


ResolvedAssetKey = Annotated[AssetKey, Resolver(_asset_key, model_field_type=str)]
"""A field that holds an `AssetKey`, written `marts/orders`.

Example:
    >>> class Report(Model, Resolvable):
    ...     about: ResolvedAssetKey
    >>> Report.resolve_from_yaml("about: marts/orders").about
    AssetKey(['marts', 'orders'])
"""

_Partitions = Union[
    HourlyPartitionsDefinitionModel,
    DailyPartitionsDefinitionModel,
    WeeklyPartitionsDefinitionModel,
    TimeWindowPartitionsDefinitionModel,
    StaticPartitionsDefinitionModel,
    str,
    None,
]


@dataclass(kw_only=True)
class SharedAssetKwargs(Resolvable):
    """What a file may write of an asset, but for its key."""

    deps: Annotated[
        list[ResolvedAssetKey] | None,
        Resolver.default(description="Keys of the assets that this one depends on.", examples=[["marts/orders"]]),
    ] = None
    description: Annotated[str | None, Resolver.default(description="Markdown for people.")] = None
    metadata: Annotated[Mapping[str, Any], Resolver.default(description="Shown with the asset.")] = None  # pyright: ignore[reportAssignmentType]
    group_name: Annotated[str | None, Resolver.default(description="The group.", examples=["staging"])] = None
    skippable: Annotated[bool | None, Resolver.default(description="Whether a run may leave it out.")] = None
    code_version: Annotated[str | None, Resolver.default(description="The version of the code.", examples=["3"])] = None
    owners: Annotated[
        Sequence[str] | None,
        Resolver.default(description="E-mail addresses, or `team:name`.", examples=[["team:analytics", "ada@example.com"]]),
    ] = None
    tags: Annotated[
        Mapping[str, str],
        Resolver(
            _tags,
            model_field_type=Union[Mapping[str, Union[str, bool, int, float]], str],
            description="By which people and filters find it.",
            examples=[{"tier": "prod"}],
        ),
    ] = None  # pyright: ignore[reportAssignmentType]
    kinds: Annotated[Sequence[str], Resolver.default(description="What it is made of or with.", examples=[["snowflake"]])] = None  # pyright: ignore[reportAssignmentType]
    automation_condition: Annotated[
        AutomationCondition | None,
        Resolver(
            as_it_is,
            model_field_type=str | None,
            description="When it is materialized by itself.",
            examples=["{{ dg.AutomationCondition.eager() }}"],
        ),
    ] = None
    partitions_def: Annotated[
        PartitionsDefinition | None,
        Resolver(resolve_partitions_def, model_field_type=_Partitions, description="Its partitions."),
    ] = None
    freshness_policy: Annotated[
        FreshnessPolicy | None,
        Resolver(as_it_is, model_field_type=str | None, description="How fresh it should be."),
    ] = None


@dataclass(kw_only=True)
class AssetSpecKwargs(SharedAssetKwargs):
    """What a file writes of an asset."""

    key: Annotated[
        AssetKey, Resolver(_asset_key, model_field_type=str, description="The key; `/` parts it.", examples=["marts/orders"])
    ]


@dataclass(kw_only=True)
class AssetSpecUpdateKwargs(SharedAssetKwargs):
    """What a file may write over the spec of an asset."""

    key: Annotated[AssetKey | None, Resolver(_asset_key, model_field_type=str | None)] = None
    key_prefix: Annotated[
        str | Sequence[str] | None, Resolver.default(description="Put before the key.", examples=["marts", ["prod", "marts"]])
    ] = None


@dataclass(kw_only=True)
class AssetsDefUpdateKwargs(SharedAssetKwargs):
    """What a file may write over assets whose keys are given."""


@dataclass(kw_only=True)
class AssetCheckSpecKwargs(Resolvable):
    """What a file writes of a check of an asset."""

    name: str
    asset: Annotated[AssetKey, Resolver(_asset_key, model_field_type=str, description="The key of the asset.")]
    additional_deps: list[ResolvedAssetKey] | None = None
    description: str | None = None
    blocking: bool = False
    metadata: Mapping[str, Any] | None = None
    automation_condition: Annotated[AutomationCondition | None, Resolver(as_it_is, model_field_type=str | None)] = None


AssetAttributesModel = AssetSpecUpdateKwargs.model()
"""What a file may write over the spec of an asset: the type of a field whose value changes specs that are made elsewhere.

Example:
    >>> AssetAttributesModel(group_name="marts", tags={"tier": "prod"}).group_name
    'marts'
"""


def resolve_asset_spec(context: ResolutionContext, model: Any) -> AssetSpec:
    """The spec that a file writes.

    Raises:
        DagsterComponentError: what is written makes no spec; names file, line and key.
    """
    return _made(AssetSpec, AssetSpecKwargs, context, model)


def resolve_asset_check_spec(context: ResolutionContext, model: Any) -> AssetCheckSpec:
    """The spec of a check that a file writes. Raises as `resolve_asset_spec`."""
    return _made(AssetCheckSpec, AssetCheckSpecKwargs, context, model)


def _made(cls: Any, kwargs_class: Any, context: ResolutionContext, model: Any) -> Any:
    if not isinstance(model, kwargs_class.model()):
        if isinstance(model, str):
            problem = f"This is a mapping, or a template that gives one. Found {model!r}."
            raise DagsterComponentError(problem, context.place, context.path)
        return model
    given = resolve_fields(model, kwargs_class, context)
    return cls(**{name: value for name, value in given.items() if value is not None})


ResolvedAssetSpec = Annotated[AssetSpec, Resolver(resolve_asset_spec, model_field_type=Union[AssetSpecKwargs.model(), str])]
"""A field that holds an `AssetSpec`, written as a mapping with `key`, `deps`, `group_name`...

Example:
    >>> class Table(Model, Resolvable):
    ...     asset: ResolvedAssetSpec
    >>> Table.resolve_from_yaml("asset: {key: orders, group_name: marts, deps: [raw/orders]}").asset.group_name
    'marts'
"""

ResolvedAssetCheckSpec = Annotated[
    AssetCheckSpec, Resolver(resolve_asset_check_spec, model_field_type=Union[AssetCheckSpecKwargs.model(), str])
]
"""A field that holds an `AssetCheckSpec`, written as a mapping with `name`, `asset`, `blocking`...

Example:
    >>> class Checked(Model, Resolvable):
    ...     check: ResolvedAssetCheckSpec
    >>> Checked.resolve_from_yaml("check: {name: not_empty, asset: marts/orders}").check.key.to_user_string()
    'marts/orders:not_empty'
"""


class OpSpec(Model, Resolvable):
    """What a file writes of the step that executes a component.

    Args:
        name: of the step.
        tags: of the step, read by executors.
        description: Markdown.
        pool: the pool in which the step takes a slot.
        backfill_policy: how a backfill cuts its partitions into runs.
    """

    name: str | None = None
    tags: dict[str, Any] | None = None
    description: str | None = None
    pool: str | None = None
    backfill_policy: Annotated[
        BackfillPolicy | None,
        Resolver(
            resolve_backfill_policy,
            model_field_type=Union[SingleRunBackfillPolicyModel, MultiRunBackfillPolicyModel, str, None],
        ),
    ] = None
