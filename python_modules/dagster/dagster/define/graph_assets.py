"""Assets that a graph of ops makes: `@graph_asset`, `@graph_multi_asset`, and definitions out of ops and graphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import msgspec
from msgspec.structs import replace

from dagster.define.asset_inputs import AssetIn
from dagster.define.asset_outs import AssetOut
from dagster.define.assets import check_output
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.composition import Callee
from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.define.flattening import op_output_of
from dagster.define.functions import docstring_of
from dagster.define.graph_bodies import Body, built_graph, mapping_of
from dagster.define.graphs import GraphDefinition
from dagster.define.op_ports import GraphIn, GraphOut
from dagster.errors import CheckError
from dagster.events.results import DEFAULT_OUTPUT
from dagster.keys import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetDep, AssetSpec
from dagster.specs.checks import AssetCheckSpec

GraphFunction = Callable[..., Any]


class NodeAssets(msgspec.Struct, frozen=True, kw_only=True):
    """The assets that an op or a graph makes.

    Attributes:
        node: the op or graph.
        outs: what each output is, with its whole key.
        ins: which asset each input is.
        internal_deps: what each output depends on, where it is not everything.
        check_specs: checks whose results the node gives.
        options: of the definition: `resource_defs`, `backfill_policy`, `hook_defs`.
        partitions_def: of all assets.
        can_subset: whether some of the assets can be made alone.
    """

    node: Any
    outs: Mapping[str, AssetOut]
    ins: Mapping[str, AssetIn]
    internal_deps: Mapping[str, Set[AssetKey]] = {}
    check_specs: Sequence[AssetCheckSpec] = ()
    options: Mapping[str, Any] = {}
    partitions_def: Any = None
    can_subset: bool = False

    def definition(self) -> AssetsDefinition:
        """The definition of these assets."""
        inputs = tuple(self._input(declared) for declared in self.node.input_defs)
        deps = {declared.asset_key: self._dep(declared) for declared in inputs if declared.asset_key is not None}
        return AssetsDefinition(
            specs=[self._spec(name, out, deps) for name, out in self.outs.items()],
            computation=self._computation(inputs),
            check_specs=self.check_specs,
            **self.options,
        )

    def _spec(self, name: str, out: AssetOut, deps: Mapping[AssetKey, AssetDep]) -> AssetSpec:
        """What an output is; what is not said of the asset is what is said of the op's output, and of the op."""
        spec = out.to_spec(self._key(name), self._deps_of(name, deps), partitions_def=self.partitions_def)
        giver, given = _given_by(self.node, name)
        return spec.replace_attributes(
            group_name=spec.group_name or DEFAULT_GROUP_NAME,
            description=spec.description or _description_of_output(self.node, name) or self.node.description,
            code_version=spec.code_version or given.code_version or giver.code_version,
        )

    def _key(self, output_name: str) -> AssetKey:
        return self.outs[output_name].resolve_key(output_name)

    def _input(self, declared: InputDeclaration) -> InputDeclaration:
        asset_in = self.ins.get(declared.name)
        key = asset_in.resolve_key(declared.name) if asset_in is not None else AssetKey(declared.name)
        return replace(declared, asset_key=key)

    def _dep(self, declared: InputDeclaration) -> AssetDep:
        asset_in = self.ins.get(declared.name)
        assert declared.asset_key is not None, "given above"
        return AssetDep(declared.asset_key, partition_mapping=asset_in.partition_mapping if asset_in is not None else None)

    def _deps_of(self, name: str, deps: Mapping[AssetKey, AssetDep]) -> list[AssetDep]:
        if name not in self.internal_deps:
            return list(deps.values())
        return [deps.get(key) or AssetDep(key) for key in sorted(self.internal_deps[name])]

    def _computation(self, inputs: tuple[InputDeclaration, ...]) -> Computation:
        checks = {check.get_python_identifier(): check for check in self.check_specs}
        outputs = tuple(
            _check(declared, checks[declared.name]) if declared.name in checks else self._output(declared)
            for declared in self.node.output_defs
        )
        return replace(self.node.as_computation(), inputs=inputs, outputs=outputs, can_subset=self.can_subset)

    def _output(self, declared: OutputDeclaration) -> OutputDeclaration:
        if declared.name not in self.outs:
            raise CheckError(
                f"The set of output names of the {self.node.kind} {self.node.name} and of its assets differ: output "
                f"'{declared.name}' is no asset. The assets: {sorted(self.outs)}."
            )
        out = self.outs[declared.name]
        stored_by = out.io_manager_key or declared.io_manager_key
        return replace(declared, asset_key=self._key(declared.name), io_manager_key=stored_by, metadata=out.metadata)


def _description_of_output(node: Any, output_name: str) -> str | None:
    """What is said of the output of the op that gives it, however deep in graphs the op lies."""
    for mapping in getattr(node, "output_mappings", ()):
        if mapping.graph_output_name == output_name:
            inner = node.node_named(mapping.mapped_node_name).definition
            return mapping.graph_output_description or _description_of_output(inner, mapping.mapped_node_output_name)
    return next((each.description for each in node.output_defs if each.name == output_name), None)


