"""Hooks of assets and of jobs of assets."""

import seen

import dagster as dg

SAID = []


@dg.success_hook
def cheers(context):
    SAID.append(["cheers", context.job_name, context.step_key, seen.plain(context.op_output_values.get("result"))])


@dg.failure_hook(required_resource_keys={"chat"})
def alarms(context):
    SAID.append(["alarms", context.job_name, context.step_key, context.resources.chat])


@dg.asset
def numbers():
    return [1, 2]


@dg.asset(hooks={cheers})
def total(numbers):
    return sum(numbers)


@dg.asset(deps=[numbers])
def broken():
    raise ValueError("no")


def job_of(**options):
    job = dg.define_asset_job("nightly", **options)
    return dg.Definitions(assets=[numbers, total, broken], jobs=[job], resources={"chat": "hello"}).resolve_job_def("nightly")


def seen_of(job):
    SAID.clear()
    result = job.execute_in_process(raise_on_error=False)
    hooks = [pair for pair in seen.events(result) if pair[0].startswith("HOOK")]
    return {"said": sorted(SAID), "events": sorted(hooks)}


def facts() -> dict:
    materialized = dg.materialize([numbers, total])
    return {
        "of an asset": seen_of(job_of()),
        "of a job": seen_of(job_of(hooks={alarms})),
        "both": seen_of(job_of(hooks={alarms, cheers})),
        "of a selection": seen_of(job_of(hooks={alarms}, selection=["numbers"])),
        "materialized": [pair for pair in seen.step_events(materialized) if pair[1] == "total"],
    }
