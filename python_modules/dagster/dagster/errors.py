"""Every error a user can meet, and the one fence through which user code is called.

Tree (public names as in the API; errors that carry values of a higher floor, such as `Failure`, live beside those values):

    DagsterError
    ├── DagsterInvariantViolationError          a promise between two places was broken at run time
    │   ├── DagsterAssetNotFoundError           a definition is asked for an asset that is not its own (also KeyError)
    │   ├── CircularResourcesError              resources that require each other (also ValueError)
    │   ├── DagsterInstanceError                the instance's folder or database cannot be used
    │   │   ├── DagsterStorageAwayError         the database takes nothing at the moment; may be tried again
    │   │   ├── DagsterHomeNotSetError          there is no DAGSTER_HOME to open
    │   │   └── DagsterInvalidSettingsError     settings that cannot be read or do not fit (also ValueError)
    │   └── DagsterCodeLocationError            there is no project where one was said to be
    ├── DagsterInvalidDefinitionError           what was declared cannot stand (also ValueError)
    │   ├── CircularDependencyError             assets that wait for each other
    │   └── DagsterInvalidMetadata              a metadata value of no known kind
    ├── DagsterInvalidInvocationError           a decorated function was called in a way it cannot be called
    ├── DagsterInvalidSubsetError               a selection names what is not there (also LookupError)
    ├── DagsterInvalidAssetSelectionError       a selection that cannot be read or looked up (also ValueError)
    ├── DagsterInvalidConfigError               config given does not fit its schema (also ValueError)
    ├── DagsterInvalidConfigDefinitionError     a config schema cannot stand (also ValueError)
    ├── DagsterInvalidPythonicConfigDefinitionError  a field of a Config class cannot stand (also ValueError)
    ├── DagsterUnknownResourceError             a resource that the function did not ask for (also AttributeError)
    ├── DagsterUnknownPartitionError            a partition key that is not there (also LookupError, ValueError)
    ├── DagsterUnmetExecutorRequirementsError   an executor that needs what is not there
    ├── DagsterTypeCheckDidNotPass              a value is not of its declared type
    ├── DagsterExecutionStepNotFoundError       a step that the plan does not have (also LookupError)
    ├── DagsterStepOutputNotFoundError          a step ended without an output that it owes
    ├── DagsterAssetValueNotFoundError          a stored value is asked for that was never written (also FileNotFoundError)
    ├── DagsterUnstorableNameError              a key or name that cannot be a file name (also ValueError)
    ├── DagsterRunNotFoundError                 a run that the instance does not have (also LookupError)
    ├── DagsterRunAlreadyExists                 a second run with the same id
    ├── DagsterRunFencedError                   a write of an attempt that has lost its lease
    ├── DagsterSubprocessError                  a child process broke off
    ├── DagsterImportError                      a library that what was asked for needs is not installed (also ImportError)
    ├── DagsterAssetCheckFailedError            blocking checks found errors
    ├── DagsterMaxRetriesExceededError          a step used up its retries
    ├── DagsterInvalidObservationError          a function that observes gave something that says no data version
    ├── DagsterInvalidPropertyError             a context outside of a run was asked for something of a run
    └── DagsterUserCodeExecutionError           user code raised; keeps `user_exception`, names the place
        ├── DagsterExecutionStepExecutionError  in a step's function
        ├── DagsterExecutionLoadInputError      in an IO manager's load_input
        ├── DagsterExecutionHandleOutputError   in an IO manager's handle_output
        ├── DagsterResourceFunctionError        in a resource's setup
        ├── DagsterTypeCheckError               in a type check function
        ├── DagsterConfigMappingFunctionError   in a config mapping
        ├── ScheduleExecutionError              in a function of a schedule
        └── DagsterUserCodeLoadError            while a file or module was being loaded

    CheckError (also TypeError)                 an argument of a wrong type at a public constructor
    └── ParameterCheckError

    DagsterExecutionInterruptedError (also BaseException)  the run was asked to stop
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any


class DagsterError(Exception):
    """The root of everything this framework raises on purpose.

    Example:
        >>> try:
        ...     StaticPartitionsDefinition(["a", "a"])
        ... except DagsterError as error:
        ...     type(error).__name__
        'DagsterInvalidDefinitionError'
    """

    @property
    def is_user_code_error(self) -> bool:
        """Whether the cause stands in code that the user wrote."""
        return False


class DagsterInvariantViolationError(DagsterError):
    """A promise between two places was broken at run time, e.g. an output yielded twice.

    Example:
        >>> definitions = Definitions([orders])
        >>> definitions.get_assets_def("nowhere")
        Traceback (most recent call last):
            ...
        dagster.DagsterInvariantViolationError: ...
    """


class CircularResourcesError(DagsterInvariantViolationError, ValueError):
    """Resources that require each other.

    Attributes:
        cycle: keys along one cycle, each requiring the one behind it; the first is repeated at the end.
    """

    def __init__(self, cycle: Iterable[str]) -> None:
        self.cycle = tuple(cycle)
        super().__init__(
            f'Resource key "{self.cycle[0]}" transitively depends on itself: {" -> ".join(self.cycle)}. '
            "Remove one of these requirements."
        )


class DagsterAssetNotFoundError(DagsterInvariantViolationError, KeyError):
    """A definition is asked for an asset that is not one of its own.

    Attributes:
        asset_key: user string of what was asked for.
    """

    def __init__(self, asset_key: str, known: Iterable[str]) -> None:
        self.asset_key = asset_key
        super().__init__(f"Asset key {asset_key} not found in AssetsDefinition of {', '.join(sorted(known)) or 'no assets'}.")

    def __str__(self) -> str:
        return str(self.args[0])


class DagsterInstanceError(DagsterInvariantViolationError):
    """The instance's folder or database cannot be used; the sentence says why and what to do."""


