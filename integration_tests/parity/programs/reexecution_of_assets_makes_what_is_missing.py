"""A job of assets goes on where it failed: assets that were made are read as they are stored."""

import os
from pathlib import Path

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2]


@dg.asset
def total(numbers):
    if os.path.exists("broken"):
        raise ValueError("broken")
    return sum(numbers)


@dg.asset
def beside(numbers):
    return len(numbers)


@dg.asset
def report(total, beside):
    return f"{total} {beside}"


def definitions():
    jobs = [dg.define_asset_job("nightly", executor_def=dg.in_process_executor)]
    return dg.Definitions(assets=[numbers, total, beside, report], jobs=jobs)


def nightly():
    return definitions().resolve_job_def("nightly")


def started(result):
    return [event.step_key for event in result.all_events if event.is_step_start]


def facts() -> dict:
    with dg.DagsterInstance.local_temp() as instance:
        Path("broken").write_text("")
        first = dg.execute_job(dg.reconstructable(nightly), instance)
        os.remove("broken")
        options = dg.ReexecutionOptions.from_failure(first.run_id, instance)
        second = dg.execute_job(dg.reconstructable(nightly), instance, reexecution_options=options)
        value = definitions().load_asset_value("report", instance=instance)
        selected = dg.ReexecutionOptions(first.run_id, ["beside+"])
        third = dg.execute_job(dg.reconstructable(nightly), instance, reexecution_options=selected)
        some = dg.execute_job(dg.reconstructable(nightly), instance, asset_selection=[dg.AssetKey("numbers")])
        stored = instance.get_run_by_id(second.run_id)
        return {
            "first": started(first),
            "second": started(second),
            "second events": seen.step_events(second),
            "value": value,
            "steps": sorted(stored.step_keys_to_execute),
            "third": sorted(started(third)),
            "some": started(some),
            "materialized": {
                key: len(instance.fetch_materializations(dg.AssetKey(key), limit=10).records)
                for key in ("numbers", "total", "beside", "report")
            },
        }
