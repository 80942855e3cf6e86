"""What an op or a graph takes and gives, as users say it: `In`, `Out`, `DynamicOut`, `GraphIn`, `GraphOut`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from dagster.arguments import check_optional, checked_metadata
from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY, InputDeclaration, OutputDeclaration
from dagster.define.type_resolution import type_of_parameter, type_of_return
from dagster.events.results import NoValue
from dagster.keys import AssetKey


class In(msgspec.Struct, frozen=True):
    """An input of an op, where its parameter does not say everything.

    Args:
        dagster_type: the type of the value; without: the annotation of the parameter. `Nothing`: only the order counts.
        description: for people.
        default_value: the value where nothing else gives one.
        metadata: for what loads it.
        asset_key: the asset that the value is.
        asset_partitions: the partitions of that asset.
        input_manager_key: the resource that loads it; without: what stored the output.
        allow_failure: whether the op also runs where what gives the value failed, or did not run because of a failure. It gets
            the default then, or a `FailedStep` where there is none.

    Example:
        >>> In(int, default_value=3).default_value
        3
    """

    dagster_type: Any = Unannotated
    description: str | None = None
    default_value: Any = NoValue
    metadata: Mapping[str, Any] | None = None
    asset_key: Any = None
    asset_partitions: Any = None
    input_manager_key: str | None = None
    allow_failure: bool = False

    def __post_init__(self) -> None:
        if self.dagster_type is not Unannotated:
            force_setattr(self, "dagster_type", type_of_parameter(self.dagster_type, "dagster_type"))
        check_optional("description", self.description, str)
        check_optional("input_manager_key", self.input_manager_key, str)
        check_optional("allow_failure", self.allow_failure, bool)
        force_setattr(self, "metadata", checked_metadata(self.metadata))

    def declared_as(self, name: str, annotation: Any = Unannotated, default: Any = NoValue) -> InputDeclaration:
        """The input of this name, of a parameter with this annotation and default."""
        declared_type = annotation if self.dagster_type is Unannotated else self.dagster_type
        return InputDeclaration(
            name=name,
            asset_key=self.asset_key if isinstance(self.asset_key, AssetKey) else None,
            is_loaded=not says_no_value(declared_type),
            annotation=declared_type,
            input_manager_key=self.input_manager_key,
            metadata=self.metadata,
            default=default if self.default_value is NoValue else self.default_value,
            description=self.description,
            allows_failure=self.allow_failure is True,
        )


class Out(msgspec.Struct, frozen=True):
    """An output of an op.

    Args:
        dagster_type: the type of the value; without: the return annotation.
        description: for people.
        is_required: False lets the function leave it out; what takes it is then skipped.
        io_manager_key: the resource that stores it.
        metadata: for what stores it.
        code_version: the version of the code that makes it.

    Example:
        >>> @op(out={"left": Out(is_required=False), "right": Out(is_required=False)})
        ... def branch(n: int):
        ...     yield Output(n, "left" if n % 2 else "right")
        >>> branch.output_dict["left"].is_required
        False
    """

    dagster_type: Any = Unannotated
    description: str | None = None
    is_required: bool = True
    io_manager_key: str | None = None
    metadata: Mapping[str, Any] | None = None
    code_version: str | None = None

    def __post_init__(self) -> None:
        if self.dagster_type is not Unannotated:
            force_setattr(self, "dagster_type", type_of_return(self.dagster_type))
        check_optional("description", self.description, str)
        check_optional("is_required", self.is_required, bool)
        check_optional("io_manager_key", self.io_manager_key, str)
        check_optional("code_version", self.code_version, str)
        force_setattr(self, "is_required", self.is_required is not False)
        force_setattr(self, "io_manager_key", self.io_manager_key or DEFAULT_IO_MANAGER_KEY)
        force_setattr(self, "metadata", dict(self.metadata or {}))

    @property
    def is_dynamic(self) -> bool:
        """Whether it is given any number of times, each under a key of its own."""
        return False

    def declared_as(self, name: str, annotation: Any = Unannotated, code_version: str | None = None) -> OutputDeclaration:
        """The output of this name, of a function with this return annotation."""
        declared_type = annotation if self.dagster_type is Unannotated else self.dagster_type
        return OutputDeclaration(
            name=name,
            annotation=declared_type,
            io_manager_key=self.io_manager_key or DEFAULT_IO_MANAGER_KEY,
            is_required=self.is_required,
            is_stored=not says_no_value(declared_type),
            metadata=self.metadata,
            description=self.description,
            is_dynamic=self.is_dynamic,
            code_version=self.code_version or code_version,
        )


class DynamicOut(Out, frozen=True):
    """An output that is given any number of times, each as a `DynamicOutput` with a key of its own.

    What is called with it through `.map` runs once per key; `.collect` gathers all values into a list. Arguments as of `Out`.

    Example:
        >>> @op(out=DynamicOut())
        ... def files():
        ...     for name in ("a", "b"):
        ...         yield DynamicOutput(f"{name}.csv", mapping_key=name)
    """

    @property
    def is_dynamic(self) -> bool:
        return True


class GraphIn(msgspec.Struct, frozen=True, kw_only=True):
    """An input of a graph: its description.

    Example:
        >>> @graph(ins={"n": GraphIn(description="any number")})
        ... def twice(n):
        ...     return add(n, n)
        >>> twice.input_defs[0].description
        'any number'
    """

    description: str | None = None


class GraphOut(msgspec.Struct, frozen=True):
    """An output of a graph: its description.

    Example:
        >>> @graph(out={"total": GraphOut(description="of all")})
        ... def totals():
        ...     return one()
        >>> totals.output_defs[0].name
        'total'
    """

    description: str | None = None


def as_in(declared: InputDeclaration) -> In:
    """The input as users say it."""
    return In(
        dagster_type=declared.dagster_type,
        description=declared.description,
        default_value=declared.default,
        metadata=declared.metadata,
        asset_key=declared.asset_key,
        input_manager_key=declared.input_manager_key,
        allow_failure=declared.allows_failure,
    )


def as_out(declared: OutputDeclaration) -> Out:
    """The output as users say it."""
    kind = DynamicOut if declared.is_dynamic else Out
    return kind(
        dagster_type=declared.dagster_type,
        description=declared.description,
        is_required=declared.is_required,
        io_manager_key=declared.io_manager_key,
        metadata=declared.metadata,
        code_version=declared.code_version,
    )