class DagsterStorageAwayError(DagsterInstanceError):
    """The database takes nothing at the moment: its server is away or its disk is full. May be tried again later."""


class DagsterHomeNotSetError(DagsterInstanceError):
    """The instance of DAGSTER_HOME is asked for and the variable is not set."""

    def __init__(self) -> None:
        super().__init__(
            "The environment variable $DAGSTER_HOME is not set. Set it to an existing folder, in which runs, events and values "
            "are kept: `mkdir -p ~/dagster_home && export DAGSTER_HOME=~/dagster_home`. Without it, use "
            "`DagsterInstance.ephemeral()`, which keeps everything in memory."
        )


class DagsterCodeLocationError(DagsterInvariantViolationError):
    """There is no project where one was said to be: no such file, no definitions in it, or a file that says it badly.

    Attributes:
        place: file and line of what is wrong, as `file.py:12`; empty where it stands in no file.
    """

    def __init__(self, problem: str, place: str = "") -> None:
        self.place = place
        super().__init__(problem)


class DagsterInvalidDefinitionError(DagsterError, ValueError):
    """What was declared cannot stand.

    Attributes:
        findings: each thing that is wrong as a sentence and its place (`file.py:12`, or empty), where they were collected.

    Example:
        >>> asset(name="two words")(lambda: 1)
        Traceback (most recent call last):
            ...
        dagster.DagsterInvalidDefinitionError: ...
    """

    findings: tuple[tuple[str, str], ...] = ()


class CircularDependencyError(DagsterInvalidDefinitionError):
    """Assets that wait for each other.

    Attributes:
        cycle: user strings of the keys along one cycle, each depending on the one before it; the first is repeated at the end.
    """

    def __init__(self, cycle: Iterable[str]) -> None:
        self.cycle = tuple(cycle)
        super().__init__(f"Assets depend on each other in a circle: {' -> '.join(self.cycle)}. Remove one of these dependencies.")


class DagsterInvalidMetadata(DagsterInvalidDefinitionError):
    """A metadata value of no known kind."""


class DagsterInvalidInvocationError(DagsterError):
    """A decorated function was called in a way it cannot be called.

    Example:
        >>> @op
        ... def half(n: float) -> float:
        ...     return n / 2
        >>> half()
        Traceback (most recent call last):
            ...
        dagster.DagsterInvalidInvocationError: ...
    """