def _check(declared: OutputDeclaration, check: AssetCheckSpec) -> OutputDeclaration:
    return replace(check_output(check), name=declared.name)


def graph_asset(
    compose_fn: GraphFunction | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    config: Any = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    group_name: str | None = None,
    partitions_def: Any = None,
    hooks: Set[Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    owners: Sequence[str] | None = None,
    automation_condition: Any = None,
    backfill_policy: Any = None,
    resource_defs: Mapping[str, Any] | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    code_version: str | None = None,
    key: CoercibleToAssetKey | None = None,
    kinds: Set[str] | None = None,
    freshness_policy: Any = None,
    **old: Any,
) -> Any:
    """Make an asset out of a function that calls ops: each op is a step, and the last one gives the asset.

    Args:
        compose_fn: the function; its parameters are assets, and it returns the output of an op.
        name, key_prefix, key: of the asset, as of `@asset`.
        ins: which asset a parameter is, where its name does not say it.
        config: a `ConfigMapping`, or the config of the ops.
        hooks: called when its steps end.
        resource_defs: resources that come with the asset.
        check_specs: checks whose results the graph gives, as outputs of their names.
        description, group_name, partitions_def, metadata, tags, owners, automation_condition, backfill_policy, code_version,
            kinds, freshness_policy: as of `@asset`.

    Raises:
        DagsterInvalidDefinitionError: the body calls ops in a way they cannot be called.

    Example:
        >>> @graph_asset
        ... def three():
        ...     return add(one(), add(one(), one()))
        >>> materialize([three]).asset_value("three")
        3
    """
    given = {argument: value for argument, value in locals().items() if argument not in ("compose_fn", "old")}
    if old:
        from dagster.define.old_arguments import with_old_arguments

        given = with_old_arguments("graph_asset", given, old)

    def decorate(function: GraphFunction) -> AssetsDefinition:
        return _graph_asset(function, **given)

    return decorate if compose_fn is None else decorate(compose_fn)


def _graph_asset(function: GraphFunction, **given: Any) -> AssetsDefinition:
    if given["key"] is not None:
        key = AssetKey.from_coercible(given["key"])
    else:
        key = AssetKey([*key_prefix_of(given["key_prefix"]), given["name"] or function.__name__])
    asset_name = key.to_python_identifier()
    checks: Sequence[AssetCheckSpec] = given["check_specs"] or ()
    outs = {name: GraphOut() for name in (DEFAULT_OUTPUT, *(check.get_python_identifier() for check in checks))}
    described = given["description"] or docstring_of(function)
    ins = _asset_ins(given["ins"])
    body = Body(function, f"@graph '{asset_name}'", ins={each: GraphIn() for each in ins}, outs=outs)
    built = built_graph(body, asset_name, described, mapping_of(given["config"]))
    of_asset = ("metadata", "group_name", "code_version", "automation_condition", "owners", "tags", "kinds", "freshness_policy")
    out = AssetOut(key=key, description=given["description"], **{each: given[each] for each in of_asset})
    return NodeAssets(
        node=built,
        outs={DEFAULT_OUTPUT: out},
        ins=ins,
        check_specs=checks,
        options=_options(given),
        partitions_def=given["partitions_def"],
    ).definition()


def graph_multi_asset(
    *,
    outs: Mapping[str, AssetOut],
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    partitions_def: Any = None,
    hooks: Set[Any] | None = None,
    backfill_policy: Any = None,
    group_name: str | None = None,
    can_subset: bool = False,
    resource_defs: Mapping[str, Any] | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    config: Any = None,
) -> Callable[[GraphFunction], AssetsDefinition]:
    """Make assets out of a function that calls ops and returns a dict of their outputs.

    Args:
        outs: the assets, by output.
        name: of the graph; without: the function's name.
        group_name: the group of all assets.
        can_subset: whether some of the assets can be made alone, by the ops that they need.
        ins, partitions_def, hooks, backfill_policy, resource_defs, check_specs, config: as of `@graph_asset`.

    Example:
        >>> @graph_multi_asset(outs={"low": AssetOut(), "high": AssetOut()})
        ... def bounds():
        ...     low = one()
        ...     return {"low": low, "high": add(low, low)}
        >>> materialize([bounds]).asset_value("high")
        2
    """
    given = {argument: value for argument, value in locals().items() if argument != "outs"}

    def decorate(function: GraphFunction) -> AssetsDefinition:
        graph_name = name or function.__name__
        checks = check_specs or ()
        names = (*outs, *(check.get_python_identifier() for check in checks))
        given_ins = {each: GraphIn() for each in ins or {}}
        body = Body(function, f"@graph '{graph_name}'", ins=given_ins, outs={each: GraphOut() for each in names})
        built = built_graph(body, graph_name, docstring_of(function), mapping_of(config))
        return NodeAssets(
            node=built,
            outs={each: _in_group(out, group_name) for each, out in outs.items()},
            ins=_asset_ins(ins),
            check_specs=checks,
            options=_options(given),
            partitions_def=partitions_def,
            can_subset=can_subset,
        ).definition()

    return decorate


def _asset_ins(ins: Mapping[str, Any] | None) -> dict[str, AssetIn]:
    return {name: AssetIn.from_coercible(given) for name, given in (ins or {}).items()}


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "resource_defs": given["resource_defs"],
        "backfill_policy": given["backfill_policy"],
        "hook_defs": given["hooks"],
    }


