"""Where 100,000 partitions of an asset stand, read from SQLite as ranges: `partition_statuses.py`. Processor time in seconds.

The events are those of runs: each partition was planned, then materialized. Of ten thousand hours, the last thousand is missing.
"""

import json
import time

import dagster as dg
from dagster.events.data import AssetMaterializationPlannedData, StepMaterializationData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent

KEY, COUNT, PER_RUN, AGAIN = dg.AssetKey("events"), 100_000, 1_000, 5
HOURS = dg.HourlyPartitionsDefinition("2008-01-01-00:00", end_date="2024-01-01-00:00")


def entry(run_id, kind, data):
    event = DagsterEvent(event_type_value=kind, job_name="j", step_key="events", event_specific_data=data)
    return EventLogEntry(None, 10, "", run_id, 1000.0, "events", "j", event)


def fill(instance, keys):
    made = [first for first in range(0, len(keys), PER_RUN) if first // PER_RUN % 10 < 9]
    for first in made[: COUNT // PER_RUN]:
        some = keys[first : first + PER_RUN]
        run_id = instance.create_run(job_name="j").run_id
        plans = [AssetMaterializationPlannedData(asset_key=KEY, partition=key) for key in some]
        events = [entry(run_id, "ASSET_MATERIALIZATION_PLANNED", plan) for plan in plans]
        written = [dg.AssetMaterialization(KEY, partition=key, tags={"dagster/data_version": "f" * 64}) for key in some]
        events += [entry(run_id, "ASSET_MATERIALIZATION", StepMaterializationData(materialization=each)) for each in written]
        instance.append([*events, entry(run_id, "PIPELINE_SUCCESS", None)])


def main():
    with dg.DagsterInstance.get() as instance:
        fill(instance, HOURS.get_partition_keys())
    # Opened anew, so that nothing is at hand.
    with dg.DagsterInstance.get() as instance:
        instance.get_run_by_id("none")
        times = []
        for _ in range(AGAIN):
            started = time.process_time()
            ranges = instance.partition_statuses(KEY, HOURS).ranges()
            times.append(time.process_time() - started)
        assert len(ranges) == 12
    print(json.dumps({"first": times[0], "again": sorted(times)[AGAIN // 2], "ranges": len(ranges)}))


if __name__ == "__main__":
    main()