class DagsterInvalidSubsetError(DagsterError, LookupError):
    """A selection names what is not there.

    Example:
        >>> doubled.to_job(input_values={"n": 2}).execute_in_process(op_selection=["nowhere"])
        Traceback (most recent call last):
            ...
        dagster.DagsterInvalidSubsetError: ...
    """


class DagsterInvalidAssetSelectionError(DagsterError, ValueError):
    """A selection that cannot be read or looked up.

    Attributes:
        problem: the sentence alone.
        string: the string that was read, None where there is none.
        position: the index of the character that the sentence is about.
    """

    def __init__(self, problem: str, *, string: str | None = None, position: int = 0) -> None:
        self.problem = problem
        self.string = string
        self.position = position
        super().__init__(f"{problem}\n{_pointed_at(string, position)}" if string and not string.isspace() else problem)


class DagsterInvalidConfigError(DagsterError, ValueError):
    """Config that does not fit its schema.

    Attributes:
        errors: one entry per place that does not fit.
        config_value: the config as it was given.

    Example:
        >>> @asset(config_schema={"rows": int})
        ... def sample() -> None: ...
        >>> try:
        ...     materialize_to_memory([sample], run_config={"ops": {"sample": {"config": {"rows": "many"}}}})
        ... except DagsterInvalidConfigError as error:
        ...     len(error.errors)
        1
    """

    def __init__(self, preamble: str, errors: Iterable[Any] = (), config_value: object = None) -> None:
        self.errors: list[Any] = list(errors)
        self.config_value = config_value
        details = "".join(f"\n    Error {position}: {error}" for position, error in enumerate(self.errors, start=1))
        super().__init__(preamble + details)


class DagsterInvalidSettingsError(DagsterInstanceError, DagsterInvalidConfigError):
    """Settings of the instance, as in `dagster.yaml`, that cannot be read or do not fit; the sentence names file and line."""

    def __init__(self, sentence: str) -> None:
        DagsterInvalidConfigError.__init__(self, sentence)


class DagsterInvalidConfigDefinitionError(DagsterError, ValueError):
    """A config schema cannot stand.

    Example:
        >>> Field({"rows": object()})
        Traceback (most recent call last):
            ...
        dagster.DagsterInvalidConfigDefinitionError: ...
    """


class DagsterInvalidPythonicConfigDefinitionError(DagsterError, ValueError):
    """A field of a `Config` or `ConfigurableResource` class is of a type that config cannot say.

    Attributes:
        config_class: the class; None when the annotation stands for itself.
        field_name: the field.
        invalid_type: its annotation.
    """

    def __init__(
        self, *, config_class: type | None, field_name: str | None, invalid_type: object, is_resource: bool = False
    ) -> None:
        self.config_class = config_class
        self.field_name = field_name
        self.invalid_type = invalid_type
        place = f" {config_class} on field '{field_name}'" if config_class is not None else ""
        advice = (
            f" A field that is another resource extends ConfigurableResource, or is annotated "
            f"ResourceDependency[{getattr(invalid_type, '__name__', invalid_type)}]."
            if is_resource
            else ""
        )
        super().__init__(
            f"Error defining Dagster config class{place}.\n"
            f"Unable to resolve config type {invalid_type} to a supported Dagster config type.\n"
            "It can be int, float, bool, str, list or dict, a list or dict of such types, an enum, a Literal of strings, an "
            f"Optional of one of these, a class that extends Config, or a union of such classes with a discriminator.{advice}"
        )


class DagsterUnknownResourceError(DagsterError, AttributeError):
    """A resource that the function did not ask for.

    Attributes:
        resource_name: the name as it was asked for.
    """

    def __init__(self, resource_name: str, available: Iterable[str] = ()) -> None:
        self.resource_name = resource_name
        known = ", ".join(sorted(available)) or "none"
        super().__init__(
            f'Unknown resource "{resource_name}". Available here: {known}. Ask for it with '
            f'`required_resource_keys={{"{resource_name}"}}` or as a parameter annotated with its resource class.'
        )


