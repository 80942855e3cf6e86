"""Ask one question of a long history: `ask_history.py QUESTION`.

The history is made once and kept in the folder BENCHMARK_CACHE. Ours has 1,000,000 materializations of 2,000 assets and 100,000
runs, stored in batches. The reference has no way to store in batches, and one event takes it a tenth of a second: it gets a small
share of them, through its public calls. How many there are is printed with each answer.
"""

import json
import os
import sys
import time
from pathlib import Path

import dagster as dg

ASSETS, BATCH, TAG_VALUES = 2_000, 2_000, 100
IS_OURS = hasattr(dg.DagsterInstance, "append")
EVENTS, RUNS = (1_000_000, 100_000) if IS_OURS else (2_000, 1_000)


def key(number: int) -> dg.AssetKey:
    return dg.AssetKey(["shop", f"asset_{number % ASSETS}"])


def materialization(number: int) -> dg.AssetMaterialization:
    return dg.AssetMaterialization(key(number), metadata={"rows": number, "path": f"some/where/{number}.parquet"})


def fill(instance: dg.DagsterInstance) -> None:
    if not IS_OURS:
        for number in range(EVENTS):
            instance.report_runless_asset_event(materialization(number))
        for number in range(RUNS):
            instance.add_run(run(number))
        return
    from dagster.events.data import StepMaterializationData
    from dagster.events.entries import EventLogEntry
    from dagster.events.events import DagsterEvent

    def entry(number: int) -> EventLogEntry:
        data = StepMaterializationData(materialization=materialization(number))
        event = DagsterEvent(
            event_type_value="ASSET_MATERIALIZATION",
            job_name="j",
            step_key="s",
            event_specific_data=data,
            message="Materialized.",
        )
        return EventLogEntry(None, 10, "", f"run_{number // 10}", float(number), "s", "j", event)

    for first in range(0, EVENTS, BATCH):
        instance.append([entry(number) for number in range(first, first + BATCH)], first_sequence=None)
    for number in range(RUNS):
        instance.add_run(run(number))


def run(number: int) -> dg.DagsterRun:
    tags = {"team": f"team_{number % TAG_VALUES}", "number": str(number)}
    return dg.DagsterRun(job_name="j", run_id=f"00000000-0000-4000-8000-{number:012}", tags=tags)


def history() -> dg.DagsterInstance:
    folder = Path(os.environ["BENCHMARK_CACHE"]) / f"history-{'ours' if IS_OURS else 'reference'}-{EVENTS}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    instance = dg.DagsterInstance.from_config(str(folder))
    if not (folder / "filled").exists():
        fill(instance)
        (folder / "filled").write_text("")
    return instance


def page_of_all(instance: dg.DagsterInstance, start: int) -> int:
    asked = dg.EventRecordsFilter(dg.DagsterEventType.ASSET_MATERIALIZATION, before_cursor=EVENTS // 2 + start)
    return len(instance.get_event_records(asked, limit=100))


def page_of_one(instance: dg.DagsterInstance, start: int) -> int:
    return len(instance.fetch_materializations(key(start), limit=100).records)


def latest(instance: dg.DagsterInstance, start: int) -> int:
    return len(instance.get_latest_materialization_events(ALL_KEYS))


def tagged_runs(instance: dg.DagsterInstance, start: int) -> int:
    return len(instance.get_run_records(dg.RunsFilter(tags={"team": f"team_{start}"}), limit=50))


ALL_KEYS = [key(number) for number in range(ASSETS)]
QUESTIONS = {"page_of_all": page_of_all, "page_of_one": page_of_one, "latest": latest, "tagged_runs": tagged_runs}


def main(question: str) -> None:
    ask = QUESTIONS[question]
    with history() as instance:
        ask(instance, 1)
        cpu, wall = time.process_time(), time.perf_counter()
        answered = ask(instance, 2)
        cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    if not answered:
        sys.exit("There was no answer.")
    kept = RUNS if question == "tagged_runs" else EVENTS
    print(json.dumps({"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds, "kept": kept}))


main(*sys.argv[1:])
