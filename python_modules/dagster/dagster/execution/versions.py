"""Data versions and provenance: the tags by which a materialization says what it was made from."""

from __future__ import annotations

from dagster.events.data_versions import (
    CODE_VERSION_TAG,
    DATA_VERSION_IS_USER_PROVIDED_TAG,
    DATA_VERSION_TAG,
    INPUT_DATA_VERSION_TAG_PREFIX,
    INPUT_EVENT_POINTER_TAG_PREFIX,
    NULL_EVENT_POINTER,
    DataVersion,
    computed_data_version,
)
from dagster.execution.running import RunningStep
from dagster.keys import AssetKey
from dagster.specs.assets import AssetSpec


def version_tags(step: RunningStep, spec: AssetSpec, given: DataVersion | None) -> dict[str, str]:
    """The tags of a materialization: code version, versions of the inputs with their events, data version.

    Without a code version the run's id stands in, since nobody says that the code is the same as before.
    """
    code_version = spec.code_version or step.running.run.run_id
    tags = {CODE_VERSION_TAG: code_version}
    inputs: list[tuple[AssetKey, str]] = []
    for dep in spec.deps:
        version, storage_id = step.running.versions.of(spec, dep, step.partition_keys)
        name = dep.asset_key.to_user_string()
        tags[f"{INPUT_DATA_VERSION_TAG_PREFIX}/{name}"] = version
        tags[f"{INPUT_EVENT_POINTER_TAG_PREFIX}/{name}"] = NULL_EVENT_POINTER if storage_id is None else str(storage_id)
        inputs.append((dep.asset_key, version))
    if given is None:
        tags[DATA_VERSION_TAG] = computed_data_version(code_version, inputs)
    else:
        tags[DATA_VERSION_TAG] = given.value
        tags[DATA_VERSION_IS_USER_PROVIDED_TAG] = "true"
    return tags
