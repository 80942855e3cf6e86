"""Report materializations outside of a run, one call for each, every one on disk before the next."""

import json
import time

import dagster as dg

COUNT = 200


def main() -> None:
    instance = dg.DagsterInstance.get()
    events = [
        dg.AssetMaterialization(f"asset_{number % 20}", partition=str(number), metadata={"rows": number, "path": "a/b"})
        for number in range(COUNT + 1)
    ]
    instance.report_runless_asset_event(events[0])
    cpu, wall = time.process_time(), time.perf_counter()
    for event in events[1:]:
        instance.report_runless_asset_event(event)
    cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu_seconds": cpu_seconds / COUNT, "wall_seconds": wall_seconds / COUNT}))


main()
