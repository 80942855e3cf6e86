"""Eight processes that write events at once, in batches of ten, and wait for each batch until it is on disk.

Ours write through the ingest, first undisturbed, then while it is killed ten times and another process takes over: how long
the worst batch was waited for, and whether anything is missing or twice. The reference has no process that stores for others:
eight processes report events of assets, each of which it stores by itself. They are forked from one that has imported it: eight
that import it at once take minutes, of which nothing is measured.
"""

import json
import multiprocessing
import signal
import subprocess
import sys
import time
from typing import Any

import dagster as dg

WRITERS = 8
BATCH = 10
KILLS = 10
EVENTS_OF_OURS = 10_000
EVENTS_OF_THE_REFERENCE = 5


def is_ours() -> bool:
    return "free" in dg.__version__


def write(run_id: str, events: int) -> None:
    """One writer of ours; says the longest wait."""
    from dagster.events.entries import EventLogEntry

    instance = dg.DagsterInstance.get()
    ingested = dg.DagsterInstance.from_ref(_through_the_ingest(instance.get_ref(), instance.ingest_path))
    print("ready", flush=True)
    sys.stdin.readline()
    worst = 0.0
    for number in range(0, events, BATCH):
        lines = [EventLogEntry(None, 20, str(number + each), run_id, time.time(), "step", "job", None) for each in range(BATCH)]
        began = time.perf_counter()
        ingested.append(lines, attempt=0, first_sequence=number)
        worst = max(worst, time.perf_counter() - began)
    ingested.dispose()
    print(worst, flush=True)


def _through_the_ingest(ref, path):
    from msgspec.structs import replace

    return replace(ref, ingest=path)


def serve() -> None:
    """An ingest, or one that takes over when the one that there is ends."""
    service: Any = dg.DagsterInstance.get().ingest_service()
    service.start()
    print("ready", flush=True)
    signal.pause()


def report(run_id: str, events: int, start: Any, waits: Any) -> None:
    """One writer of the reference; tells the longest wait."""
    instance = dg.DagsterInstance.get()
    start.wait()
    worst = 0.0
    for number in range(events):
        began = time.perf_counter()
        instance.report_runless_asset_event(dg.AssetMaterialization(f"asset_{run_id}", partition=str(number)))
        worst = max(worst, time.perf_counter() - began)
    waits.put(worst)


def started(*arguments: str) -> Any:
    command = [sys.executable, __file__, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def started_ingest() -> Any:
    process = started("serve")
    process.stdout.readline()
    return process


def written(run_ids: list[str], events: int, meanwhile=lambda: None) -> tuple[float, float]:
    """Seconds that all writers took together, and the longest wait of any."""
    writers = [started("write", run_id, str(events)) for run_id in run_ids]
    for writer in writers:
        writer.stdout.readline()
    began = time.perf_counter()
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    meanwhile()
    worst = max(float(writer.stdout.readline()) for writer in writers)
    seconds = time.perf_counter() - began
    for writer in writers:
        writer.wait()
    return seconds, worst


def missing_or_twice(run_ids: list[str], events: int) -> int:
    with dg.DagsterInstance.get() as instance:
        wrong = 0
        for run_id in run_ids:
            lines = [entry.user_message for entry in instance.all_logs(run_id)]
            wrong += abs(len(lines) - events) + sum(line != str(number) for number, line in enumerate(lines))
        return wrong


def ours() -> dict[str, float]:
    with dg.DagsterInstance.get() as instance:
        runs = [[instance.create_run(job_name="job").run_id for _ in range(WRITERS)] for _ in range(2)]
    ingests = [started_ingest(), started_ingest()]

    def kill() -> None:
        for _ in range(KILLS):
            time.sleep(0.1)
            ingests.pop(0).kill()
            ingests.append(started_ingest())

    seconds, worst = written(runs[0], EVENTS_OF_OURS)
    _, worst_of_kills = written(runs[1], EVENTS_OF_OURS, kill)
    for ingest in ingests:
        ingest.kill()
        ingest.wait()
    return {
        "event_seconds": seconds / EVENTS_OF_OURS / WRITERS,
        "worst_seconds": worst,
        "worst_seconds_over_kills": worst_of_kills,
        "lost": sum(missing_or_twice(each, EVENTS_OF_OURS) for each in runs),
    }


def reference() -> dict[str, float]:
    dg.DagsterInstance.get().get_run_records(limit=1)  # eight processes that open a fresh instance at once break it
    forking = multiprocessing.get_context("fork")
    start, waits = forking.Barrier(WRITERS + 1), forking.Queue()
    writers = [
        forking.Process(target=report, args=(str(number), EVENTS_OF_THE_REFERENCE, start, waits)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    start.wait()
    began = time.perf_counter()
    worst = max(waits.get() for _ in writers)
    seconds = time.perf_counter() - began
    for writer in writers:
        writer.join()
    nothing = {"worst_seconds_over_kills": worst, "lost": 0}
    return {"event_seconds": seconds / EVENTS_OF_THE_REFERENCE / WRITERS, "worst_seconds": worst, **nothing}


if len(sys.argv) == 1:
    print(json.dumps(ours() if is_ours() else reference()))
elif sys.argv[1] == "serve":
    serve()
else:
    write(sys.argv[2], int(sys.argv[3]))
