"""The run config that a job takes: its schema, and config to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.config.run_schemas import run_config_type
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.config_mappings import ConfigMapping
from dagster.define.jobs import JobDefinition
from dagster.define.resource_sessions import coerce_resources
from dagster.execution.configs import schemas_of_run
from dagster.execution.op_jobs import schemas_of
from dagster.io.memory import InMemoryIOManager
from dagster.planning.job_plans import plan_job

if TYPE_CHECKING:
    from dagster.config.types import ConfigType


def run_config_type_of(job: JobDefinition) -> ConfigType:
    """The schema of the run config of a job; of one with a config mapping, the schema of what the mapping takes."""
    if isinstance(job.declared.config, ConfigMapping):
        return job.declared.config.schema.config_type
    plan, schemas = plan_job(job), None if job.is_asset_job else schemas_of(job)
    resources = coerce_resources({DEFAULT_IO_MANAGER_KEY: InMemoryIOManager(), **job.project.all_resources})
    parts = schemas_of_run(plan, resources, {}, schemas, job.loggers)
    return run_config_type(execution=job.executor_def.config_field, **parts)


def scaffolded_run_config(job: JobDefinition, only_required: bool = False) -> Any:
    """Run config that the job takes, to be edited by a person.

    Args:
        job: the job.
        only_required: leave out what may be left out; without, every entry stands there with its default or an example.
    """
    from dagster.config.scaffolds import scaffolded

    return scaffolded(run_config_type_of(job), only_required)