def _in_group(out: AssetOut, group_name: str | None) -> AssetOut:
    if group_name is None or out.group_name is not None:
        return out
    fields: dict[str, Any] = {name: getattr(out, name) for name in out.__slots__}
    fields["group_name"] = group_name
    return AssetOut(**fields)


def assets_of_node(node: Callee, arguments: Mapping[str, Any]) -> AssetsDefinition:
    """`AssetsDefinition.from_op` and `AssetsDefinition.from_graph`.

    Args:
        node: the op or graph.
        arguments: of these methods, by name.
    """
    keys_in: Mapping[str, AssetKey] = arguments["keys_by_input_name"] or {}
    mappings: Mapping[str, Any] = arguments["partition_mappings"] or {}
    checks: Sequence[AssetCheckSpec] = arguments.get("check_specs") or ()
    check_names = {check.get_python_identifier() for check in checks}
    names = [declared.name for declared in node.output_defs if declared.name not in check_names]
    _refuse_other_names(node, "keys_by_input_name", arguments, node.positional_inputs)
    _refuse_other_names(node, "keys_by_output_name", arguments, names)
    for argument in (*_BY_OUTPUT.values(), "group_names_by_output_name", "internal_asset_deps"):
        _refuse_unknown_names(node, argument, arguments, names)
    if arguments["group_name"] and arguments["group_names_by_output_name"]:
        raise CheckError(
            "Cannot use both group_name and group_names_by_output_name: name the group of each output, or one of all."
        )
    return NodeAssets(
        node=node,
        outs={name: _out_of(node.name, name, arguments) for name in names},
        ins={name: AssetIn(key=key, partition_mapping=mappings.get(name)) for name, key in keys_in.items()},
        internal_deps=arguments["internal_asset_deps"] or {},
        check_specs=checks,
        options={
            "resource_defs": arguments.get("resource_defs"),
            "backfill_policy": arguments["backfill_policy"],
            "hook_defs": arguments["hook_defs"],
        },
        partitions_def=arguments["partitions_def"],
        can_subset=arguments["can_subset"],
    ).definition()


def _given_by(node: Any, output_name: str) -> tuple[Computation, OutputDeclaration]:
    """The function of the op that gives an output of an op or graph, and the output there."""
    computation: Computation = node.as_computation()
    if isinstance(node, GraphDefinition):
        op_key, output_name = op_output_of(node, output_name)
        computation = node.flat.ops[op_key].computation
    return computation, next(each for each in computation.outputs if each.name == output_name)


def _refuse_other_names(node: Callee, argument: str, arguments: Mapping[str, Any], names: Sequence[str]) -> None:
    """Keys are given for all inputs, or outputs, or for none."""
    given: Mapping[str, AssetKey] = arguments[argument] or {}
    if given and set(given) != set(names):
        raise CheckError(
            f"The {argument} of {node.kind} '{node.name}' must name {sorted(names)}. Got {sorted(given)}: name each of them, or "
            "leave the argument out."
        )


def _refuse_unknown_names(node: Callee, argument: str, arguments: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in arguments.get(argument) or ():
        if name not in names:
            raise CheckError(
                f"The {argument} of {node.kind} '{node.name}' names '{name}', which is no output. They are: {names}."
            )


_BY_OUTPUT = {
    "description": "descriptions_by_output_name",
    "metadata": "metadata_by_output_name",
    "tags": "tags_by_output_name",
    "automation_condition": "automation_conditions_by_output_name",
    "owners": "owners_by_output_name",
    "code_version": "code_versions_by_output_name",
}


def _out_of(node_name: str, name: str, arguments: Mapping[str, Any]) -> AssetOut:
    keys: Mapping[str, AssetKey] = arguments["keys_by_output_name"] or {}
    groups: Mapping[str, str | None] = arguments["group_names_by_output_name"] or {}
    parts = keys[name].parts if name in keys else (node_name if name == DEFAULT_OUTPUT else name,)
    fields: dict[str, Any] = {}
    for field, argument in _BY_OUTPUT.items():
        by_output: Mapping[str, Any] = arguments.get(argument) or {}
        fields[field] = by_output.get(name)
    key = AssetKey([*key_prefix_of(arguments["key_prefix"]), *parts])
    return AssetOut(key=key, group_name=groups.get(name) or arguments["group_name"], **fields)
