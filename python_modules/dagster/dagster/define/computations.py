"""The function behind assets or an op with what it takes and gives: the unit that becomes a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.define.annotations import Unannotated
from dagster.define.functions import (
    CONFIG_NAME,
    Signature,
    is_async_generator,
    is_generator,
    place_of,
    raw_annotations,
    resolved_annotation,
    signature_of,
)
from dagster.errors import DagsterInvalidDefinitionError
from dagster.events.results import MaterializeResult, NoValue, Output
from dagster.keys import AssetKey
from dagster.specs.caching import CachePolicy
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.names import check_pool

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema

DEFAULT_IO_MANAGER_KEY = "io_manager"


class InputDeclaration(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a function takes.

    Attributes:
        name: of the parameter.
        asset_key: the asset whose value it is.
        is_loaded: False for a dependency without a parameter.
        annotation: the declared type: a Python type, a DagsterType, or `Unannotated`.
        input_manager_key: what loads it; None: the IO manager of the upstream asset.
        metadata: for the IO manager.
        default: the value where nothing else gives one; `NoValue` without.
        allows_failure: whether it takes a failure in place of the value of a step that failed.
    """

    name: str
    asset_key: AssetKey | None = None
    is_loaded: bool = True
    annotation: Any = Unannotated
    input_manager_key: str | None = None
    metadata: Mapping[str, Any] | None = None
    default: Any = NoValue
    description: str | None = None
    allows_failure: bool = False

    @property
    def has_default_value(self) -> bool:
        """Whether there is a value where nothing else gives one."""
        return self.default is not NoValue

    @property
    def default_value(self) -> Any:
        """The value where nothing else gives one."""
        return self.default

    @property
    def is_fillable(self) -> bool:
        """Whether it can have a value that no output gives: none is needed, a default, or one that is loaded."""
        if not self.is_loaded or self.has_default_value or self.input_manager_key is not None or self.asset_key is not None:
            return True
        return self.loader is not None

    @property
    def loader(self) -> Any:
        """What makes its value of run config: that of its type, or one for the class of the annotation; None without."""
        from dagster.define.type_loaders import loader_of_class

        return self.dagster_type.loader or loader_of_class(self.annotation)

    @property
    def dagster_type(self) -> Any:
        """The type that checks its values.

        Raises:
            DagsterInvalidDefinitionError: no type can check values of the annotation; the sentence names the parameter.
        """
        from dagster.define.type_resolution import type_of_parameter

        return type_of_parameter(self.annotation, self.name)