class DagsterUnknownPartitionError(DagsterError, LookupError, ValueError):
    """A partition key that the definition does not have.

    Attributes:
        partition_key: the key that was asked for.
        close: existing keys that look like it.

    Example:
        >>> try:
        ...     StaticPartitionsDefinition(["asia", "europe"]).validate_partition_key("europa", None)
        ... except DagsterUnknownPartitionError as error:
        ...     error.close
        ('europe',)
    """

    def __init__(self, partition_key: str, partitions: str = "", close: Iterable[str] = ()) -> None:
        self.partition_key = partition_key
        self.close = tuple(close)
        there = f" The partitions: {partitions.rstrip('.')}." if partitions else ""
        alike = f" Close: {', '.join(repr(key) for key in self.close)}." if self.close else ""
        super().__init__(f"There is no partition {partition_key!r}.{there}{alike}")

    def __str__(self) -> str:
        return str(self.args[0])


class DagsterUnmetExecutorRequirementsError(DagsterError):
    """An executor that needs what is not there."""


class DagsterTypeCheckDidNotPass(DagsterError):
    """A value is not of its declared type.

    Attributes:
        description: what the check found.
        metadata: metadata that the check attached.
        dagster_type: the type that was declared.

    Example:
        >>> @asset
        ... def total() -> int:
        ...     return "three"
        >>> materialize_to_memory([total])
        Traceback (most recent call last):
            ...
        dagster.DagsterTypeCheckDidNotPass: ...
    """

    def __init__(
        self, description: str | None = None, metadata: object | None = None, dagster_type: object | None = None
    ) -> None:
        self.description = description
        self.metadata: object = metadata if metadata is not None else {}
        self.dagster_type = dagster_type
        super().__init__(description or "Type check did not pass.")


class DagsterExecutionStepNotFoundError(DagsterError, LookupError):
    """A step that the plan does not have.

    Attributes:
        step_keys: the keys that were asked for.

    Example:
        >>> DagsterExecutionStepNotFoundError("No step 'load'.", step_keys=["load"]).step_keys
        ['load']
    """

    def __init__(self, *args: object, step_keys: Iterable[str] = ()) -> None:
        self.step_keys = list(step_keys)
        super().__init__(*args)


class DagsterStepOutputNotFoundError(DagsterError):
    """A step ended without an output that it owes.

    Attributes:
        step_key: the step.
        output_name: the output that is missing.

    Example:
        >>> @op(out={"rows": Out(int)})
        ... def silent():
        ...     yield from ()
        >>> try:
        ...     GraphDefinition("nothing_comes", node_defs=[silent]).execute_in_process()
        ... except DagsterStepOutputNotFoundError as error:
        ...     error.step_key, error.output_name
        ('silent', 'rows')
    """

    def __init__(self, *args: object, step_key: str, output_name: str) -> None:
        self.step_key = step_key
        self.output_name = output_name
        super().__init__(*args)


class DagsterAssetValueNotFoundError(DagsterError, FileNotFoundError):
    """A stored value is asked for that is not there; says which asset to materialize.

    Attributes:
        asset_key: user string of the asset, None for the output of an op.
        partition_key: the partition, None without partitions.
        path: where the value was looked for.
        run_id: the run that broke off while writing it, if one did.
    """

    def __init__(self, *, asset_key: str | None, path: str, partition_key: str | None = None, run_id: str | None = None) -> None:
        self.asset_key = asset_key
        self.partition_key = partition_key
        self.path = path
        self.run_id = run_id
        what = f'asset "{asset_key}"' if asset_key else "this output"
        if partition_key is not None:
            what += f', partition "{partition_key}"'
        why = f"run {run_id} broke off while it was writing it" if run_id else f"nothing is stored at {path}"
        partition = f" --partition '{partition_key}'" if partition_key is not None else ""
        todo = f" Materialize it: `dagster asset materialize --select '{asset_key}'{partition}`." if asset_key else ""
        DagsterError.__init__(self, f"There is no value of {what}: {why}.{todo}")

    def __str__(self) -> str:
        return str(self.args[0])


class DagsterUnstorableNameError(DagsterError, ValueError):
    """A key or name that cannot be, or must not be, the name of a file.

    Attributes:
        name: the key, partition or name that was refused.
    """

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(
            f"{name!r} cannot be stored in a file: {why}. Rename it, or use an IO manager that does not name files by it."
        )


