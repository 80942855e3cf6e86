"""Components that execute something and say which assets and checks that makes: a function, a script."""

from __future__ import annotations

import shlex
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Union, cast

from dagster.components.asset_models import OpSpec, ResolvedAssetCheckSpec, ResolvedAssetSpec
from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvables import Model, Resolvable
from dagster.components.resolvers import Resolver
from dagster.define.asset_checks import multi_asset_check
from dagster.define.definitions import Definitions
from dagster.define.multi_assets import multi_asset
from dagster.errors import closest


class ExecutableComponent(Component, Resolvable, Model, ABC):
    """Executes one thing, which makes assets, or executes checks; the base of components that do.

    Attributes:
        assets: what it makes.
        checks: of which it gives the results.
    """

    assets: list[ResolvedAssetSpec] | None = None
    checks: list[ResolvedAssetCheckSpec] | None = None

    @property
    @abstractmethod
    def op_spec(self) -> OpSpec:
        """The step that executes it."""

    @property
    def resource_keys(self) -> set[str]:
        """Resources that `invoke_execute_fn` reads from `context.resources`."""
        return set()

    @abstractmethod
    def invoke_execute_fn(self, context: Any, component_load_context: ComponentLoadContext) -> Any:
        """Execute it; called in the run's process.

        Args:
            context: of the step.
            component_load_context: where the component stands.

        Returns:
            Sequence[MaterializeResult | AssetCheckResult]: also as a generator.
        """

    def step_function(self, component_load_context: ComponentLoadContext) -> Callable[..., Any]:
        """The function of the step."""

        def execute(context: Any) -> Any:
            return self.invoke_execute_fn(context, component_load_context)

        return execute

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """The assets, or the checks, with the one step that executes them.

        Raises:
            DagsterComponentError: there is neither.
        """
        spec, function = self.op_spec, self.step_function(context)
        options: dict[str, Any] = {
            "description": spec.description,
            "op_tags": spec.tags,
            "pool": spec.pool,
            "required_resource_keys": self.resource_keys,
        }
        if self.assets:
            options |= {"name": spec.name or "_assets_def", "backfill_policy": spec.backfill_policy}
            return Definitions(assets=[multi_asset(specs=self.assets, check_specs=self.checks, **options)(function)])
        if self.checks:
            options |= {"name": spec.name or "_asset_check_def"}
            return Definitions(asset_checks=[multi_asset_check(specs=self.checks, **options)(function)])
        raise DagsterComponentError(
            "No assets or checks provided: what the component makes stands below `assets` or `checks`.",
            context.resolution_context.place,
        )


def resolve_callable(context: ResolutionContext, value: Any) -> Callable[..., Any]:
    """The function that a file names by its module and name; `.jobs.load` is looked up beside the component.

    Raises:
        DagsterComponentError: there is none.
    """
    if not isinstance(value, str):
        return value
    name = ComponentLoadContext.from_resolution_context(context).normalize_component_type_str(value)
    module, _, attribute = name.rpartition(".")
    try:
        found: Any = vars(import_module(module))
    except (ImportError, ValueError) as missing:
        raise DagsterComponentError(f'There is no module "{module}".', context.place, context.path) from missing
    if not callable(found.get(attribute)):
        raise DagsterComponentError(
            f'The module "{module}" has no function {attribute!r}.{closest(attribute, found)}', context.place, context.path
        )
    return cast("Callable[..., Any]", found[attribute])


ResolvableCallable = Annotated[Callable[..., Any], Resolver(resolve_callable, model_field_type=str)]


class FunctionSpec(OpSpec):
    """A function as a file writes it.

    Args:
        fn: its full name, as `my_project.jobs.load`, or a template that gives it.
    """

    type: Literal["function"] = "function"
    fn: ResolvableCallable


