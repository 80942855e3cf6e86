"""Executors as they are declared: how the steps of a run are executed, with the config that this takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.arguments import check_argument, check_callable, check_optional
from dagster.define.functions import place_of
from dagster.define.resources import is_decorated_function
from dagster.errors import CheckError

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field


class ExecutorRequirement(Enum):
    """What an executor needs of a run."""

    RECONSTRUCTABLE_PIPELINE = "RECONSTRUCTABLE_PIPELINE"
    NON_EPHEMERAL_INSTANCE = "NON_EPHEMERAL_INSTANCE"
    PERSISTENT_OUTPUTS = "PERSISTENT_OUTPUTS"


def multiple_process_executor_requirements() -> Sequence[ExecutorRequirement]:
    """What an executor needs that has steps run in other processes.

    Example:
        >>> @executor(name="queue", requirements=multiple_process_executor_requirements())
        ... def queue_executor(init_context): ...
        >>> queue_executor.name
        'queue'
    """
    return list(ExecutorRequirement)


class InitExecutorContext(msgspec.Struct, frozen=True):
    """What the function of an executor gets.

    Attributes:
        job: the job that is executed.
        executor_def: the definition.
        executor_config: its config, checked and with defaults.
        instance: what remembers the run.

    Example:
        >>> @executor(name="many", config_schema={"workers": Field(int, default_value=4)})
        ... def many(context: InitExecutorContext):
        ...     return multiprocess_executor.executor_creation_fn(context)
        >>> many.name
        'many'
    """

    job: Any
    executor_def: ExecutorDefinition
    executor_config: Mapping[str, Any]
    instance: Any


class Executor:
    """Executes the steps of a plan. What an `@executor` function returns; `execute` is overridden.

    Example:
        >>> class Serial(Executor):
        ...     retries = None
        ...     def execute(self, plan_context, execution_plan):
        ...         yield from ()
    """

    @property
    def retries(self) -> Any:
        """Whether steps are tried again."""
        raise NotImplementedError(f"{type(self).__name__} says in `retries` whether steps are tried again.")

    @property
    def step_dependency_config(self) -> Any:
        """What a step waits for; None for all that it depends on."""
        return None

    def execute(self, plan_context: Any, execution_plan: Any) -> Any:
        """Execute the steps and yield their events."""
        raise NotImplementedError(f"{type(self).__name__} executes steps in `execute`.")


class ExecutorDefinition:
    """How the steps of a run are executed.

    Args:
        name: under which run config knows it.
        config_schema: the config that it takes.
        requirements: what it needs of a run; a list, or a function of its config.
        executor_creation_fn: takes an `InitExecutorContext` and gives the executor.
        description: Markdown for people.

    Example:
        >>> two_at_once = multiprocess_executor.configured({"max_concurrent": 2}, name="two_at_once")
        >>> two_at_once.name
        'two_at_once'
    """

    def __init__(
        self,
        name: str,
        config_schema: Any = None,
        requirements: Callable[[Mapping[str, Any]], Sequence[ExecutorRequirement]] | Sequence[ExecutorRequirement] | None = None,
        executor_creation_fn: Callable[[InitExecutorContext], Any] | None = None,
        description: str | None = None,
    ) -> None:
        check_argument("name", name, str)
        check_callable("executor_creation_fn", executor_creation_fn)
        check_optional("description", description, str)
        self.name = name
        self.description = description
        self.executor_creation_fn = executor_creation_fn
        self._requirements = requirements
        self._raw_schema = config_schema

    def __repr__(self) -> str:
        return f"ExecutorDefinition({self.name!r})"

    @property
    def place(self) -> str:
        """File and line of its function."""
        return place_of(self.executor_creation_fn)

    @property
    def config_schema(self) -> DefinitionSchema:
        """The config that it takes; anything, when nothing was declared."""
        from dagster.config.definition_schemas import definition_schema

        # A schema of ours is written when it is first asked for, so that naming an executor does not build it.
        self._raw_schema = definition_schema(
            _OWN_SCHEMAS[raw]() if isinstance(raw := self._raw_schema, str) and raw in _OWN_SCHEMAS else raw
        )
        return self._raw_schema

    @property
    def config_field(self) -> Field:
        """The schema of its `config:` entry."""
        return self.config_schema.as_field()

    def get_requirements(self, executor_config: Mapping[str, object]) -> Sequence[ExecutorRequirement]:
        """What it needs of a run with this config."""
        if callable(self._requirements):
            return list(self._requirements(executor_config))
        return list(self._requirements or ())

    def configured(
        self, config_or_config_fn: Any, name: str | None = None, config_schema: Any = None, description: str | None = None
    ) -> ExecutorDefinition:
        """The same executor with its config decided, wholly or by a function of other config.

        Args:
            config_or_config_fn: the config, or a function from config to it.
            name: without: the function's name, or that of this executor.
            config_schema: what the function takes.
            description: without: that of this executor.
        """
        from dagster.config.definition_schemas import configured_schema

        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, owner=f"executor '{self.name}'")
        named_by = getattr(config_or_config_fn, "__name__", self.name) if callable(config_or_config_fn) else self.name
        return self.copy_for_configured(name or named_by, description, schema)

    def copy_for_configured(self, name: str, description: str | None, config_schema: Any) -> ExecutorDefinition:
        """The same executor with another name, description and schema."""
        return ExecutorDefinition(
            name, config_schema, self._requirements, self.executor_creation_fn, description or self.description
        )

    @staticmethod
    def hardcoded_executor(executor: Executor) -> ExecutorDefinition:
        """The definition that gives this executor."""
        return ExecutorDefinition("__executor__", executor_creation_fn=lambda _init_context: executor)


def executor(name: Any = None, config_schema: Any = None, requirements: Any = None) -> Any:
    """Make the definition of an executor out of the function that gives it.

    Args:
        name: without: the function's name.
        config_schema: the config that it takes.
        requirements: what it needs of a run; a list, or a function of its config.

    Example:
        >>> @executor(config_schema={"host": str})
        ... def remote(init_context: InitExecutorContext):
        ...     return RemoteExecutor(init_context.executor_config["host"])
        >>> remote.name
        'remote'
    """
    if is_decorated_function(name):
        return ExecutorDefinition(name.__name__, executor_creation_fn=name)

    def decorate(function: Callable[[InitExecutorContext], Any]) -> ExecutorDefinition:
        return ExecutorDefinition(name or function.__name__, config_schema, requirements, function)

    return decorate


def checked_executor(given: Any) -> Any:
    """What `Definitions` takes as executor: a definition, an executor, None.

    Raises:
        CheckError: something else.
    """
    if given is None or isinstance(given, (ExecutorDefinition, Executor)):
        return given
    raise CheckError(f'Param "executor" is not an ExecutorDefinition. Got {given!r} which is type {type(given)}.')


def _retries() -> Any:
    from dagster.config.fields import Field, Selector

    return Field(
        Selector({"enabled": Field({}, is_required=False), "disabled": Field({}, is_required=False)}),
        default_value={"enabled": {}},
    )


def _waits_for() -> Any:
    from dagster.config.fields import Field

    return Field({"require_upstream_step_success": Field(bool, is_required=False, default_value=True)}, is_required=False)


def _in_process_schema() -> dict[str, Any]:
    from dagster.config.fields import Field

    return {
        "retries": _retries(),
        "marker_to_close": Field(str, is_required=False),
        "step_dependency_config": _waits_for(),
    }


def _multiprocess_schema() -> dict[str, Any]:
    from dagster.config.fields import Array, Field, Noneable, ScalarUnion, Selector

    apply_to_each = Field({"applyLimitPerUniqueValue": Field(bool)})
    limit = {
        "key": Field(str),
        "value": Field(ScalarUnion(str, non_scalar_schema=apply_to_each.config_type), is_required=False),
        "limit": Field(int),
    }
    start_method = {"spawn": Field({}, is_required=False), "forkserver": {"preload_modules": Field([str], is_required=False)}}
    return {
        "max_concurrent": Field(Noneable(int), default_value=None),
        "tag_concurrency_limits": Field(Array(limit), is_required=False),
        "start_method": Field(Selector(start_method), is_required=False),
        "retries": _retries(),
        "step_dependency_config": _waits_for(),
    }


def _either_schema() -> Any:
    from dagster.config.fields import Field, Selector

    either = {
        "multiprocess": Field(_multiprocess_schema(), is_required=False),
        "in_process": Field(_in_process_schema(), is_required=False),
    }
    return Field(Selector(either), default_value={"multiprocess": {}})


_OWN_SCHEMAS: Mapping[str, Callable[[], Any]] = {
    "in_process": _in_process_schema,
    "multiprocess": _multiprocess_schema,
    "multi_or_in_process": _either_schema,
}


def _of_either(config: Mapping[str, Any]) -> Sequence[ExecutorRequirement]:
    return multiple_process_executor_requirements() if "multiprocess" in config else []


class TagLimit(msgspec.Struct, frozen=True):
    """How many steps with a tag run at once.

    Attributes:
        key: of the tag.
        limit: how many.
        value: of the tag; None counts all steps with the key, whatever its value.
        per_value: whether each value is counted for itself.
    """

    key: str
    limit: int
    value: str | None = None
    per_value: bool = False


class StepPlacement(msgspec.Struct, frozen=True, kw_only=True):
    """Where the steps of a run are executed: what an executor of ours comes down to.

    Attributes:
        in_process: whether all steps run in one process, one after another; else each in one of its own.
        max_concurrent: how many processes at once; None for as many as there are processors.
        tag_limits: how many steps with a tag at once.
        retries: whether steps are tried again.
        start_method: "spawn" where each process loads the code itself; else it is forked from one that has loaded it.
    """

    in_process: bool = False
    max_concurrent: int | None = None
    tag_limits: tuple[TagLimit, ...] = ()
    retries: bool = True
    start_method: str | None = None


def _in_process(init_context: InitExecutorContext) -> StepPlacement:
    return StepPlacement(in_process=True, retries=_tries_again(init_context.executor_config))


def _multiprocess(init_context: InitExecutorContext) -> StepPlacement:
    config = init_context.executor_config
    return StepPlacement(
        max_concurrent=config.get("max_concurrent") or None,
        tag_limits=tuple(_tag_limit(entry) for entry in config.get("tag_concurrency_limits") or ()),
        retries=_tries_again(config),
        start_method=next(iter(config.get("start_method") or ()), None),
    )


def _one_of_two(init_context: InitExecutorContext) -> StepPlacement:
    config = init_context.executor_config
    chosen = msgspec.structs.replace(init_context, executor_config=next(iter(config.values()), None) or {})
    return _in_process(chosen) if "in_process" in config else _multiprocess(chosen)


def _tries_again(config: Mapping[str, Any]) -> bool:
    return "disabled" not in (config.get("retries") or {})


def _tag_limit(entry: Mapping[str, Any]) -> TagLimit:
    value = entry.get("value")
    if isinstance(value, Mapping):
        return TagLimit(entry["key"], entry["limit"], per_value=bool(value.get("applyLimitPerUniqueValue")))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return TagLimit(entry["key"], entry["limit"], value)


in_process_executor = ExecutorDefinition("in_process", "in_process", [], _in_process)
"""Executes one step after another, in the process of the run."""

multiprocess_executor = ExecutorDefinition(
    "multiprocess", "multiprocess", multiple_process_executor_requirements(), _multiprocess
)
"""Executes each step in a process of its own, several at once."""

multi_or_in_process_executor = ExecutorDefinition("multi_or_in_process_executor", "multi_or_in_process", _of_either, _one_of_two)
"""One of the two, as run config says; without config the multiprocess one."""
