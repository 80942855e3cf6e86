"""What a type check says about one value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from msgspec.structs import force_setattr

from dagster.errors import ParameterCheckError

if TYPE_CHECKING:
    import logging

_NO_METADATA: Mapping[str, Any] = {}


class TypeCheck(msgspec.Struct, frozen=True):
    """The answer of a type check function that has more to say than True or False.

    Args:
        success: whether the value is of the type.
        description: what was found; part of the error when it is not.
        metadata: facts about the value, shown with the input or output.

    Raises:
        ParameterCheckError: `success` is not a bool.
        DagsterInvalidMetadata: a metadata value of no known kind.

    Example:
        >>> def check_positive(context, value):
        ...     return TypeCheck(success=value > 0, description=f"{value} must be above zero")
        >>> check_positive(None, -1).success
        False
    """

    success: bool
    description: str | None = None
    metadata: Mapping[str, Any] = _NO_METADATA

    def __post_init__(self) -> None:
        if not isinstance(self.success, bool):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
            raise ParameterCheckError("success", self.success, "a bool")
        if self.metadata:
            from dagster.metadata import normalize_metadata

            force_setattr(self, "metadata", normalize_metadata(self.metadata))
        else:
            force_setattr(self, "metadata", {})


PASSED = TypeCheck(success=True)


class CheckingStep(Protocol):
    """The step in which a value is checked."""

    @property
    def run_id(self) -> str:
        """The run."""
        ...

    @property
    def log(self) -> logging.Logger:
        """The step's logger, made when it is asked for."""
        ...

    @property
    def resources(self) -> Any:
        """The step's resources."""
        ...


class TypeCheckContext:
    """What a type check function may ask for besides the value.

    Args:
        step: what is asked when the function asks.
        dagster_type: the type that is checked.

    Example:
        >>> def check(context: TypeCheckContext, value):
        ...     return value in context.resources.catalog
        >>> in_catalog = DagsterType(check, name="InCatalog", required_resource_keys={"catalog"})
    """

    __slots__ = ("_dagster_type", "_step")

    def __init__(self, step: CheckingStep, dagster_type: Any) -> None:
        self._step = step
        self._dagster_type = dagster_type

    @property
    def run_id(self) -> str:
        """The run in which the value is checked."""
        return self._step.run_id

    @property
    def log(self) -> logging.Logger:
        """The run's logger."""
        return self._step.log

    @property
    def resources(self) -> Any:
        """The resources that the type requires, as attributes."""
        return self._step.resources

    @property
    def dagster_type(self) -> Any:
        """The type that is checked."""
        return self._dagster_type