class OutputDeclaration(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a function gives.

    Attributes:
        name: of the output.
        asset_key: the asset that it is.
        annotation: the declared type, as of an input.
        io_manager_key: what stores it.
        is_required: False for one that may be left out.
        is_stored: False where the type says that there is no value.
        metadata: for the IO manager.
        check: the check whose result it is; such an output is no asset.
        is_dynamic: whether it is given any number of times, each under a key of its own.
        code_version: the version of the code that makes it.
    """

    name: str
    asset_key: AssetKey | None = None
    annotation: Any = Unannotated
    io_manager_key: str = DEFAULT_IO_MANAGER_KEY
    is_required: bool = True
    is_stored: bool = True
    metadata: Mapping[str, Any] | None = None
    description: str | None = None
    check: AssetCheckSpec | None = None
    is_dynamic: bool = False
    code_version: str | None = None

    @property
    def dagster_type(self) -> Any:
        """The type that checks its values.

        Raises:
            DagsterInvalidDefinitionError: no type can check values of the annotation.
        """
        from dagster.define.type_resolution import type_of_return

        return type_of_return(self.annotation)


class Computation(msgspec.Struct, frozen=True, kw_only=True):
    """A user's function with what it takes and gives.

    Attributes:
        name: of the step.
        function: the user's.
        signature: its parameters.
        inputs: what it takes, in the order of its parameters, then dependencies without one.
        outputs: what it gives.
        context_annotation: type of its context, None where it does not say it.
        resource_parameters: parameters that are resources, by their annotation.
        required_resource_keys: resources it asks for, its resource parameters included; IO managers are not.
        config_annotation: type of its `config` parameter, None without one.
        config_schema: the schema of its config where it has no `config` parameter.
        tags: for executors and people.
        retry_policy: how it is tried again.
        pool: the pool in which it takes a slot.
        timeout_seconds: how long it may run; None for as long as it takes.
        allows_failure: whether a run goes on, and may end well, where it failed for good.
        can_subset: whether it can give some of its outputs only.
        code_version: the version of its code.
        cache_policy: when its last output may stand for a new one.
        graph: the graph that it stands for: its ops are the steps, and the function only built it.
        records_itself: whether it yields what is recorded of its assets, so that its outputs stand for nothing more.
    """

    name: str
    function: Callable[..., Any]
    signature: Signature
    inputs: tuple[InputDeclaration, ...] = ()
    outputs: tuple[OutputDeclaration, ...] = ()
    context_annotation: Any = None
    resource_parameters: frozenset[str] = frozenset()
    required_resource_keys: frozenset[str] = frozenset()
    config_annotation: Any = None
    config_schema: Any = None
    tags: Mapping[str, Any] = {}
    description: str | None = None
    retry_policy: Any = None
    pool: str | None = None
    timeout_seconds: float | None = None
    allows_failure: bool = False
    can_subset: bool = False
    code_version: str | None = None
    records_itself: bool = False
    graph: Any = None
    cache_policy: CachePolicy | None = None

    def __post_init__(self) -> None:
        check_pool(self.pool)
        for declared in (*self.inputs, *self.outputs):
            if not isinstance(declared.annotation, type):  # a class can always be checked
                _ = declared.dagster_type
        if self.config_schema is not None:
            from dagster.config.definition_schemas import definition_schema

            definition_schema(self.config_schema)

    @property
    def place(self) -> str:
        """File and line of the function."""
        return place_of(self.function)

    def config_definition(self) -> DefinitionSchema | None:
        """The schema of the config that it takes; None where it declares none."""
        if self.config_schema is not None:  # also of a function with a parameter `config` that was configured
            from dagster.config.definition_schemas import definition_schema

            return definition_schema(self.config_schema)
        if self.config_annotation is not None:
            from dagster.config.annotations import schema_of_annotation

            return schema_of_annotation(self.config_annotation)
        return None

    @property
    def output_defs(self) -> tuple[OutputDeclaration, ...]:
        """What it gives, under the name of the API."""
        return self.outputs

    @property
    def input_defs(self) -> tuple[InputDeclaration, ...]:
        """What it takes, under the name of the API."""
        return self.inputs


def checked_timeout(seconds: object, of_what: str) -> float | None:
    """How long a function may run, in seconds; None where nothing is said.

    Raises:
        DagsterInvalidDefinitionError: it is no number above 0.
    """
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 < seconds < float("inf"):
        raise DagsterInvalidDefinitionError(
            f"timeout of {of_what} is {seconds!r}. It must be a number of seconds above 0; leave it out for none."
        )
    return float(seconds)


def checked_allowance(given: object, of_what: str) -> bool:
    """Whether a step may fail without failing its run.

    Raises:
        DagsterInvalidDefinitionError: it is neither True nor False.
    """
    if not isinstance(given, bool):
        raise DagsterInvalidDefinitionError(f"allow_failure of {of_what} is {given!r}. It must be True or False.")
    return given


class Parameters(msgspec.Struct, frozen=True):
    """The parameters of a function, sorted by what fills them.

    Attributes:
        signature: all of them.
        inputs: names of those that are values of assets or ops, with their annotations.
        resources: names of those that are resources.
        config_annotation: type of the `config` parameter, None without one.
        context_annotation: type of the context, None where it does not say it.
    """

    signature: Signature
    inputs: dict[str, Any]
    resources: frozenset[str]
    config_annotation: Any = None
    context_annotation: Any = None


_NO_NAMES: frozenset[str] = frozenset()


def sorted_parameters(function: Callable[..., Any], of_what: str) -> Parameters:
    """The parameters of `function` by what fills them.

    Raises:
        DagsterInvalidDefinitionError: it has `*args`, which nothing fills.
        DagsterInvalidPythonicConfigDefinitionError: the type of `config` is none that config can say.
    """
    signature = signature_of(function)
    if signature.takes_positional:
        raise DagsterInvalidDefinitionError(
            f"{of_what} decorated function has positional vararg parameter '*args'. It should only have keyword arguments that "
            "match input names and, if system information is required, a first positional parameter named 'context'."
        )
    names = signature.names[1:] if signature.has_context else signature.names
    annotations: Mapping[str, Any] = raw_annotations(function) if signature.names else {}
    if not annotations:
        return Parameters(signature, {name: Unannotated for name in names if name not in signature.options}, _NO_NAMES)
    context_annotation = _context_annotation(function, signature, annotations, of_what)
    inputs: dict[str, Any] = {}
    resources: set[str] = set()
    config_annotation: Any = None
    for name in names:
        annotation = resolved_annotation(function, annotations.get(name, Unannotated))
        if name == CONFIG_NAME and annotation is not Unannotated:
            config_annotation = _known(annotation, name, of_what)
            _refuse_unsayable(config_annotation)
        elif is_resource_annotation(annotation):
            resources.add(name)
        elif name not in signature.options:
            inputs[name] = Unannotated if isinstance(annotation, str) else annotation
    return Parameters(signature, inputs, frozenset(resources) if resources else _NO_NAMES, config_annotation, context_annotation)


def _refuse_unsayable(config_annotation: Any) -> None:
    """Makes the schema, which typed config keeps: what is wrong with a class is told where it is first used."""
    from dagster.config.annotations import schema_of_annotation

    schema_of_annotation(config_annotation)


def _known(annotation: Any, name: str, of_what: str) -> Any:
    """The annotation, which must be known while the program runs."""
    if isinstance(annotation, str):
        raise DagsterInvalidDefinitionError(
            f"The type {annotation} of parameter '{name}' of {of_what} is not known when it is defined. Import it at the top of "
            "the file, not below `if TYPE_CHECKING`."
        )
    return annotation


_CONTEXT_TYPES = frozenset({"AssetExecutionContext", "OpExecutionContext", "AssetCheckExecutionContext", "Any"})


def _context_annotation(function: Callable[..., Any], signature: Signature, annotations: Mapping[str, Any], of_what: str) -> Any:
    """The declared type of the context; it is compared by name, since contexts live on a higher floor."""
    if not signature.has_context or signature.names[0] not in annotations:
        return None
    annotation = resolved_annotation(function, annotations[signature.names[0]])
    name = annotation.rpartition(".")[2] if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    if name.rpartition(".")[2] not in _CONTEXT_TYPES:
        raise DagsterInvalidDefinitionError(
            f"Cannot annotate `context` parameter of {of_what} with type {name}. `context` must be annotated with "
            "AssetExecutionContext, OpExecutionContext, or left blank."
        )
    return annotation


def is_resource_annotation(annotation: Any) -> bool:
    """Whether a parameter of this type is a resource: a class marked as one, or `ResourceParam[...]`.

    The mark is an attribute, so that asking does not import what resources are made with.
    """
    if getattr(annotation, "__is_resource__", False):
        return True
    return any(getattr(extra, "__is_resource__", False) for extra in getattr(annotation, "__metadata__", ()))


def returned_annotation(function: Callable[..., Any]) -> Any:
    """The declared type of what the function returns."""
    annotation = raw_annotations(function).get("return", Unannotated)
    if annotation is Unannotated:
        return annotation
    resolved = resolved_annotation(function, annotation)
    if resolved is None:
        return type(None)  # `-> None` in the sense of typing; None itself stands for any type elsewhere
    if isinstance(resolved, str) or is_generator(function) or is_async_generator(function):
        return Unannotated
    return annotation_of_value(resolved)


def annotation_of_value(annotation: Any) -> Any:
    """`Output[int]` and `MaterializeResult[int]` declare an int; bare ones declare nothing."""
    origin = getattr(annotation, "__origin__", annotation)
    if origin is not Output and origin is not MaterializeResult:
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return arguments[0] if arguments else Unannotated


def names_in_words(names: Iterable[str]) -> str:
    """The names for a sentence: `'a', 'b'`."""
    return ", ".join(f"'{name}'" for name in names)
