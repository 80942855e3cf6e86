"""Components that execute SQL on a connection of the project."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from dagster.components.asset_models import OpSpec
from dagster.components.contexts import ComponentLoadContext
from dagster.components.executables import ExecutableComponent
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolvables import Model
from dagster.components.resolvers import Resolver, as_it_is
from dagster.components.templates import rendered_text
from dagster.events.results import MaterializeResult


class SQLClient(ABC):
    """A connection on which SQL is executed; anything with `connect_and_execute` is one."""

    @abstractmethod
    def connect_and_execute(self, sql: str) -> None:
        """Connect, and execute SQL."""

    @classmethod
    def __subclasshook__(cls, subclass: type) -> bool:
        return hasattr(subclass, "connect_and_execute") if cls is SQLClient else NotImplemented


class SqlComponent(ExecutableComponent, ABC):
    """Assets that SQL makes; the base of components that know the SQL.

    Args:
        connection: on which it is executed.
        execution: what is said of the step.
        assets: what it makes.

    Example:
        >>> from dagster.components import SqlComponent, build_defs_for_component
        >>> class Printed:
        ...     def connect_and_execute(self, sql):
        ...         print(sql)
        >>> class Daily(SqlComponent):
        ...     def get_sql_content(self, context, component_load_context):
        ...         return f"insert into {context.asset_key.path[-1]} select 1"
        ...     def get_unique_name(self):
        ...         return "daily"
        >>> defs = build_defs_for_component(Daily(connection=Printed(), assets=[AssetSpec("orders")]))
        >>> result = materialize(defs.assets)
        insert into orders select 1
    """

    connection: Annotated[
        SQLClient,
        Resolver(
            as_it_is,
            model_field_type=str,
            description="The connection on which the SQL is executed.",
            examples=["{{ context.load_component('warehouse') }}"],
        ),
    ]
    execution: OpSpec | None = None

    @abstractmethod
    def get_sql_content(self, context: Any, component_load_context: ComponentLoadContext) -> str:
        """The SQL; called in the run's process."""

    @abstractmethod
    def get_unique_name(self) -> str:
        """The name of the step where none is given."""

    @property
    def op_spec(self) -> OpSpec:
        """The step that executes the SQL."""
        spec = self.execution or OpSpec()
        return spec.model_copy(update={"name": spec.name or self.get_unique_name()})

    def execute(self, context: Any, component_load_context: ComponentLoadContext) -> None:
        """Execute the SQL on the connection."""
        self.connection.connect_and_execute(self.get_sql_content(context, component_load_context))

    def invoke_execute_fn(self, context: Any, component_load_context: ComponentLoadContext) -> Iterator[MaterializeResult[Any]]:
        """Execute the SQL, and record each asset."""
        self.execute(context, component_load_context)
        for spec in self.assets or ():
            yield MaterializeResult(asset_key=spec.key)


class SqlFile(Model):
    """A file with SQL.

    Args:
        path: from the folder of the component.
    """

    path: str


class TemplatedSqlComponent(SqlComponent):
    """Assets that a template of SQL makes.

    Args:
        sql_template: the SQL, or `path` of a file with it; a Jinja template, rendered when the step runs.
        sql_template_vars: what the template sees by name.
        connection: on which it is executed.
        execution: what is said of the step.
        assets: what it makes.

    Example:
        >>> from dagster.components import TemplatedSqlComponent, build_defs_for_component
        >>> class Printed:
        ...     def connect_and_execute(self, sql):
        ...         print(sql)
        >>> component = TemplatedSqlComponent(
        ...     sql_template="delete from orders where age > {{ days }}",
        ...     sql_template_vars={"days": 30},
        ...     connection=Printed(),
        ...     assets=[AssetSpec("orders")],
        ... )
        >>> defs = build_defs_for_component(component)
        >>> result = materialize(defs.assets)
        delete from orders where age > 30
    """

    sql_template: Annotated[
        str | SqlFile, Resolver.passthrough(description="The SQL, or `path` of a file with it; a template, rendered in the run.")
    ]
    sql_template_vars: Mapping[str, Any] | None = None

    def get_sql_content(self, context: Any, component_load_context: ComponentLoadContext) -> str:
        """The rendered SQL.

        Raises:
            DagsterComponentError: the file is not there, or the template uses a name that is not.
        """
        return rendered_text(self._template(component_load_context.path), self.sql_template_vars or {})

    def _template(self, folder: Path) -> str:
        if isinstance(self.sql_template, str):
            return self.sql_template
        file = (folder if folder.is_dir() else folder.parent) / self.sql_template.path
        try:
            return file.read_text(encoding="utf-8")
        except OSError as refused:
            raise DagsterComponentError(f'The SQL file "{file}" cannot be read: {refused.strerror}.') from refused

    def get_unique_name(self) -> str:
        """A name that follows from the template."""
        written = self.sql_template if isinstance(self.sql_template, str) else self.sql_template.path
        keys = [spec.key.to_user_string() for spec in self.assets or ()]
        return "sql_" + hashlib.sha256("\n".join([written, *keys]).encode()).hexdigest()[:8]
