"""How objects of a class are written: under which name, with which fields. The names are those of the public API's JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from dagster.serialization.refusals import DeserializationError


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How objects of one class are written.

    Attributes:
        name: of the class, as it is written.
        path: of the class, `module:name`; the class itself for one of a user, which may stand inside of a function.
        fields: name as written -> name of the attribute, which the constructor takes too.
        older_names: of the class, in what was written before.
        written_anyway: fields that are written for those who still read them, with their value.
        without_none: fields left out when they are None.
        without_empty: fields left out when they are empty.
    """

    name: str
    path: str | type[Any]
    fields: Mapping[str, str]
    older_names: frozenset[str] = frozenset()
    written_anyway: Mapping[str, Any] = {}
    without_none: frozenset[str] = frozenset()
    without_empty: frozenset[str] = frozenset()

    def fields_of(self, value: object) -> dict[str, Any]:
        """The fields as they are written."""
        found: dict[str, Any] = dict(self.written_anyway)
        for name, attribute in self.fields.items():
            held = getattr(value, attribute)
            if (attribute in self.without_none and held is None) or (attribute in self.without_empty and not held):
                continue
            found[name] = _as_entries(held) if name == _ENTRIES else held
        return found

    def object_of(self, fields: Mapping[str, Any]) -> Any:
        """The object for fields that were written; those that the class does not know are passed over.

        Raises:
            DeserializationError: a field is missing, or the class refuses what it is given.
        """
        given = {
            attribute: _from_entries(fields[name]) if name == _ENTRIES else fields[name]
            for name, attribute in self.fields.items()
            if name in fields
        }
        made_of = class_at(self.path) if isinstance(self.path, str) else self.path
        try:
            return made_of(**given)
        except Exception as refused:
            raise DeserializationError(
                f"{self.name} cannot be made of the fields {sorted(fields)}: {type(refused).__name__}: {refused}"
            ) from refused


_ENTRIES = "metadata_entries"


class MetadataEntry(msgspec.Struct, frozen=True):
    """One entry of metadata, in the list that it is written as."""

    label: str
    entry_data: Any
    description: str | None = None


def _as_entries(metadata: Mapping[str, Any]) -> list[MetadataEntry]:
    return [MetadataEntry(label, value) for label, value in metadata.items()]


def _from_entries(entries: Sequence[MetadataEntry]) -> dict[str, Any]:
    return {entry.label: entry.entry_data for entry in entries}


