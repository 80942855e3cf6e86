"""Run config that depends on the partition: what a job's run gets for a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dagster.arguments import check_argument, check_callable
from dagster.config.run_config import RunConfig
from dagster.define.config_mappings import ConfigMapping
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidInvocationError
from dagster.metadata.tags import run_tags
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition, Partition
from dagster.partitions.loading import DynamicPartitionsStore, partition_loading_context
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.runs.requests import RunRequest
from dagster.runs.tags import PARTITION_NAME_TAG, PARTITION_SET_TAG

ConfigOfKey = Callable[[str], Any]
TagsOfKey = Callable[[str], Mapping[str, str]]

# What says the partition itself; a function of the user's must not.
_TAGS_OF_PARTITIONS = (PARTITION_NAME_TAG, PARTITION_SET_TAG)


class PartitionedConfig:
    """The run config of a job for each of its partitions, and tags of their runs. The `config` of a job.

    Args:
        partitions_def: the partitions.
        run_config_for_partition_fn: from a `Partition` to run config; the older form of `run_config_for_partition_key_fn`.
        decorated_fn: what is called when the object itself is called, as a test does.
        tags_for_partition_fn: from a `Partition` to tags; the older form of `tags_for_partition_key_fn`.
        run_config_for_partition_key_fn: from a key to run config, a dict or a `RunConfig`.
        tags_for_partition_key_fn: from a key to tags.

    Raises:
        CheckError: no function for the config, or two for one thing.

    Example:
        >>> config = PartitionedConfig(
        ...     StaticPartitionsDefinition(["eu", "us"]),
        ...     run_config_for_partition_key_fn=lambda key: {"ops": {"load": {"config": {"region": key}}}},
        ... )
        >>> config.get_run_config_for_partition_key("eu")
        {'ops': {'load': {'config': {'region': 'eu'}}}}
    """

    def __init__(
        self,
        partitions_def: PartitionsDefinition,
        run_config_for_partition_fn: Callable[[Partition], Any] | None = None,
        decorated_fn: Callable[..., Any] | None = None,
        tags_for_partition_fn: Callable[[Partition], Mapping[str, str]] | None = None,
        run_config_for_partition_key_fn: ConfigOfKey | None = None,
        tags_for_partition_key_fn: TagsOfKey | None = None,
    ) -> None:
        check_argument("partitions_def", partitions_def, PartitionsDefinition)
        for name, given in (
            ("run_config_for_partition_fn", run_config_for_partition_fn),
            ("decorated_fn", decorated_fn),
            ("tags_for_partition_fn", tags_for_partition_fn),
            ("run_config_for_partition_key_fn", run_config_for_partition_key_fn),
            ("tags_for_partition_key_fn", tags_for_partition_key_fn),
        ):
            check_callable(name, given)
        if (run_config_for_partition_fn is None) == (run_config_for_partition_key_fn is None):
            raise CheckError(
                "Must provide exactly one of run_config_for_partition_fn or run_config_for_partition_key_fn to PartitionedConfig."
            )
        if tags_for_partition_fn is not None and tags_for_partition_key_fn is not None:
            raise CheckError("Cannot provide both of tags_for_partition_fn or tags_for_partition_key_fn to PartitionedConfig.")
        self.partitions_def = partitions_def
        self.run_config_for_partition_fn = run_config_for_partition_fn
        self.run_config_for_partition_key_fn = run_config_for_partition_key_fn
        self.tags_for_partition_fn = tags_for_partition_fn
        self.tags_for_partition_key_fn = tags_for_partition_key_fn
        self._decorated_fn = decorated_fn

    def __class_getitem__(cls, partitions_type: Any) -> type[PartitionedConfig]:
        """The class itself, so that annotations like `PartitionedConfig[DailyPartitionsDefinition]` can be written."""
        return cls

    def get_partition_keys(self, current_time: datetime | None = None) -> Sequence[str]:
        """All keys in order, as of a time; as of now without."""
        return self.partitions_def.get_partition_keys(current_time)

    def get_run_config_for_partition_key(self, partition_key: str) -> Mapping[str, Any]:
        """The run config of one partition, as a dict. Whether there is such a key is for the function to say.

        Raises:
            DagsterUnknownPartitionError: the key of a window of time cannot be read.
        """
        if self.run_config_for_partition_key_fn is not None:
            made = self.run_config_for_partition_key_fn(partition_key)
        else:
            assert self.run_config_for_partition_fn is not None, "one of the two was given"
            made = self.run_config_for_partition_fn(Partition(partition_key))
        return made.to_config_dict() if isinstance(made, RunConfig) else made

    def get_tags_for_partition_key(self, partition_key: str, job_name: str | None = None) -> Mapping[str, str]:
        """The tags of a run of one partition: those of the functions, and those that name the partition.

        Args:
            partition_key: the partition.
            job_name: the job, where the tags should name its partitions too.

        Raises:
            DagsterInvalidDefinitionError: a function names the partition itself.
        """
        given: Mapping[str, str] = {}
        if self.tags_for_partition_key_fn is not None:
            given = self.tags_for_partition_key_fn(partition_key)
        elif self.tags_for_partition_fn is not None:
            given = self.tags_for_partition_fn(Partition(partition_key))
        for tag in _TAGS_OF_PARTITIONS:
            if tag in given:
                raise DagsterInvalidDefinitionError(
                    f"Attempted to set tag with reserved system prefix: {tag}. Each run of a partition has it; leave it out "
                    "of what the function returns."
                )
        return {**run_tags(given), **partition_tags(self.partitions_def, partition_key, job_name)}

    @classmethod
    def from_flexible_config(cls, config: Any, partitions_def: PartitionsDefinition) -> PartitionedConfig:
        """Any `config` of a job as config of its partitions: a dict is the same for each.

        Raises:
            CheckError: it has other partitions, or is a `ConfigMapping`.
        """
        if isinstance(config, ConfigMapping):
            raise CheckError("Can't supply a ConfigMapping for 'config' when 'partitions_def' is supplied.")
        if isinstance(config, PartitionedConfig):
            if config.partitions_def != partitions_def:
                raise CheckError(
                    "Can't supply a PartitionedConfig for 'config' with a different PartitionsDefinition than supplied for "
                    f"'partitions_def': {config.partitions_def} and {partitions_def}."
                )
            return config
        return cls(partitions_def, run_config_for_partition_key_fn=lambda _key: {} if config is None else config)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the decorated function, as a test does.

        Raises:
            DagsterInvalidInvocationError: the object was made without a decorator.
        """
        if self._decorated_fn is None:
            raise DagsterInvalidInvocationError(
                "Only PartitionedConfig objects created using one of the partitioned config decorators can be directly invoked. "
                "Ask this one with get_run_config_for_partition_key."
            )
        return self._decorated_fn(*args, **kwargs)


