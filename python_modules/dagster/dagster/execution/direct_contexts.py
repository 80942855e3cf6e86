"""Contexts for calling the function of an asset or op directly, without a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dagster.define.computations import Computation
from dagster.define.resource_values import NO_RESOURCES, Resources
from dagster.errors import CheckError, DagsterInvalidInvocationError, DagsterInvalidPropertyError, DagsterInvariantViolationError
from dagster.execution.contexts import AssetExecutionContext, OpExecutionContext
from dagster.keys import AssetKey
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.planning.steps import Step
from dagster.specs.assets import AssetSpec

if TYPE_CHECKING:
    from typing_extensions import Self

    from dagster.define.resource_sessions import ResourceSession
    from dagster.events.failures import FailedStep, SerializableErrorInfo

DIRECT_RUN_ID = "EPHEMERAL"
TContext = TypeVar("TContext", bound="DirectContext")


class Settings:
    """What a test gives to a context, once for all functions that are called with it.

    Args:
        session: the resources, set up.
        op_config: config of the function, as it was given.
        instance: what remembers runs; without: one that is forgotten, made when it is asked for.
        partition_key, partition_key_range: the partitions that the call is about.
        mapping_key: of a dynamic output.
        run_tags: tags that a run would have.
        failed_steps: the steps that would have failed before.
    """

    def __init__(
        self,
        *,
        session: ResourceSession | None = None,
        op_config: Any = None,
        instance: Any = None,
        partition_key: str | None = None,
        partition_key_range: PartitionKeyRange | None = None,
        mapping_key: str | None = None,
        run_tags: Mapping[str, str] | None = None,
        failed_steps: Sequence[FailedStep] = (),
    ) -> None:
        if partition_key is not None and partition_key_range is not None:
            raise CheckError("Must supply at most one of partition_key or partition_key_range")
        self.session = session
        self.op_config = op_config
        self.partition_key = partition_key
        self.partition_key_range = partition_key_range
        self.mapping_key = mapping_key
        self.run_tags = dict(run_tags or {})
        self.failed_steps = tuple(failed_steps)
        self.is_entered = False
        self._instance = instance

    @property
    def instance(self) -> Any:
        """What remembers runs."""
        if self._instance is None:
            from dagster.instance.instance import DagsterInstance

            self._instance = DagsterInstance.ephemeral()
        return self._instance

    @property
    def resources(self) -> Resources:
        """The resources that were given.

        Raises:
            DagsterInvariantViolationError: one is torn down at the end of a `with`, and there is none.
        """
        if self.session is None:
            return NO_RESOURCES
        if self.session.has_teardown and not self.is_entered:
            raise DagsterInvariantViolationError(
                "At least one provided resource is a generator, but attempting to access resources outside of context manager "
                "scope. You can use the following syntax to open a context manager: `with build_op_context(...) as context:`"
            )
        return self.session.resources

    def close(self) -> None:
        """Tear down the resources."""
        if self.session is not None:
            from dagster.define.resource_building import report_teardown

            report_teardown(self.session, None)


class DirectStep:
    """Stands in for a step of a run while a function is called directly; before that it knows of no function."""

    def __init__(
        self, settings: Settings, computation: Computation | None = None, definition: Any = None, resources: Any = None
    ) -> None:
        self.settings = settings
        self.running = self
        self.retries: Mapping[str, int] = {}
        self.output_metadata: dict[str, dict[str, Any]] = {}
        self.asset_metadata: dict[tuple[AssetKey, str | None], dict[str, Any]] = {}
        self.data_versions: dict[AssetKey, Any] = {}
        self.given: set[str] = set()
        self.mapping_keys: dict[str, list[str]] = {}
        self.events: list[Any] = []
        self.op_config = settings.op_config
        self.context: Any = None
        self.must_say_all: str | None = None
        self._resources = resources
        self._log: Any = None
        self._step = _step_of(computation, definition) if computation is not None else None

    def __getattr__(self, name: str) -> Any:
        raise DagsterInvalidPropertyError(f"The {name} is not set on the context when an asset or op is directly invoked.")

    @property
    def step(self) -> Step:
        """The function that is being called as a step."""
        if self._step is None:
            raise DagsterInvalidPropertyError(
                "This context belongs to no function yet: what it says of assets and outputs is set while one is called with it."
            )
        return self._step

    @property
    def run_id(self) -> str:
        """Stands in for the id of a run."""
        return DIRECT_RUN_ID

    @property
    def instance(self) -> Any:
        """What remembers runs."""
        return self.settings.instance

    @property
    def resources(self) -> Any:
        """The resources of the call; of the context as long as there is none."""
        return self.settings.resources if self._resources is None else self._resources

    @property
    def log(self) -> Any:
        """A logger that writes to the console."""
        if self._log is None:
            from dagster.execution.direct_logging import direct_logger

            self._log = direct_logger(self._step.key if self._step is not None else None)
        return self._log

    @property
    def has_function(self) -> bool:
        """Whether it stands for a call; a context that was just made does not."""
        return self._step is not None

    @property
    def partition_keys(self) -> tuple[str, ...] | None:
        """The partitions that the call is about."""
        if self.settings.partition_key is not None:
            return (self.settings.partition_key,)
        keys = self.settings.partition_key_range
        if keys is None:
            return None
        partitions_def = self.step.definition.partitions_def if self._step is not None else None
        if partitions_def is None:
            return (keys.start, keys.end)
        return tuple(partitions_def.get_partition_keys_in_range(keys))


def _step_of(computation: Computation, definition: Any) -> Step:
    specs_by_key: Mapping[Any, AssetSpec] = definition.specs_by_key if definition is not None else {}
    specs = {output.name: specs_by_key[output.asset_key] for output in computation.outputs if output.asset_key in specs_by_key}
    return Step(
        key=computation.name,
        place=computation.name,
        position=0,
        computation=computation,
        definition=definition,
        inputs=(),
        outputs=computation.outputs,
        specs=specs,
        asset_keys=tuple(spec.key for spec in specs.values()),
        waits_for=(),
        resource_keys=computation.required_resource_keys,
    )


class DirectContext(OpExecutionContext):
    """What `build_asset_context` and `build_op_context` make.

    A context manager where one of its resources is to be torn down.
    """

    _step: Any
    owns_session = False  # whether the resources are torn down when it is gone

    def __init__(self, settings: Settings, step: DirectStep | None = None) -> None:
        super().__init__(cast("Any", step or DirectStep(settings)))
        self._settings = settings

    def __enter__(self) -> Self:
        self._settings.is_entered = True
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._settings.close()
        self._settings.is_entered = False

    def __del__(self) -> None:
        if self.owns_session and not self._settings.is_entered:
            self._settings.close()

    @property
    def settings(self) -> Settings:
        """What was given to it."""
        return self._settings

    def bound_to(self, computation: Computation, definition: Any, resources: Any) -> Self:
        """The context of one call. Metadata and events of the call can be read from this one afterwards."""
        step = DirectStep(self._settings, computation, definition, resources)
        self._step.output_metadata, self._step.events = step.output_metadata, step.events
        return type(self)(self._settings, step)

    def set_op_config(self, config: Any) -> None:
        """Config of the function, checked."""
        self._step.op_config = config

    @property
    def run_id(self) -> str:
        """Stands in for the id of a run."""
        return DIRECT_RUN_ID

    @property
    def run(self) -> Any:
        """There is none.

        Raises:
            DagsterInvalidPropertyError: always.
        """
        raise _not_outside_of_a_run("run")

    @property
    def dagster_run(self) -> Any:
        """There is none.

        Raises:
            DagsterInvalidPropertyError: always.
        """
        raise _not_outside_of_a_run("dagster_run")

    @property
    def job_name(self) -> str:
        """There is none.

        Raises:
            DagsterInvalidPropertyError: always.
        """
        raise _not_outside_of_a_run("job_name")

    @property
    def job_def(self) -> Any:
        """There is none.

        Raises:
            DagsterInvalidPropertyError: always.
        """
        raise _not_outside_of_a_run("job_def")

    @property
    def retry_number(self) -> int:
        """A call is never tried again."""
        return 0

    @property
    def failed_steps(self) -> Sequence[FailedStep]:
        """The steps that are said to have failed before."""
        return self._settings.failed_steps

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags that a run would have."""
        return self._settings.run_tags

    @property
    def run_config(self) -> Mapping[str, Any]:
        """The config that a run of this function would have."""
        config = self._step.op_config
        return {"ops": {self._step.step.key: {"config": config}}} if config is not None else {}

    @property
    def has_assets_def(self) -> bool:
        """Whether the call makes assets; a context that belongs to no function yet makes none."""
        return self._step.has_function and super().has_assets_def

    @property
    def partition_key(self) -> str:
        """The partition that the call is about.

        Raises:
            CheckError: there is none.
        """
        if self._settings.partition_key is None:
            raise CheckError("Tried to access partition_key for a non-partitioned run")
        return self._settings.partition_key

    @property
    def partition_key_range(self) -> PartitionKeyRange:
        """The first and the last partition that the call is about.

        Raises:
            CheckError: there is none.
        """
        found = self._settings.partition_key_range
        if found is not None:
            return found
        if self._settings.partition_key is None:
            raise CheckError("Tried to access partition_key range for a non-partitioned run")
        return PartitionKeyRange(self._settings.partition_key, self._settings.partition_key)

    @property
    def partition_keys(self) -> Sequence[str]:
        """The partitions that the call is about.

        Raises:
            CheckError: there are none.
        """
        keys = self._step.partition_keys
        if keys is None:
            raise CheckError("Tried to access partition_keys for a non-partitioned run")
        return list(keys)

    @property
    def has_partition_key(self) -> bool:
        """Whether the call is about one partition."""
        return self._settings.partition_key is not None

    @property
    def has_partition_key_range(self) -> bool:
        """Whether the call is about a range of partitions."""
        return self._settings.partition_key_range is not None

    def get_mapping_key(self) -> str | None:
        """The key of the dynamic output that the call stands for."""
        return self._settings.mapping_key

    def log_event(self, event: Any) -> None:
        """Keep a materialization, observation or expectation; `get_events` has it.

        Raises:
            DagsterInvariantViolationError: something else.
        """
        from dagster.execution.user_events import refuse_no_user_event

        refuse_no_user_event(event)
        self._step.events.append(event)

    def log_engine_event(self, message: str, error: SerializableErrorInfo | None = None) -> None:
        """Write it to the console."""
        self.log.debug(f"{message}\n\n{error.to_string()}" if error else message)

    def get_events(self) -> Sequence[Any]:
        """What the last function called with it logged with `log_event`."""
        return list(self._step.events)

    def load_asset_value(self, asset_key: AssetKey, *, python_type: type | None = None, partition_key: str | None = None) -> Any:
        """There is no project to load from.

        Raises:
            DagsterInvalidPropertyError: always.
        """
        raise _not_outside_of_a_run("load_asset_value method")


