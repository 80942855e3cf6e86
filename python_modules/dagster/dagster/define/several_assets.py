"""What `@multi_asset` and `@multi_observable_source_asset` share: from a function and its options to one definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from typing import Any

from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.asset_inputs import inputs_and_deps
from dagster.define.asset_outs import AssetOut
from dagster.define.assets import check_output, docstring_of
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import (
    DEFAULT_IO_MANAGER_KEY,
    Computation,
    InputDeclaration,
    OutputDeclaration,
    annotation_of_value,
    checked_allowance,
    checked_timeout,
    returned_annotation,
    sorted_parameters,
)
from dagster.define.docstrings import documented
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.results import MaterializeResult
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetExecutionType
from dagster.metadata.tags import run_tags
from dagster.specs.assets import DEFAULT_GROUP_NAME, IO_MANAGER_KEY_METADATA, AssetDep, AssetSpec, refuse_self_dependency
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.names import checked_name


class SeveralAssets:
    """The definition of several assets that one function makes.

    Args:
        function: the user's.
        decorator: named in errors.
        options: of the step, by the argument's name.
        common: what all assets have in common: `partitions_def`, `group_name` and `code_version`.
        execution_type: what running it means.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        decorator: str,
        options: Mapping[str, Any],
        common: Mapping[str, Any],
        execution_type: AssetExecutionType = AssetExecutionType.MATERIALIZATION,
    ) -> None:
        self._function = function
        self._options = options
        self._common = common
        self._execution_type = execution_type
        self._name = checked_name(options["name"] or function.__name__)
        self.of_what = f'@{decorator} "{self._name}"'
        self._description = options["description"] or docstring_of(function)
        self._parameters = sorted_parameters(function, self.of_what)

    def of_specs(self, specs: Sequence[AssetSpec]) -> AssetsDefinition:
        """A function that writes the assets itself."""
        _refuse_no_specs(specs, self.of_what)
        unique = {spec.key: spec for spec in specs}
        self._describe_only_one_of(unique)
        inputs, _ = self._inputs(_external_deps(unique))
        self._refuse_undeclared_arguments(inputs, unique)
        is_optional = bool(self._options["can_subset"])
        finished = [self._completed(spec, is_required=not (is_optional or spec.skippable)) for spec in unique.values()]
        outputs = [
            OutputDeclaration(
                name=spec.key.to_python_identifier(),
                asset_key=spec.key,
                annotation=type(None),
                io_manager_key=spec.metadata.get(IO_MANAGER_KEY_METADATA, DEFAULT_IO_MANAGER_KEY),
                is_required=not spec.skippable,
                is_stored=False,
                metadata=spec.metadata,
            )
            for spec in finished
        ]
        return self._definition(finished, outputs, inputs)

    def of_outs(
        self, outs: Mapping[str, AssetOut], deps: Sequence[AssetDep], internal_deps: Mapping[str, set[AssetKey]] | None
    ) -> AssetsDefinition:
        """A function that gives a value per asset."""
        inputs, edges = self._inputs(deps)
        self._describe_only_one_of(outs)
        keys = {name: out.resolve_key(name) for name, out in outs.items()}
        deps_of = _deps_by_output(keys, edges, internal_deps or {}, self.of_what)
        specs = [
            self._completed(out.to_spec(keys[name], deps_of[name]), is_required=out.is_required) for name, out in outs.items()
        ]
        annotations = _annotations_by_output(self._function, list(outs), len(self._options["check_specs"] or ()))
        outputs = [_output(name, keys[name], out, annotations.get(name, Unannotated)) for name, out in outs.items()]
        return self._definition(specs, outputs, inputs)

    def _describe_only_one_of(self, assets: Sized) -> None:
        """Where the function gives one asset, what its docstring says of the result is said of the asset."""
        if len(assets) == 1:
            self._description = documented(self._function).result or self._description

    def _inputs(self, deps: Sequence[AssetDep]) -> tuple[tuple[InputDeclaration, ...], list[AssetDep]]:
        return inputs_and_deps(self._parameters, self._options["ins"], deps, self.of_what)

    def _refuse_undeclared_arguments(self, inputs: Iterable[InputDeclaration], specs: Mapping[AssetKey, AssetSpec]) -> None:
        said = {dep.asset_key for spec in specs.values() for dep in spec.deps}
        for declared in inputs:
            if declared.is_loaded and declared.asset_key not in said and declared.asset_key is not None:
                raise DagsterInvalidDefinitionError(
                    f'{self.of_what} takes "{declared.asset_key.to_user_string()}" as its argument "{declared.name}", but '
                    "none of its specs depends on it. Say it in deps= of each AssetSpec that is made from it: AssetSpec(..., "
                    f'deps=["{declared.asset_key.to_user_string()}"]).'
                )

    def _completed(self, spec: AssetSpec, *, is_required: bool) -> AssetSpec:
        """The spec with what all assets of the function have in common."""
        group_name, partitions_def, code_version = (
            self._common[each] for each in ("group_name", "partitions_def", "code_version")
        )
        if group_name is not None and spec.group_name is not None:
            raise CheckError(
                f"Cannot set group_name parameter on {self.of_what} if one or more of the AssetSpecs/AssetOuts supplied to it "
                f'have a group_name defined: "{spec.key.to_user_string()}" has "{spec.group_name}".'
            )
        if partitions_def is not None and spec.partitions_def not in (None, partitions_def):
            raise CheckError(
                f"AssetSpec for {spec.key.to_user_string()} has a partitions_def which is different than the partitions_def "
                f"provided to {self.of_what}. Give it in one of the two places."
            )
        return spec.replace_attributes(
            group_name=group_name or spec.group_name or DEFAULT_GROUP_NAME,
            partitions_def=partitions_def if partitions_def is not None else spec.partitions_def,
            code_version=code_version if spec.code_version is None else spec.code_version,
            description=spec.description or self._description,
            skippable=not is_required,
        )

    def _definition(
        self, specs: Sequence[AssetSpec], outputs: Sequence[OutputDeclaration], inputs: tuple[InputDeclaration, ...]
    ) -> AssetsDefinition:
        for spec in specs:
            refuse_self_dependency(spec)
        can_subset = bool(self._options["can_subset"])
        if not can_subset and any(spec.partitions_def != specs[0].partitions_def for spec in specs):
            raise DagsterInvalidDefinitionError(
                f"If different AssetSpecs have different partitions_defs, can_subset must be True. That is so for {self.of_what}."
            )
        checks = self._checks({spec.key for spec in specs})
        check_outputs = (check_output(spec, is_required=not can_subset) for spec in checks)
        return AssetsDefinition(
            specs=specs,
            computation=self._computation((*outputs, *check_outputs), inputs),
            check_specs=checks,
            resource_defs=self._options["resource_defs"],
            execution_type=self._execution_type,
            backfill_policy=self._options["backfill_policy"],
            hook_defs=self._options["hooks"],
        )

    def _checks(self, keys: set[AssetKey]) -> Sequence[AssetCheckSpec]:
        checks: list[AssetCheckSpec] = list(self._options["check_specs"] or ())
        for spec in checks:
            if spec.asset_key not in keys:
                raise DagsterInvalidDefinitionError(
                    f"Invalid asset key {spec.asset_key} in check spec {spec.name}. Must be one of {sorted(keys)}"
                )
        if duplicates := [spec.key.to_user_string() for number, spec in enumerate(checks) if spec.key in _keys(checks[:number])]:
            raise DagsterInvalidDefinitionError(f"Duplicate check specs in {self.of_what}: {', '.join(duplicates)}")
        return checks

    def _computation(self, outputs: tuple[OutputDeclaration, ...], inputs: tuple[InputDeclaration, ...]) -> Computation:
        options, parameters = self._options, self._parameters
        return Computation(
            name=self._name,
            function=self._function,
            signature=parameters.signature,
            inputs=inputs,
            outputs=outputs,
            context_annotation=parameters.context_annotation,
            resource_parameters=parameters.resources,
            required_resource_keys=frozenset(options["required_resource_keys"] or ()) | parameters.resources,
            config_annotation=parameters.config_annotation,
            config_schema=options["config_schema"],
            tags=run_tags(options["op_tags"]),
            description=self._description,
            retry_policy=options["retry_policy"],
            pool=options["pool"],
            timeout_seconds=checked_timeout(options.get("timeout"), self.of_what),
            allows_failure=checked_allowance(options.get("allow_failure", False), self.of_what),
            can_subset=bool(options["can_subset"]),
            code_version=self._common["code_version"],
            cache_policy=self._options.get("cache_policy"),
        )