def config_for_partition(config: Any, partition_key: str | None, store: DynamicPartitionsStore | None) -> Any:
    """What the `config` of a job says for a run: of its partition, where it depends on that.

    Raises:
        DagsterUnknownPartitionError: there is no such partition.
    """
    if not isinstance(config, PartitionedConfig):
        return config
    if partition_key is None:
        return None
    with partition_loading_context(dynamic_partitions_store=store):
        config.partitions_def.validate_partition_key(partition_key)
    return config.get_run_config_for_partition_key(partition_key)


def partition_tags(partitions_def: PartitionsDefinition, partition_key: str, job_name: str | None) -> dict[str, str]:
    """The tags of a run that name its partition, and the partitions of the job."""
    named = {PARTITION_SET_TAG: f"{job_name}_partition_set"} if job_name else {}
    return {**partitions_def.get_tags_for_partition_key(partition_key), **named}


def run_request(
    config: PartitionedConfig | None,
    partition_key: str,
    request: Mapping[str, Any],
    current_time: datetime | None,
    store: DynamicPartitionsStore | None,
    *,
    names_the_set: bool,
) -> RunRequest:
    """What asks for the run of one partition of a job; behind `run_request_for_partition`.

    Args:
        config: of the job; None where it has no partitions.
        partition_key: the partition.
        request: what else the request says, the name of the job too.
        current_time: as of when the partition must exist.
        store: where dynamic keys are kept.
        names_the_set: whether the tags name the job's partitions too.

    Raises:
        CheckError: the job has no partitions.
        DagsterUnknownPartitionError: there is no such partition.
    """
    name = request["job_name"]
    if config is None:
        raise CheckError(
            f"Called run_request_for_partition on a non-partitioned job: '{name}' has no partitions of its own. Give it some "
            "with partitions_def=."
        )
    with partition_loading_context(current_time, dynamic_partitions_store=store):
        config.partitions_def.validate_partition_key(partition_key)
    run_config = request.get("run_config")
    said: dict[str, Any] = {
        **request,
        "run_config": config.get_run_config_for_partition_key(partition_key) if run_config is None else run_config,
        "tags": {
            **(request.get("tags") or {}),
            **config.get_tags_for_partition_key(partition_key, name if names_the_set else None),
        },
    }
    return RunRequest(partition_key=partition_key, **said)


