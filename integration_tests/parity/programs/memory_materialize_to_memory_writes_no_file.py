"""`materialize_to_memory` keeps values in the process and refuses resources that store."""

import os

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2, 3]


@dg.asset
def total(numbers):
    return sum(numbers)


@dg.asset(io_manager_key="warehouse")
def stored():
    return 1


@dg.asset(deps=["elsewhere"])
def beside():
    return 2


def facts() -> dict:
    result = dg.materialize_to_memory([numbers, total])
    outputs = [e for e in result.all_events if e.event_type_value == "HANDLED_OUTPUT"]
    return {
        "values": [result.output_for_node("numbers"), result.output_for_node("total")],
        "events": seen.events(result),
        "metadata": {e.step_key: seen.metadata(e.event_specific_data.metadata) for e in outputs},
        "manager keys": [e.event_specific_data.manager_key for e in outputs],
        "materializations": seen.materializations(result),
        "files": seen.files_below(os.environ["DAGSTER_HOME"]),
        "another key": seen.outcome(lambda: dg.materialize_to_memory([stored]).output_for_node("stored")),
        "with a manager given": seen.outcome(
            lambda: dg.materialize_to_memory([numbers], resources={"io_manager": dg.FilesystemIOManager()}).success
        ),
        "partial": seen.outcome(lambda: dg.materialize_to_memory([total], selection=[total]).success),
        "deps only": dg.materialize_to_memory([beside]).output_for_node("beside"),
    }