class FunctionComponent(ExecutableComponent):
    """Assets or checks that a function of the project makes.

    The function may take `context`, `config` and resources, as any asset's, and returns or yields results; what it does not
    mention is recorded as made.

    Args:
        execution: the function, or its name with what is said of the step.
        assets: what it makes.
        checks: of which it gives the results.

    Example:
        >>> from dagster.components import build_defs_for_component
        >>> def load(context):
        ...     return MaterializeResult(metadata={"rows": 3})
        >>> defs = build_defs_for_component(FunctionComponent(execution=load, assets=[AssetSpec("orders")]))
        >>> materialize(defs.assets).success
        True
    """

    execution: FunctionSpec | ResolvableCallable

    @property
    def op_spec(self) -> OpSpec:
        """The step, named like the function where no name is given."""
        if isinstance(self.execution, FunctionSpec):
            return self.execution
        return OpSpec(name=getattr(self.execution, "__name__", None))

    def step_function(self, component_load_context: ComponentLoadContext) -> Callable[..., Any]:
        """The function itself: its parameters are resources and config."""
        return self.execution.fn if isinstance(self.execution, FunctionSpec) else self.execution

    def invoke_execute_fn(self, context: Any, component_load_context: ComponentLoadContext) -> Any:
        """What the function gives for a context."""
        return self.step_function(component_load_context)(context)


class ScriptSpec(OpSpec):
    """A script as a file writes it.

    Args:
        path: from the folder of the component.
        args: what it is called with: a list, or one text that is parted as a shell does.
    """

    type: Literal["script"] = "script"
    path: str
    args: Union[list[str], str, None] = None

    @property
    def arguments(self) -> list[str]:
        """What it is called with."""
        return shlex.split(self.args) if isinstance(self.args, str) else list(self.args or ())


class _ScriptComponent(ExecutableComponent):
    execution: ScriptSpec

    @property
    def op_spec(self) -> OpSpec:
        """The step, named like the file where no name is given."""
        return self.execution.model_copy(update={"name": self.execution.name or Path(self.execution.path).stem})

    def command(self, script: Path) -> Sequence[str]:
        """What is executed.

        Args:
            script: absolute path.
        """
        raise NotImplementedError

    def invoke_execute_fn(self, context: Any, component_load_context: ComponentLoadContext) -> Any:
        """Execute the script in a process of its own; it reports through `dagster_pipes`."""
        from dagster.pipes.subprocesses import PipesSubprocessClient

        folder = component_load_context.path
        script = (folder if folder.is_dir() else folder.parent) / self.execution.path
        command = [*self.command(script), *self.execution.arguments]
        return PipesSubprocessClient().run(command=command, context=context).get_results()


class PythonScriptComponent(_ScriptComponent):
    """Assets or checks that a Python script makes, in a process of its own.

    The script may report what it made, and lines of log, through `dagster_pipes`; without a report its assets are recorded
    as made when it ends well.

    Args:
        execution: the script, with what is said of the step.
        assets: what it makes.
        checks: of which it gives the results.

    Example:
        >>> from dagster.components import build_defs_for_component
        >>> script = PythonScriptComponent.resolve_from_yaml("{execution: {path: load.py}, assets: [{key: orders}]}")
        >>> build_defs_for_component(script).resolve_all_asset_keys()
        [AssetKey(['orders'])]
        >>> script.op_spec.name
        'load'
    """

    def command(self, script: Path) -> Sequence[str]:
        """The interpreter that runs this, and the script."""
        return [sys.executable, str(script)]


class UvRunComponent(_ScriptComponent):
    """Assets or checks that a script makes which `uv run` executes, with the libraries that its head names.

    Args:
        execution: the script, with what is said of the step.
        assets: what it makes.
        checks: of which it gives the results.

    Example:
        >>> from dagster.components import UvRunComponent
        >>> UvRunComponent.resolve_from_yaml("{execution: {path: load.py}, assets: [{key: orders}]}").op_spec.name
        'load'
    """

    def command(self, script: Path) -> Sequence[str]:
        """`uv run` and the script."""
        return ["uv", "run", str(script)]