def _refuse_no_specs(specs: Iterable[object], of_what: str) -> None:
    for spec in specs:
        if not isinstance(spec, AssetSpec):
            raise CheckError(f"specs= of {of_what} holds AssetSpec. Got {spec!r} of type {type(spec)}.")


def _keys(checks: Iterable[AssetCheckSpec]) -> set[Any]:
    return {spec.key for spec in checks}


def _external_deps(specs: Mapping[AssetKey, AssetSpec]) -> list[AssetDep]:
    """What the assets depend on besides each other, each once."""
    found: dict[AssetKey, AssetDep] = {}
    for spec in specs.values():
        for dep in spec.deps:
            if dep.asset_key not in specs:
                found.setdefault(dep.asset_key, dep)
    return list(found.values())


def _deps_by_output(
    keys: Mapping[str, AssetKey], deps: Sequence[AssetDep], internal: Mapping[str, set[AssetKey]], of_what: str
) -> dict[str, list[AssetDep]]:
    """Each output depends on everything that the function takes, or on what `internal_asset_deps` says of it."""
    by_key = {dep.asset_key: dep for dep in deps}
    if not internal:
        return {name: list(deps) for name in keys}
    known = {*by_key, *keys.values()}
    for name, said in internal.items():
        if name not in keys:
            raise CheckError(
                f"Invalid out key '{name}' supplied to `internal_asset_deps` of {of_what}. Must be one of its outs {list(keys)}."
            )
        if unknown := sorted(said - known):
            raise CheckError(
                f"Invalid asset dependencies: {unknown} specified in `internal_asset_deps` of {of_what} on key '{name}'. Each "
                f"asset key must be that of an input or of an output. These are: {sorted(known)}"
            )
    if unused := sorted(by_key.keys() - {key for said in internal.values() for key in said}):
        raise CheckError(
            f"Invalid asset dependencies: {unused} specified as asset inputs of {of_what}, but are not specified in "
            "`internal_asset_deps`. Asset inputs must be associated with an output produced by the asset."
        )
    return {name: [by_key.get(key) or AssetDep(key) for key in sorted(internal.get(name, ()))] for name in keys}


