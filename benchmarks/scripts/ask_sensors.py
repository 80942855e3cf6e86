"""`dagster dev` of 100 sensors that want to be asked each second: `ask_sensors.py SECONDS`.

How often each was asked, as their cursors count it; the load on a core; whether memory grows.
"""

import json
import os
import sys
import time
from statistics import median

from process_trees import cpu_seconds, descriptors, pss_mib, tree
from served import served, wait_until_described

HERE = os.path.dirname(os.path.abspath(__file__))
WARM_UP_SECONDS, LOOK_SECONDS = 10, 5
# `dagster dev` itself; base, zygote and host of its location.
WITHOUT_EVALUATORS = 4


def asked(instance):
    """How often each sensor was asked so far."""
    return [int(state.cursor or 0) for state in instance.storage.instigators.states().values()]


def watched(process, seconds):
    """Memory and descriptors of all processes, and how many evaluators there are, now and again."""
    looks = []
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        looks.append((pss_mib(process.pid), descriptors(process.pid), len(tree(process.pid)) - WITHOUT_EVALUATORS))
        time.sleep(min(left, LOOK_SECONDS))
    return looks


def main(seconds):
    with served("-f", os.path.join(HERE, "many_sensors.py")) as process:
        wait_until_described(process, " sensors")
        time.sleep(WARM_UP_SECONDS)
        import dagster as dg

        with dg.DagsterInstance.get() as instance:
            before, cpu, began = asked(instance), cpu_seconds(process.pid), time.monotonic()
            looks = watched(process, seconds)
            after, cpu, lasted = asked(instance), cpu_seconds(process.pid) - cpu, time.monotonic() - began
    asked_times = [last - first for first, last in zip(before, after, strict=True)]
    # The least of a third: another evaluator comes when a sensor takes long, and goes when it was not needed for a while.
    third = max(len(looks) // 3, 1)
    early, late = looks[:third], looks[-third:]
    said = {
        "interval_seconds": lasted / max(median(asked_times), 1),
        "slowest_seconds": lasted / max(min(asked_times), 1),
        "load": cpu / lasted,
        "pss_mib": max(memory for memory, _, _ in looks),
        "evaluators": max(number for _, _, number in looks),
        "grown_mib": min(memory for memory, _, _ in late) - min(memory for memory, _, _ in early),
        "grown_descriptors": min(number for _, number, _ in late) - min(number for _, number, _ in early),
    }
    print(json.dumps(said))


main(float(sys.argv[1]))