def partitioned_config(
    partitions_def: PartitionsDefinition, tags_for_partition_key_fn: TagsOfKey | None = None
) -> Callable[[ConfigOfKey], PartitionedConfig]:
    """Make config per partition out of a function that takes the key and returns run config.

    Args:
        partitions_def: the partitions.
        tags_for_partition_key_fn: from a key to tags of its run.

    Example:
        >>> @partitioned_config(StaticPartitionsDefinition(["eu", "us"]))
        ... def by_region(partition_key):
        ...     return {"ops": {"load": {"config": {"region": partition_key}}}}
        >>> by_region.get_tags_for_partition_key("us")
        {'dagster/partition': 'us'}
    """

    def decorate(function: ConfigOfKey) -> PartitionedConfig:
        return PartitionedConfig(
            partitions_def,
            decorated_fn=function,
            run_config_for_partition_key_fn=function,
            tags_for_partition_key_fn=tags_for_partition_key_fn,
        )

    return decorate


def static_partitioned_config(
    partition_keys: Sequence[str],
    tags_for_partition_fn: TagsOfKey | None = None,
    tags_for_partition_key_fn: TagsOfKey | None = None,
) -> Callable[[ConfigOfKey], PartitionedConfig]:
    """Like `partitioned_config`, for a fixed list of keys.

    Args:
        partition_keys: the keys.
        tags_for_partition_fn: the older name of `tags_for_partition_key_fn`.
        tags_for_partition_key_fn: from a key to tags of its run.

    Raises:
        CheckError: both functions for tags.

    Example:
        >>> @static_partitioned_config(["eu", "us"])
        ... def by_region(partition_key):
        ...     return {"ops": {"load": {"config": {"region": partition_key}}}}
        >>> by_region.get_partition_keys()
        ['eu', 'us']
    """
    tags = _one_of(tags_for_partition_fn, tags_for_partition_key_fn)
    return partitioned_config(StaticPartitionsDefinition(partition_keys), tags)


def dynamic_partitioned_config(
    partition_fn: Callable[[datetime | None], Sequence[str]],
    tags_for_partition_fn: TagsOfKey | None = None,
    tags_for_partition_key_fn: TagsOfKey | None = None,
) -> Callable[[ConfigOfKey], PartitionedConfig]:
    """Like `partitioned_config`, for keys that a function gives.

    Args:
        partition_fn: called with the moment that is asked about, or None for now.
        tags_for_partition_fn: the older name of `tags_for_partition_key_fn`.
        tags_for_partition_key_fn: from a key to tags of its run.

    Raises:
        CheckError: both functions for tags.

    Example:
        >>> @dynamic_partitioned_config(lambda now: ["a.csv", "b.csv"])
        ... def by_file(partition_key):
        ...     return {"ops": {"load": {"config": {"path": partition_key}}}}
        >>> by_file("a.csv")
        {'ops': {'load': {'config': {'path': 'a.csv'}}}}
    """
    tags = _one_of(tags_for_partition_fn, tags_for_partition_key_fn)
    return partitioned_config(DynamicPartitionsDefinition(partition_fn), tags)


def _one_of(older: TagsOfKey | None, newer: TagsOfKey | None) -> TagsOfKey | None:
    if older is not None and newer is not None:
        raise CheckError('Do not use deprecated "tags_for_partition_fn" now that you are using "tags_for_partition_key_fn".')
    return older if newer is None else newer