def class_at(path: str) -> Any:
    """The class, or what else makes the object, at `module:name`."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


# name as written | module : name | fields, as `written=attribute` where the two differ
_CLASSES = """
AddDynamicPartitionsRequest|partitions.dynamic:AddDynamicPartitionsRequest|partition_keys partitions_def_name
AllPartitionMapping|partitions.mappings:AllPartitionMapping|
AssetCheckEvaluation|events.asset_events:AssetCheckEvaluation|asset_key blocking check_name description metadata partition severity success=passed target_materialization_data
AssetCheckEvaluationTargetMaterializationData|events.asset_events:AssetCheckEvaluationTargetMaterializationData|run_id storage_id timestamp
AssetCheckKey|keys:AssetCheckKey|asset_key name
AssetJobKey|keys:AssetJobKey|job_name
AssetKey|keys:AssetKey|path
AssetMaterialization|events.asset_events:AssetMaterialization|asset_key description metadata_entries=metadata partition tags
AssetObservation|events.asset_events:AssetObservation|asset_key description metadata_entries=metadata partition tags
AssetRecordsFilter|events.records:AssetRecordsFilter|after_storage_id after_timestamp asset_key asset_partitions before_storage_id before_timestamp storage_ids
BackfillPolicy|specs.backfills:BackfillPolicy|max_partitions_per_run
BoolMetadataEntryData|metadata.values:BoolMetadataValue|value
CodeReferencesMetadataValue|metadata.values:CodeReferencesMetadataValue|code_references
CronFreshnessPolicy|specs.freshness:CronFreshnessPolicy|deadline_cron lower_bound_delta timezone
DagsterAssetMetadataEntryData|metadata.values:DagsterAssetMetadataValue|asset_key
DagsterJobMetadataValue|metadata.values:DagsterJobMetadataValue|job_name location_name repository_name
DagsterPipelineRunMetadataEntryData|metadata.values:DagsterRunMetadataValue|run_id
DeleteDynamicPartitionsRequest|partitions.dynamic:DeleteDynamicPartitionsRequest|partition_keys partitions_def_name
DimensionPartitionMapping|partitions.multi_mappings:DimensionPartitionMapping|dimension_name partition_mapping
EventMetadataEntry|serialization.forms:MetadataEntry|description entry_data label
ExpectationResult|events.expectations:ExpectationResult|description label metadata_entries=metadata success
FloatMetadataEntryData|metadata.values:FloatMetadataValue|value
FreshnessPolicy|specs.freshness:LegacyFreshnessPolicy|cron_schedule cron_schedule_timezone maximum_lag_minutes
IdentityPartitionMapping|partitions.mappings:IdentityPartitionMapping|
IntMetadataEntryData|metadata.values:IntMetadataValue|value
JsonMetadataEntryData|metadata.values:JsonMetadataValue|data
LastPartitionMapping|partitions.mappings:LastPartitionMapping|
LocalFileCodeReference|metadata.code_references:LocalFileCodeReference|file_path label line_number
MarkdownMetadataEntryData|metadata.values:MarkdownMetadataValue|md_str
MultiPartitionMapping|partitions.multi_mappings:MultiPartitionMapping|downstream_mappings_by_upstream_dimension
MultiToSingleDimensionPartitionMapping|partitions.single_dimension_mappings:MultiToSingleDimensionPartitionMapping|partition_dimension_name
NotebookMetadataEntryData|metadata.values:NotebookMetadataValue|path
NullMetadataEntryData|metadata.values:NullMetadataValue|
PartitionKeyRange|partitions.key_ranges:PartitionKeyRange|end start
PathMetadataEntryData|metadata.values:PathMetadataValue|path
PipelineRun|runs.runs:DagsterRun|asset_check_selection asset_selection execution_plan_snapshot_id parent_run_id pipeline_name=job_name pipeline_snapshot_id=job_snapshot_id root_run_id run_config run_id solid_selection=op_selection solids_to_execute=resolved_op_selection status step_keys_to_execute tags
PoolMetadataValue|metadata.values:PoolMetadataValue|pool
PythonArtifactMetadataEntryData|metadata.values:PythonArtifactMetadataValue|module name
RunRequest|runs.requests:RunRequest|asset_check_keys asset_graph_subset asset_selection job_name partition_key run_config run_key stale_assets_only tags
SkipReason|runs.requests:SkipReason|skip_message
SpecificPartitionsPartitionMapping|partitions.mappings:SpecificPartitionsPartitionMapping|partition_keys
StaticPartitionMapping|partitions.static_mappings:StaticPartitionMapping|downstream_partition_keys_by_upstream_partition_key
TableColumn|metadata.tables:TableColumn|constraints description name type
TableColumnConstraints|metadata.tables:TableColumnConstraints|nullable other unique
TableColumnDep|metadata.tables:TableColumnDep|asset_key column_name
TableColumnLineage|metadata.tables:TableColumnLineage|deps_by_column
TableColumnLineageMetadataValue|metadata.values:TableColumnLineageMetadataValue|column_lineage
TableConstraints|metadata.tables:TableConstraints|other
TableMetadataEntryData|metadata.values:TableMetadataValue|records schema
TableRecord|metadata.tables:TableRecord|data
TableSchema|metadata.tables:TableSchema|columns constraints
TableSchemaMetadataEntryData|metadata.values:TableSchemaMetadataValue|schema
TextMetadataEntryData|metadata.values:TextMetadataValue|text
TimeWindowFreshnessPolicy|specs.freshness:TimeWindowFreshnessPolicy|fail_window warn_window
TimeWindowPartitionMapping|partitions.window_mappings:TimeWindowPartitionMapping|allow_nonexistent_upstream_partitions end_offset start_offset
TimestampMetadataValue|metadata.values:TimestampMetadataValue|value
TypeCheck|define.type_checks:TypeCheck|description metadata_entries=metadata success
UrlCodeReference|metadata.code_references:UrlCodeReference|label url
UrlMetadataEntryData|metadata.values:UrlMetadataValue|url
"""  # noqa: E501 - one class a line

# Stands only inside of others, since by itself a duration is not written.
_DURATION = Form(
    name="SerializableTimeDelta",
    path="datetime:timedelta",
    fields={"days": "days", "microseconds": "microseconds", "seconds": "seconds"},
)

_ENUMS = {
    "AssetCheckSeverity": "dagster.events.asset_events:AssetCheckSeverity",
    "DefaultScheduleStatus": "dagster.specs.schedules:DefaultScheduleStatus",
    "DefaultSensorStatus": "dagster.specs.sensors:DefaultSensorStatus",
    "PipelineRunStatus": "dagster.runs.statuses:DagsterRunStatus",
}
# Names under which members of these enums are read as well.
_OTHER_NAMES = {"DagsterRunStatus": "PipelineRunStatus"}


def _parsed(line: str) -> Form:
    name, path, fields = line.split("|")
    pairs = (field.partition("=") for field in fields.split())
    return Form(name=name, path=f"dagster.{path}", fields={written: attribute or written for written, _, attribute in pairs})


@cache
def own_forms() -> Mapping[str, Form]:
    """The classes of the API by the name under which they are written."""
    forms = [_parsed(line) for line in _CLASSES.strip().splitlines()]
    return {form.name: form for form in [*forms, _DURATION]}


@cache
def _own_forms_by_path() -> Mapping[str, Form]:
    own = own_forms().values()
    return {form.path: form for form in own if isinstance(form.path, str) and form is not _DURATION}


# What `whitelist_for_serdes` was given; filled when users' modules are imported.
_FORMS_OF_USERS: dict[str, Form] = {}
_FORM_OF_CLASS: dict[type[Any], Form] = {}
_ENUMS_OF_USERS: dict[str, type[Enum]] = {}
_NAME_OF_ENUM: dict[type[Enum], str] = {}


def path_of(of: type[Any]) -> str:
    """Where a class stands, as `module:name`."""
    return f"{of.__module__}:{of.__qualname__}"


def form_of(value: object) -> Form | None:
    """How the object is written; None for a class that is not known."""
    return _FORM_OF_CLASS.get(type(value)) or _own_forms_by_path().get(path_of(type(value)))


def form_named(name: str) -> Form | None:
    """How objects are written that say this name; None where nobody does."""
    return _FORMS_OF_USERS.get(name) or own_forms().get(name)


def name_of_enum(of: type[Enum]) -> str | None:
    """The name under which members of an enum are written; None for one that is not known."""
    path = path_of(of)
    return _NAME_OF_ENUM.get(of) or next((name for name, known in _ENUMS.items() if known == path), None)


def enum_named(name: str) -> type[Enum] | None:
    """The enum whose members say this name; None where none does."""
    path = _ENUMS.get(_OTHER_NAMES.get(name, name))
    return _ENUMS_OF_USERS.get(name) or (None if path is None else class_at(path))


def add_class(of: type[Any], form: Form) -> None:
    """Make a user's class known."""
    _FORM_OF_CLASS[of] = form
    for name in (form.name, *form.older_names):
        _FORMS_OF_USERS[name] = form


def add_enum(of: type[Enum], name: str) -> None:
    """Make a user's enum known."""
    _NAME_OF_ENUM[of] = name
    _ENUMS_OF_USERS[name] = of
