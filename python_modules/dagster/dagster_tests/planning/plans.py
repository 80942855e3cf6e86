"""Small plans of assets written as text."""

from typing import Any

from dagster import asset
from dagster.define.projects import Project
from dagster.planning.plans import plan_assets
from dagster.planning.steps import ExecutionPlan


def made(name: str, loaded: str = "", **options: Any) -> Any:
    """An asset that loads these assets as its arguments."""
    parameters = ", ".join(loaded.split())
    return asset(name=name, **options)(eval(f"lambda {parameters}: 1"))


def plan_of(*assets: Any, selection: Any = None) -> ExecutionPlan:
    project = Project(assets=assets)
    return plan_assets(project, project.selected(selection))
