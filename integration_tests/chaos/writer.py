"""Writes runs and events as a run's process does, and says after each call what was acknowledged.

`python -m chaos.writer HOME NAME`: prints a line `RUN_ID SEQUENCE` after each batch that the instance took, until it is killed.
"""

import os
import sys
from itertools import count
from uuid import uuid4

from dagster.events.asset_events import AssetMaterialization
from dagster.events.data import StepMaterializationData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.instance import DagsterInstance
from dagster.keys import AssetKey

BATCHES = 20


def entry(run_id: str, kind: str, number: int, data: StepMaterializationData | None = None) -> EventLogEntry:
    event = DagsterEvent(event_type_value=kind, job_name="chaos", step_key="s", event_specific_data=data, message=str(number))
    return EventLogEntry(None, 10, str(number), run_id, float(number), "s", "chaos", event)


def batch(run_id: str, first: int, name: str) -> list[EventLogEntry]:
    written = AssetMaterialization(AssetKey(f"shared_{first % 7}"), partition=f"{name}_{first % 3}")
    return [
        entry(run_id, "STEP_START", first),
        entry(run_id, "ASSET_MATERIALIZATION", first + 1, StepMaterializationData(materialization=written)),
        entry(run_id, "STEP_SUCCESS", first + 2),
    ]


def acknowledged(run_id: str, sequence: int) -> None:
    os.write(1, f"{run_id} {sequence}\n".encode())


def main(home: str, name: str) -> None:
    with DagsterInstance.from_config(home) as instance:
        while True:
            run = instance.create_run(job_name="chaos", run_id=str(uuid4()), tags={"writer": name})
            acknowledged(run.run_id, 0)
            for number in count():
                first = number * 3
                if number == BATCHES:
                    instance.append([entry(run.run_id, "PIPELINE_SUCCESS", first)], first_sequence=first)
                    acknowledged(run.run_id, first + 1)
                    break
                instance.append(batch(run.run_id, first, name), first_sequence=first)
                acknowledged(run.run_id, first + 3)


if __name__ == "__main__":
    main(*sys.argv[1:])