class DagsterRunNotFoundError(DagsterError, LookupError):
    """A run that the instance does not have.

    Attributes:
        invalid_run_id: the id that was asked for.
    """

    def __init__(self, *args: object, invalid_run_id: str | None = None) -> None:
        self.invalid_run_id = invalid_run_id
        super().__init__(*args)


class DagsterRunAlreadyExists(DagsterError):
    """A second run with the same id."""


class DagsterRunFencedError(DagsterError):
    """A write of an attempt that has lost its lease: a newer attempt holds the run, nothing was stored."""


class DagsterSubprocessError(DagsterError):
    """A child process broke off.

    Attributes:
        subprocess_error_infos: what each child reported.
    """

    def __init__(self, *args: object, subprocess_error_infos: Iterable[object] = ()) -> None:
        self.subprocess_error_infos = list(subprocess_error_infos)
        super().__init__(*args)


class DagsterImportError(DagsterError, ImportError):
    """A library that what was asked for needs is not installed.

    Args:
        library: as it is imported.
        needed_for: what was asked for, e.g. "Storing runs and events in PostgreSQL".
        requirement: as pip takes it.
    """

    def __init__(self, library: str, needed_for: str, requirement: str) -> None:
        self.library = library
        self.requirement = requirement
        super().__init__(f'{needed_for} needs the library "{library}", which is not installed: `pip install "{requirement}"`.')


class DagsterUserCodeExecutionError(DagsterError):
    """User code raised.

    Attributes:
        user_exception: what it raised; also `__cause__`.

    Example:
        >>> issubclass(DagsterExecutionStepExecutionError, DagsterUserCodeExecutionError)
        True
    """

    def __init__(self, *args: object, user_exception: BaseException) -> None:
        self.user_exception = user_exception
        super().__init__(*args)

    @property
    def is_user_code_error(self) -> bool:
        return True

    @property
    def original_exc_info(self) -> tuple[type[BaseException], BaseException, object]:
        """Class, instance and traceback of what user code raised, as `sys.exc_info` gives them."""
        raised = self.user_exception
        return type(raised), raised, raised.__traceback__


class DagsterExecutionStepExecutionError(DagsterUserCodeExecutionError):
    """A step's function raised.

    Attributes:
        step_key: the step.
        op_name: the name of its op or asset.

    Example:
        >>> @asset
        ... def broken() -> None:
        ...     raise ValueError("no rows")
        >>> failed = materialize_to_memory([broken], raise_on_error=False).failure_data_for_node("broken")
        >>> failed.error.cls_name, failed.error.cause.cls_name
        ('DagsterExecutionStepExecutionError', 'ValueError')
    """

    def __init__(self, *args: object, user_exception: BaseException, step_key: str = "", op_name: str = "") -> None:
        self.step_key = step_key
        self.op_name = op_name
        super().__init__(*args, user_exception=user_exception)


class DagsterExecutionLoadInputError(DagsterUserCodeExecutionError):
    """An IO manager's `load_input` raised."""


class DagsterExecutionHandleOutputError(DagsterUserCodeExecutionError):
    """An IO manager's `handle_output` raised."""


