"""What a function stands for that returns several things at once, or results that say themselves what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from dagster.define.computations import Computation, OutputDeclaration
from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckResult, AssetMaterialization, AssetObservation
from dagster.events.expectations import ExpectationResult
from dagster.events.results import DEFAULT_OUTPUT, DynamicOutput, MaterializeResult, ObserveResult, Output

_SAY_THEMSELVES = (MaterializeResult, ObserveResult, AssetCheckResult, AssetMaterialization, AssetObservation, ExpectationResult)


def wrapped_tuple(computation: Computation, outputs: Sequence[OutputDeclaration], returned: tuple[Any, ...]) -> Sequence[Any]:
    """Values stand for the outputs in their order; results say themselves which asset or check they are about.

    Raises:
        DagsterInvariantViolationError: there are more or fewer values than outputs, or one names another output.
    """
    if all(isinstance(each, _SAY_THEMSELVES) for each in returned):
        return returned
    checks = [each for each in returned if isinstance(each, AssetCheckResult)]
    values = [each for each in returned if not isinstance(each, AssetCheckResult)]
    if len(values) != len(outputs):
        raise DagsterInvariantViolationError(
            f'Length mismatch between returned tuple of outputs and number of output defs on op "{computation.name}". Output '
            f"tuple has {len(values)} outputs, while op has {len(outputs)} outputs: "
            f"{', '.join(output.name for output in outputs)}."
        )
    named = enumerate(zip(outputs, values, strict=True))
    given = (each for position, (output, value) in named for each in _wrapped(computation, position, output, value))
    return [*given, *checks]


def said_results(computation: Computation, returned: object) -> Sequence[Any]:
    """What a function returns that has to give each output as a result of its own: nothing, a result, or a tuple of them.

    Raises:
        DagsterInvariantViolationError: something else is among them.
    """
    if returned is None:
        return ()
    members = cast("tuple[object, ...]", returned) if isinstance(returned, tuple) else (returned,)
    for each in members:
        if not isinstance(each, (*_SAY_THEMSELVES, Output, DynamicOutput)):
            raise DagsterInvariantViolationError(
                f'Compute function for op "{computation.name}" yielded a value of type {type(each)} rather than an instance of '
                "Output, AssetMaterialization, or ExpectationResult. Return results such as MaterializeResult, one or a tuple of "
                "them, or yield them."
            )
    return members


def dynamic_outputs(computation: Computation, declared: OutputDeclaration, returned: object) -> Sequence[Any]:
    """What a function returns for a dynamic output: a list of `DynamicOutput`.

    Raises:
        DagsterInvariantViolationError: it is something else.
    """
    if isinstance(returned, list) and all(isinstance(each, DynamicOutput) for each in cast("list[object]", returned)):
        return cast("list[Any]", returned)
    found = cast("object", returned)
    raise DagsterInvariantViolationError(
        f"Error with output for op '{computation.name}': output '{declared.name}' is dynamic, so the function yields "
        f"DynamicOutput, or returns a list of them. It returned {found!r} of type {type(found)}."
    )


def _wrapped(computation: Computation, position: int, declared: OutputDeclaration, given: Any) -> Sequence[Any]:
    if declared.is_dynamic:
        return [_named(position, declared, each) for each in dynamic_outputs(computation, declared, given)]
    if isinstance(given, _SAY_THEMSELVES):
        return (cast("Any", given),)
    if not isinstance(given, Output):
        return (Output(given, declared.name),)
    return (_named(position, declared, cast("Output[Any]", given)),)


def _named(position: int, declared: OutputDeclaration, output: Any) -> Any:
    if output.output_name not in (DEFAULT_OUTPUT, declared.name):
        raise DagsterInvariantViolationError(
            f"Bad state: Output was explicitly named '{output.output_name}', which does not match the output definition "
            f"specified for position {position}: '{declared.name}'."
        )
    if isinstance(output, DynamicOutput):
        dynamic = cast("DynamicOutput[Any]", output)
        return DynamicOutput(dynamic.value, dynamic.mapping_key, declared.name, dynamic.metadata)
    return Output(output.value, declared.name, output.metadata, output.data_version, tags=output.tags)


def only_one_of_several(computation: Computation, returned: object) -> DagsterInvariantViolationError:
    """The error of a function with several outputs that returned something that is no tuple."""
    return DagsterInvariantViolationError(
        f'op "{computation.name}" has multiple outputs, but only one output was returned of type {type(returned)}. When using '
        "multiple outputs, either yield each output, or return a tuple containing a value for each output. The outputs are: "
        f"{', '.join(output.name for output in computation.outputs)}."
    )
