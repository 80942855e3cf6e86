"""What a function gives that is called directly: handed on as it is, after the checks that a run makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from dagster.define.computations import Computation, OutputDeclaration
from dagster.define.type_checks import TypeCheckContext
from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckResult, AssetMaterialization, AssetObservation
from dagster.events.data import TypeCheckData
from dagster.events.expectations import ExpectationResult
from dagster.events.results import DynamicOutput, MaterializeResult, NoValue, ObserveResult, Output
from dagster.execution.returned_tuples import dynamic_outputs, only_one_of_several, said_results, wrapped_tuple
from dagster.execution.type_checking import did_not_pass
from dagster.keys import AssetKey

_EVENTS = (AssetMaterialization, AssetObservation, ExpectationResult)


class Results:
    """What one call gives.

    Args:
        computation: the function.
        checking: the context in which types are checked.
        must_say_all: whether a generator has to give every output, also those without a value.
    """

    def __init__(self, computation: Computation, checking: Any, *, must_say_all: bool = False) -> None:
        self._computation = computation
        self._checking = checking
        self._must_say_all = must_say_all
        self._outputs = [output for output in computation.outputs if output.check is None]
        self._checks = [output.check for output in computation.outputs if output.check is not None]
        self._given: set[str] = set()

    def of_return(self, returned: Any) -> Any:
        """What the function returned.

        Raises:
            DagsterInvariantViolationError: it does not fit the outputs.
            DagsterTypeCheckDidNotPass: a value is not of its declared type.
        """
        for each in self._parts(returned):
            self._checked(each)
        return returned

    def _parts(self, returned: Any) -> Any:
        if self._checking.requires_typed_event_stream:
            return said_results(self._computation, returned)
        if isinstance(returned, tuple) and len(self._outputs) != 1:
            return wrapped_tuple(self._computation, self._outputs, cast("tuple[Any, ...]", returned))
        if isinstance(returned, AssetCheckResult):
            return (returned,)
        if isinstance(returned, _EVENTS):
            return ()
        if not self._outputs and self._checks:
            found: object = cast("object", returned)
            raise DagsterInvariantViolationError(
                f"Check '{self._computation.name}' returns AssetCheckResult. Got {found!r}, which is {type(found)}."
            )
        if len(self._outputs) == 1 and self._outputs[0].is_dynamic:
            return dynamic_outputs(self._computation, self._outputs[0], cast("object", returned))
        if len(self._outputs) == 1:
            is_said = isinstance(returned, (Output, MaterializeResult, ObserveResult))
            return (cast("Any", returned) if is_said else Output(cast("Any", returned), self._outputs[0].name),)
        if returned is None and all(output.is_required and not output.is_stored for output in self._outputs):
            return ()
        raise only_one_of_several(self._computation, cast("object", returned))

    def of_yield(self, yielded: Any) -> Any:
        """What the function yielded.

        Raises:
            DagsterInvariantViolationError: it belongs to no output, or to one that was given already.
        """
        if not isinstance(yielded, (*_EVENTS, AssetCheckResult, Output, DynamicOutput, MaterializeResult, ObserveResult)):
            raise DagsterInvariantViolationError(
                f"Op '{self._computation.name}' yielded a value of type {type(yielded)} rather than an Output or a result. "
                "Values that it yields are wrapped in one of these; a single value is returned."
            )
        self._checked(yielded)
        return cast("Any", yielded)

    def at_the_end(self) -> Iterator[Any]:
        """What a generator owes when it ends: nothing, or an output without a value.

        Raises:
            DagsterInvariantViolationError: a value is owed.
        """
        for output in self._computation.outputs:
            if output.name in self._given or not output.is_required or output.is_dynamic:
                continue
            if output.is_stored or output.check is not None or self._must_say_all:
                raise DagsterInvariantViolationError(
                    f'Invocation of op "{self._computation.name}" did not return an output for non-optional output '
                    f'"{output.name}"'
                )
            yield Output(None, output.name)

    def _checked(self, given: Any) -> None:
        if isinstance(given, _EVENTS):
            return
        if isinstance(given, AssetCheckResult):
            self._give(self._check_of(given, None))
            return
        declared = self._declared(given)
        if not declared.is_dynamic:
            self._give(declared.name)
        for result in getattr(given, "check_results", ()):
            self._give(self._check_of(result, declared.asset_key))
        value: Any = NoValue if isinstance(given, ObserveResult) else given.value
        if value is not NoValue:
            self._check_type(declared, value)

    def _give(self, name: str) -> None:
        if name in self._given:
            raise DagsterInvariantViolationError(
                f"Invocation of op '{self._computation.name}' yielded an output '{name}' multiple times."
            )
        self._given.add(name)

    def _check_of(self, given: AssetCheckResult, of_asset: AssetKey | None) -> str:
        """The output of the check that the result is about."""
        names: dict[AssetKey, frozenset[str]] = {}
        for spec in self._checks:
            names[spec.asset_key] = names.get(spec.asset_key, frozenset()) | {spec.name}
        if of_asset is not None and given.asset_key is None:
            names = {of_asset: names.get(of_asset, frozenset())}
        key = given.resolve_target_check_key(names)
        return next(spec.get_python_identifier() for spec in self._checks if spec.key == key)

    def _declared(self, given: Any) -> OutputDeclaration:
        if isinstance(given, (Output, DynamicOutput)):
            return self._named(given.output_name)
        if given.asset_key is None:
            if len(self._outputs) == 1:
                return self._outputs[0]
            raise DagsterInvariantViolationError(
                f"{type(given).__name__} did not include asset_key and it can not be inferred. Specify which asset_key, "
                f"options are: {sorted(output.asset_key for output in self._outputs if output.asset_key is not None)}."
            )
        for output in self._outputs:
            if output.asset_key == given.asset_key:
                return output
        raise DagsterInvariantViolationError(f"Asset key {given.asset_key.to_user_string()} not found in AssetsDefinition")

    def _named(self, name: str) -> OutputDeclaration:
        for output in self._outputs:
            if output.name == name:
                return output
        raise DagsterInvariantViolationError(
            f'Invocation of op "{self._computation.name}" returned an output "{name}" that does not exist. The outputs are: '
            f"{', '.join(output.name for output in self._outputs)}."
        )

    def _check_type(self, declared: OutputDeclaration, value: Any) -> None:
        dagster_type = declared.dagster_type
        if dagster_type.is_any:
            return
        found = dagster_type.type_check(TypeCheckContext(self._checking, dagster_type), value)
        if not found.success:
            data = TypeCheckData(success=False, label=declared.name, description=found.description)
            raise did_not_pass(f'op "{self._computation.name}" output "{declared.name}"', dagster_type, data)