class DagsterAssetCheckFailedError(DagsterError):
    """Blocking checks found errors, so that nothing downstream may use the asset.

    Args:
        names: of the checks, by asset.
        descriptions: what the checks say about it.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], descriptions: Sequence[str] = ()) -> None:
        self.names = names
        self.descriptions = descriptions
        count = sum(len(several) for several in names.values())
        found = "\n".join(f"{asset}: {','.join(several)}" for asset, several in names.items())
        said = "".join(f"\n({each})" for each in descriptions)
        super().__init__(f"{count} blocking asset check{'' if count == 1 else 's'} failed with ERROR severity:\n{found}{said}")


class DagsterMaxRetriesExceededError(DagsterError):
    """A step failed, was tried again as often as it may be, and failed each time.

    Attributes:
        max_retries: how often it may be tried again.
        raised: what it raised at last.
    """

    def __init__(self, max_retries: int, raised: BaseException) -> None:
        self.max_retries = max_retries
        self.raised = raised
        super().__init__(f"Exceeded max_retries of {max_retries}. The last try raised {type(raised).__name__}: {raised}")

    @property
    def is_user_code_error(self) -> bool:
        return self.__cause__ is not None


class DagsterInvalidObservationError(DagsterError):
    """A function that observes gave something that says no data version."""


class DagsterInvalidPropertyError(DagsterError):
    """A context was asked for something that is known inside of a run only."""


class DagsterResourceFunctionError(DagsterUserCodeExecutionError):
    """A resource's setup raised.

    Example:
        >>> @resource
        ... def connection():
        ...     raise ConnectionError("no server")
        >>> with build_resources({"connection": connection}): ...
        Traceback (most recent call last):
            ...
        dagster.DagsterResourceFunctionError: ...
    """


class DagsterTypeCheckError(DagsterUserCodeExecutionError):
    """A type check function raised.

    Example:
        >>> broken = DagsterType(lambda context, value: value.nothing, name="broken")
        >>> @op(out=Out(broken))
        ... def two() -> int:
        ...     return 2
        >>> failed = GraphDefinition("twos", node_defs=[two]).execute_in_process(raise_on_error=False)
        >>> failed.failure_data_for_node("two").error.cls_name
        'DagsterTypeCheckError'
    """


class DagsterConfigMappingFunctionError(DagsterUserCodeExecutionError):
    """A config mapping raised.

    Example:
        >>> @config_mapping(config_schema={"n": int})
        ... def lost(config):
        ...     return {"ops": config["nowhere"]}
        >>> @job(config=lost)
        ... def ones():
        ...     one()
        >>> try:
        ...     ones.execute_in_process(run_config={"n": 1})
        ... except DagsterConfigMappingFunctionError as error:
        ...     error.user_exception
        KeyError('nowhere')
    """


class ScheduleExecutionError(DagsterUserCodeExecutionError):
    """A function of a schedule raised."""


class DagsterUserCodeLoadError(DagsterUserCodeExecutionError):
    """A file or module of the user raised while it was being loaded."""


class DagsterExecutionInterruptedError(BaseException):
    """The run was asked to stop. Not an `Exception`, so that a step's own `except Exception` does not swallow it.

    Example:
        >>> issubclass(DagsterExecutionInterruptedError, Exception)
        False
    """


class CheckError(TypeError):
    """An argument of a wrong type at a public constructor."""


class ParameterCheckError(CheckError):
    """A named parameter of a wrong type: its name, what was found and what was expected; or a whole sentence."""

    def __init__(self, param: str, *found_and_expected: object) -> None:
        self.param = param
        sentence = param
        if found_and_expected:
            found, expected = found_and_expected
            sentence = f'Param "{param}" is not {expected}. Got {found!r} which is type {type(found)}.'
        super().__init__(sentence)


def _pointed_at(string: str, position: int) -> str:
    """The line of `string` that holds `position`, and a caret below the character."""
    start = string.rfind("\n", 0, position) + 1
    line = string[start:].partition("\n")[0].rstrip("\r")
    before = "".join("\t" if character == "\t" else " " for character in string[start:position])
    return f"    {line}\n    {before}^"


def text_of(raised: BaseException) -> str:
    """What an exception says; nothing where its own class cannot say it."""
    try:
        return str(raised)
    except Exception:
        return ""


@contextmanager
def user_code(
    place: str, error_class: type[DagsterUserCodeExecutionError] = DagsterUserCodeExecutionError
) -> Generator[None, None, None]:
    """The fence: what user code raises inside comes out as `error_class` with that cause and the sentence `place`.

    Errors of ours pass unchanged: they already say what is wrong. Interrupts and exits pass as well.
    """
    try:
        yield
    except DagsterError:
        raise
    except Exception as raised:
        raise error_class(f"{place}: {type(raised).__name__}: {text_of(raised)}", user_exception=raised) from raised


def closest(name: str, candidates: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: ` Close: "orders/daily".`, or an empty string."""
    found = get_close_matches(name, list(candidates), n=3, cutoff=0.6)
    return f" Close: {', '.join(f'{match!r}' for match in found)}." if found else ""
