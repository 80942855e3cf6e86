"""What an asset's function takes: values of other assets as arguments, and dependencies without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.computations import InputDeclaration, Parameters, names_in_words
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of
from dagster.specs.assets import AssetDep, check_class
from dagster.specs.names import checked_name
from dagster.values import Frozen


class AssetIn(Frozen):
    """Which asset an argument is the value of, where its name alone does not say it.

    Args:
        key: the asset.
        metadata: for the IO manager that loads it.
        key_prefix: put before the argument's name; not together with `key`.
        input_manager_key: what loads it; without: the IO manager of that asset.
        partition_mapping: which of its partitions a partition depends on.
        dagster_type: the type of the value; without: the annotation of the argument. `Nothing`: not loaded.

    Example:
        >>> AssetIn(key_prefix="raw").resolve_key("orders")
        AssetKey(['raw', 'orders'])
    """

    __slots__ = ("dagster_type", "input_manager_key", "key", "key_prefix", "metadata", "partition_mapping")

    key: AssetKey | None
    metadata: Mapping[str, Any] | None
    key_prefix: list[str]
    input_manager_key: str | None
    partition_mapping: Any
    dagster_type: Any

    def __init__(
        self,
        key: CoercibleToAssetKey | None = None,
        metadata: Mapping[str, Any] | None = None,
        key_prefix: CoercibleToAssetKeyPrefix | None = None,
        input_manager_key: str | None = None,
        partition_mapping: Any = None,
        dagster_type: Any = Unannotated,
    ) -> None:
        if key is not None and key_prefix:
            raise DagsterInvalidDefinitionError("AssetIn takes key or key_prefix, not both: the key already holds its prefix.")
        if partition_mapping is not None:
            check_class("partition_mapping", partition_mapping, "PartitionMapping")
        self._set(
            key=AssetKey.from_coercible_or_definition(key) if key is not None else None,
            metadata=metadata,
            key_prefix=list(key_prefix_of(key_prefix)),
            input_manager_key=input_manager_key,
            partition_mapping=partition_mapping,
            dagster_type=dagster_type,
        )

    @classmethod
    def from_coercible(cls, coercible: Any) -> AssetIn:
        """An AssetIn from one or from what its `key` takes."""
        return coercible if isinstance(coercible, AssetIn) else cls(key=coercible)

    def resolve_key(self, input_name: str) -> AssetKey:
        """The asset that an argument of this name is the value of."""
        return self.key if self.key is not None else AssetKey([*self.key_prefix, input_name])


def inputs_and_deps(
    parameters: Parameters, ins: Mapping[str, Any] | None, deps: Sequence[AssetDep], of_what: str
) -> tuple[tuple[InputDeclaration, ...], list[AssetDep]]:
    """The inputs of one function, and the dependencies that they make: of arguments first, then those without one.

    Args:
        parameters: of the function.
        ins: by argument.
        deps: dependencies without an argument.
        of_what: names the definition in errors.

    Raises:
        DagsterInvalidDefinitionError: `ins` names an argument that the function does not have, or says of a dependency in
            `deps` more than its argument.
    """
    given = {name: AssetIn.from_coercible(value) for name, value in ins.items()} if ins else {}
    annotations = parameters.inputs
    _refuse_unknown(given, parameters, of_what)
    declared: list[InputDeclaration] = []
    edges: dict[AssetKey, AssetDep] = {}
    explicit = {dep.asset_key: dep for dep in deps}
    for name in annotations:
        checked_name(name)
    for name in [*annotations, *(name for name in given if name not in annotations)]:
        asset_in = given.get(name)
        declared.append(_declaration(name, asset_in, annotations.get(name, Unannotated)))
        key = declared[-1].asset_key
        assert key is not None, "the input of an asset is an asset"
        mapping = asset_in.partition_mapping if asset_in else None
        if key in explicit and asset_in is not None and (mapping is not None or asset_in.metadata):
            raise DagsterInvalidDefinitionError(
                f'"{key.to_user_string()}" is an input and a dependency of {of_what}. The AssetIn then says what the argument is '
                "called and what loads it; write partition mapping and metadata on the AssetDep alone."
            )
        edges[key] = explicit[key] if key in explicit else AssetDep(key, partition_mapping=mapping)
    for key, dep in explicit.items():
        if key not in edges:
            edges[key] = dep
            declared.append(InputDeclaration(name="_".join(key.parts), asset_key=key, is_loaded=False))
    return tuple(declared), list(edges.values())


def _declaration(name: str, asset_in: AssetIn | None, annotation: Any) -> InputDeclaration:
    if asset_in is None:
        return InputDeclaration(name=name, asset_key=AssetKey(name), annotation=annotation)
    declared_type = annotation if asset_in.dagster_type is Unannotated else asset_in.dagster_type
    return InputDeclaration(
        name=name,
        asset_key=asset_in.resolve_key(name),
        is_loaded=not says_no_value(declared_type),
        annotation=declared_type,
        input_manager_key=asset_in.input_manager_key,
        metadata=asset_in.metadata,
    )


def _refuse_unknown(given: Mapping[str, AssetIn], parameters: Parameters, of_what: str) -> None:
    if parameters.signature.takes_keywords:
        return
    for name, asset_in in given.items():
        if name not in parameters.inputs and not says_no_value(asset_in.dagster_type):
            raise DagsterInvalidDefinitionError(
                f"Key '{name}' in provided ins dict does not correspond to any of the names of the arguments to the decorated "
                f"function of {of_what}, which takes {names_in_words(parameters.inputs) or 'no values'}."
            )