def _not_outside_of_a_run(name: str) -> DagsterInvalidPropertyError:
    return DagsterInvalidPropertyError(
        f"The {name} is not set on the context when an asset or op is directly invoked. It is known inside of a run: use "
        "materialize or execute_in_process."
    )


class DirectOpExecutionContext(DirectContext):
    """What `build_op_context` makes."""


class DirectAssetExecutionContext(DirectContext, AssetExecutionContext):
    """What `build_asset_context` makes."""

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The context as that of an op."""
        return DirectOpExecutionContext(self._settings, self._step)


def build_op_context(
    resources: Mapping[str, Any] | None = None,
    op_config: Any = None,
    resources_config: Mapping[str, Any] | None = None,
    instance: Any = None,
    config: Any = None,
    partition_key: str | None = None,
    partition_key_range: PartitionKeyRange | None = None,
    mapping_key: str | None = None,
    run_tags: Mapping[str, str] | None = None,
    event_loop: Any = None,
    failed_steps: Sequence[FailedStep] = (),
) -> DirectOpExecutionContext:
    """The context for calling the function of an op directly, in a test.

    Args:
        resources: by key, anything that can be a resource.
        op_config: config of the function.
        resources_config: config of the resources, `{"config": ...}` by key.
        instance: what remembers runs.
        config: older name of `op_config`.
        partition_key, partition_key_range: the partitions that the call is about.
        mapping_key: of a dynamic output.
        run_tags: tags that a run would have.
        event_loop: the loop of resources that run in one.
        failed_steps: the steps that would have failed before, for an op that runs `on_failure` or `finally_`.

    Raises:
        DagsterInvalidInvocationError: `op_config` and `config` are both given.
        CheckError: a partition and a range are both given.

    Example:
        >>> @op(config_schema={"rows": int})
        ... def sample(context) -> int:
        ...     return context.op_config["rows"]
        >>> sample(build_op_context(op_config={"rows": 3}))
        3
    """
    if op_config is not None and config is not None:
        raise DagsterInvalidInvocationError(
            "Attempted to invoke ``build_op_context`` with both ``op_config``, and its legacy version, ``config``. Please "
            "provide one or the other."
        )
    settings = _settings(
        resources,
        resources_config,
        event_loop,
        instance=instance,
        op_config=config if op_config is None else op_config,
        partition_key=partition_key,
        partition_key_range=partition_key_range,
        mapping_key=mapping_key,
        run_tags=run_tags,
        failed_steps=failed_steps,
    )
    return _owning(DirectOpExecutionContext(settings))


def build_asset_context(
    resources: Mapping[str, Any] | None = None,
    resources_config: Mapping[str, Any] | None = None,
    asset_config: Mapping[str, Any] | None = None,
    instance: Any = None,
    partition_key: str | None = None,
    partition_key_range: PartitionKeyRange | None = None,
    run_tags: Mapping[str, str] | None = None,
    event_loop: Any = None,
) -> DirectAssetExecutionContext:
    """The context for calling the function of an asset directly, in a test.

    Args:
        resources: by key, anything that can be a resource.
        resources_config: config of the resources, `{"config": ...}` by key.
        asset_config: config of the function.
        instance: what remembers runs.
        partition_key, partition_key_range: the partitions that the call is about.
        run_tags: tags that a run would have.
        event_loop: the loop of resources that run in one.

    Raises:
        CheckError: a partition and a range are both given.

    Example:
        >>> @asset
        ... def daily(context):
        ...     return context.partition_key
        >>> daily(build_asset_context(partition_key="2024-05-01"))
        '2024-05-01'
    """
    settings = _settings(
        resources,
        resources_config,
        event_loop,
        instance=instance,
        op_config=asset_config,
        partition_key=partition_key,
        partition_key_range=partition_key_range,
        run_tags=run_tags,
    )
    return _owning(DirectAssetExecutionContext(settings))


def _owning(context: TContext) -> TContext:
    context.owns_session = context.settings.session is not None
    return context


def _settings(
    resources: Mapping[str, Any] | None,
    resources_config: Mapping[str, Any] | None,
    event_loop: Any,
    *,
    instance: Any,
    **given: Any,
) -> Settings:
    if not resources:
        return Settings(instance=instance, **given)
    from dagster.define.resource_building import processed_resource_config
    from dagster.define.resource_sessions import coerce_resources, open_resources

    definitions = coerce_resources(resources)
    settings = Settings(instance=instance, **given)
    settings.session = open_resources(
        definitions,
        config=processed_resource_config(definitions, resources_config),
        instance=None if all(made.is_ready_made for made in definitions.values()) else settings.instance,
        event_loop=event_loop,
    )
    return settings
