"""`dagster job list`, `dagster job print` and `dagster job scaffold_config`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.tables import Column, print_table
from dagster.define.doors import plan_of
from dagster.define.job_endings import ending_graphs
from dagster.define.jobs import JobDefinition
from dagster.errors import DagsterInvalidSubsetError, closest
from dagster.execution.job_configs import scaffolded_run_config
from dagster.planning.drawings import TITLES, drawing_of
from dagster.planning.steps import ExecutionPlan, Step, positions_of
from dagster.workspace.loading import CodeLocation

_JOBS = (
    Column("job", whole=True),
    Column("runs"),
    Column("tags"),
    Column("description"),
    Column("location"),
)
_STEPS = (
    Column("step", whole=True),
    Column("takes from"),
    Column("times"),
    Column("resources"),
    Column("retries", right=True),
    Column("timeout", right=True),
    Column("may fail"),
    Column("runs"),
)


@click.command("list", context_settings=SETTINGS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def list_jobs(code: CodeOptions, as_json: bool) -> None:
    """List the jobs of a project."""
    locations = loaded(code.targets())
    found = [(location, job) for location in locations for job in jobs_of(location)]
    if as_json:
        _print_json(found)
    elif found:
        several = len(locations) > 1
        print_table(_JOBS, [_row(location.name if several else "", job) for location, job in found])
    else:
        click.echo("No jobs.", err=True)


def jobs_of(location: CodeLocation) -> list[JobDefinition]:
    """The jobs that a project declares, by name; not the one over all its assets."""
    with refusals(location):
        jobs = location.definitions.resolve_all_job_defs()
    return sorted((job for job in jobs if not job.name.startswith("__")), key=lambda job: job.name)


def job_named(locations: Sequence[CodeLocation], name: str | None) -> tuple[CodeLocation, JobDefinition]:
    """The job of this name; the only one for None.

    Raises:
        DagsterInvalidSubsetError: there is none, or there are several.
    """
    everything = [(location, job) for location in locations for job in jobs_of(location)]
    found = [each for each in everything if name is None or each[1].name == name]
    names = [job.name for _, job in everything]
    if not found:
        said = f'There is no job "{name}".{closest(name or "", names)}' if names else "There are no jobs."
        raise DagsterInvalidSubsetError(f"{said} List them with `dagster job list`.")
    if len(found) > 1:
        hint = f"Say which one with -j: {', '.join(names)}." if name is None else "Name its code with -f or -m."
        raise DagsterInvalidSubsetError(f"There are {len(found)} jobs{'' if name is None else f' {name!r}'}. {hint}")
    return found[0]


def _row(location: str, job: JobDefinition) -> list[str]:
    tags = ", ".join(f"{key}={value}" for key, value in sorted(job.tags.items()))
    return [job.name, _what_it_runs(job), tags, (job.description or "").strip().partition("\n")[0], location]


def _what_it_runs(job: JobDefinition) -> str:
    work = _counted(len(job.selected_asset_keys), "asset") if job.ops is None else _counted(len(job.ops.flat.ops), "op")
    at_the_end = sum(len(graph.flat.ops) for _, graph in ending_graphs(job.declared.endings or {}))
    return f"{work}, {at_the_end} at the end" if at_the_end else work


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_json(found: Sequence[tuple[CodeLocation, JobDefinition]]) -> None:
    import json

    described = [
        {
            "name": job.name,
            "description": job.description,
            "tags": dict(job.tags),
            "steps": [step.key for step in plan_of(job).steps],
            "assets": sorted(key.to_user_string() for key in job.selected_asset_keys),
            "is_partitioned": job.partitions_def is not None,
            "location": location.name,
        }
        for location, job in found
    ]
    click.echo(json.dumps(described, indent=2))


@click.command("print", context_settings=SETTINGS)
@click.option("-j", "--job", "name", metavar="NAME", help="The job; may be left out where there is only one.")
@click.option("--mermaid", "form", flag_value="mermaid", help="Print a Mermaid flowchart, for pages in Markdown.")
@click.option("--svg", "form", flag_value="svg", help="Print a picture: `dagster job print -j nightly --svg > nightly.svg`.")
@code_options
def print_job(code: CodeOptions, name: str | None, form: str | None) -> None:
    """Print the steps of a job, each after those that it takes from."""
    location, job = _chosen(code, name)
    with refusals(location):
        plan = plan_of(job)
    if form is not None:
        click.echo(getattr(drawing_of(job.name, plan), form))
        return
    click.echo(job.name)
    for line in (job.description or "").strip().splitlines():
        click.echo(f"  {line}".rstrip())
    click.echo()
    by_key = {step.key: step for step in plan.steps}
    print_table(_STEPS, [_step_row(by_key[key], plan, job) for key in plan.step_keys])


def _chosen(code: CodeOptions, name: str | None) -> tuple[CodeLocation, JobDefinition]:
    locations = loaded(code.targets())
    with refusals(locations[0] if len(locations) == 1 else None):
        return job_named(locations, name)


@click.command("scaffold_config", context_settings=SETTINGS)
@click.option("-j", "--job", "name", metavar="NAME", help="The job; may be left out where there is only one.")
@click.option("--print-only-required", "only_required", is_flag=True, help="Leave out what may be left out.")
@code_options
def scaffold_config(code: CodeOptions, name: str | None, only_required: bool) -> None:
    """Print run config that a job takes, in YAML, to be edited.

    Every entry stands there with its default or an example. What is printed can be given to `dagster job execute -c`.
    """
    location, job = _chosen(code, name)
    with refusals(location):
        config = scaffolded_run_config(job, only_required)
    click.echo(_as_yaml(config), nl=False)


def _as_yaml(config: Any) -> str:
    import yaml

    class Plain(yaml.SafeDumper):
        """Writes what stands in two places twice: people who edit config do not want `&id001`."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    return yaml.dump(config, Dumper=Plain, sort_keys=False, allow_unicode=True)


def _step_row(step: Step, plan: ExecutionPlan, job: JobDefinition) -> list[str]:
    taken = dict.fromkeys(plan.steps[each].key for given in step.inputs for each in positions_of(given))
    giver = plan.steps[step.mapped_over[0]].key if step.mapped_over is not None else None
    resources = step.resource_keys - {"io_manager"}
    policy = step.retry_policy or step.computation.retry_policy or job.op_retry_policy
    timeout = step.computation.timeout_seconds
    return [
        step.key,
        ", ".join(taken),
        f"per value of {giver}" if giver is not None else "",
        ", ".join(sorted(resources)),
        str(policy.max_retries) if policy is not None else "",
        f"{timeout:g} s" if timeout is not None else "",
        "yes" if step.allows_failure else "",
        TITLES[step.phase],
    ]
