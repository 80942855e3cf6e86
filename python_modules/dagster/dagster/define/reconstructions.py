"""Where a job is written, so that another process can make it anew: `reconstructable` and `build_reconstructable_job`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import msgspec

from dagster.arguments import check_argument, check_optional
from dagster.define.graphs import GraphDefinition
from dagster.define.jobs import JobDefinition
from dagster.errors import DagsterInvariantViolationError, DagsterUserCodeLoadError, closest, user_code


class ReconstructableJob(msgspec.Struct, frozen=True):
    """Where a job is written. Made by `reconstructable` and `build_reconstructable_job`.

    Attributes:
        module_name: the module.
        name: what in it is the job, or the function that returns it.
        args, kwargs: what the function is called with.
        working_directory: where the module is looked for as well.
        file: of the module, which finds it where its name does not, as `__main__`.
        op_selection: some of its ops only.
        asset_selection: some of its assets only.
    """

    module_name: str
    name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = {}
    working_directory: str | None = None
    file: str | None = None
    op_selection: Sequence[str] | None = None
    asset_selection: frozenset[Any] | None = None

    @property
    def job_name(self) -> str:
        """The name of the job."""
        return self.get_definition().name

    def get_definition(self) -> JobDefinition:
        """The job; its module is imported where it is not yet.

        Raises:
            DagsterInvariantViolationError: there is no job at that place.
        """
        made = self._made(self._target())
        return made if self.op_selection is None else made.get_subset(op_selection=self.op_selection)

    def get_subset(
        self, *, op_selection: Sequence[str] | None = None, asset_selection: frozenset[Any] | None = None
    ) -> ReconstructableJob:
        """The same place, for some of the job's ops or assets only."""
        return msgspec.structs.replace(self, op_selection=op_selection, asset_selection=asset_selection)

    def describe(self) -> str:
        """The place in words."""
        return f'"{self.name}" in {self.file or self.module_name}'

    def _target(self) -> Any:
        module = _imported(self)
        target: Any = getattr(module, self.name, None)
        if target is None:
            raise DagsterInvariantViolationError(
                f"{self.name} not found in module {self.module_name}.{closest(self.name, vars(module))}"
            )
        return target

    def _made(self, target: Any) -> JobDefinition:
        made = target
        if not isinstance(target, JobDefinition) and callable(target):
            try:
                made = target(*self.args, **self.kwargs)
            except TypeError as refused:
                if self.args or self.kwargs or refused.__traceback__ is None or refused.__traceback__.tb_next is not None:
                    raise
                raise DagsterInvariantViolationError(
                    f"Error invoking function {self.describe()} with no arguments: {refused}. A reconstructable target must be "
                    "callable with no arguments; use build_reconstructable_job to give some."
                ) from refused
        if not isinstance(made, JobDefinition):
            hint = " Call its to_job()." if isinstance(made, GraphDefinition) else ""
            raise DagsterInvariantViolationError(f"{self.describe()} must resolve to a JobDefinition. Got {type(made)}.{hint}")
        return made


def _imported(place: ReconstructableJob) -> ModuleType:
    if place.module_name in sys.modules:
        return sys.modules[place.module_name]
    from importlib import import_module

    if place.working_directory is not None and place.working_directory not in sys.path:
        sys.path.insert(0, place.working_directory)
    with user_code(f'Error occurred while importing "{place.module_name}"', DagsterUserCodeLoadError):
        return import_module(place.module_name)


def reconstructable(target: Callable[..., JobDefinition]) -> ReconstructableJob:
    """Where a job is written: for `execute_job`, and for executors that run steps in other processes.

    Args:
        target: a job that stands at the top of a module, or a function there that returns one.

    Raises:
        DagsterInvariantViolationError: another process could not find it, or it is no job.

    Example:
        >>> reconstructable(nightly).job_name
        'nightly'
    """
    if isinstance(target, JobDefinition):
        made_by = target.graph.composition_fn if target.ops is not None else None
        function: Any = made_by
        name = target.name if function is None else function.__name__
    else:
        function, name = target, getattr(target, "__name__", "")
    if function is None or not hasattr(function, "__qualname__"):
        raise DagsterInvariantViolationError(
            "Reconstructable target should be a function or definition produced by a decorated function, got "
            f"{type(target)}. Write a function at the top of the module that returns the job, and give that."
        )
    _refuse_hidden(function, name)
    place = ReconstructableJob(
        module_name=function.__module__,
        name=name,
        working_directory=os.getcwd(),
        file=getattr(sys.modules.get(function.__module__), "__file__", None),
    )
    place.get_definition()
    return place


def _refuse_hidden(function: Any, name: str) -> None:
    """What stands at the top of a module can be found again by its name; nothing else can."""
    if name == "<lambda>":
        raise DagsterInvariantViolationError(
            "Reconstructable target can not be a lambda. Use a function or decorated function defined at module scope instead, "
            "or use build_reconstructable_job."
        )
    if function.__qualname__ != name:
        raise DagsterInvariantViolationError(
            f'Reconstructable target "{name}" has a different __qualname__ "{function.__qualname__}" indicating it is not '
            "defined at module scope. Use a function or decorated function defined at module scope instead, or use "
            "build_reconstructable_job."
        )


def build_reconstructable_job(
    reconstructor_module_name: str,
    reconstructor_function_name: str,
    reconstructable_args: tuple[Any, ...] | None = None,
    reconstructable_kwargs: Mapping[str, Any] | None = None,
    reconstructor_working_directory: str | None = None,
) -> ReconstructableJob:
    """Where the function is written that makes a job, and what to call it with.

    Args:
        reconstructor_module_name: the module.
        reconstructor_function_name: the function in it.
        reconstructable_args, reconstructable_kwargs: its arguments; what JSON can hold.
        reconstructor_working_directory: where the module is looked for as well.

    Raises:
        DagsterInvariantViolationError: there is no such function.

    Example:
        >>> build_reconstructable_job(job_named.__module__, "job_named", ("weekly",)).job_name
        'weekly'
    """
    check_argument("reconstructor_module_name", reconstructor_module_name, str)
    check_argument("reconstructor_function_name", reconstructor_function_name, str)
    check_optional("reconstructable_args", reconstructable_args, tuple)
    check_optional("reconstructable_kwargs", reconstructable_kwargs, dict)
    check_optional("reconstructor_working_directory", reconstructor_working_directory, str)
    place = ReconstructableJob(
        module_name=reconstructor_module_name,
        name=reconstructor_function_name,
        args=reconstructable_args or (),
        kwargs=reconstructable_kwargs or {},
        working_directory=reconstructor_working_directory,
    )
    place.get_definition()
    return place