def _annotations_by_output(function: Callable[..., Any], names: Sequence[str], check_count: int) -> dict[str, Any]:
    """The declared type of each output: the entries of a tuple, where there are several."""
    annotation = returned_annotation(function)
    if annotation is Unannotated:
        return {}
    if len(names) + check_count == 1:
        return {names[0]: annotation} if names else {}
    if getattr(annotation, "__origin__", None) is not tuple:
        raise DagsterInvariantViolationError(
            f"Expected Tuple annotation for multiple outputs, but received non-tuple annotation. {function.__name__} returns "
            f"{annotation!r} and has the outputs {', '.join(names)}."
        )
    entries = annotation.__args__
    if entries and entries[0] is MaterializeResult:
        return dict.fromkeys(names, type(None))
    if len(entries) != len(names) + check_count:
        raise DagsterInvariantViolationError(
            "Expected Tuple annotation to have number of entries matching the number of outputs for more than one output. "
            f"Expected {len(names) + check_count} outputs but annotation has {len(entries)}."
        )
    return {name: annotation_of_value(entry) for name, entry in zip(names, entries, strict=False)}


def _output(name: str, key: AssetKey, out: AssetOut, annotation: Any) -> OutputDeclaration:
    declared = annotation if out.dagster_type is Unannotated else out.dagster_type
    return OutputDeclaration(
        name=checked_name(name),
        asset_key=key,
        annotation=declared,
        io_manager_key=out.io_manager_key or DEFAULT_IO_MANAGER_KEY,
        is_required=out.is_required,
        is_stored=not says_no_value(declared),
        metadata=out.metadata,
        description=out.description,
    )
