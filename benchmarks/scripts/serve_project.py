"""`dagster dev` of a location until it is described, and for a while with nothing to do.

Processor time of all its processes until then, the memory that they share counted once, and what waiting costs.
"""

import json
import os
import time

from process_trees import cpu_seconds, pss_mib
from served import served, wait_until_described

HERE = os.path.dirname(os.path.abspath(__file__))
# After being described both sides still have something to do for some seconds.
SETTLE_SECONDS, IDLE_SECONDS = 10, 15

started = time.perf_counter()
with served("-f", os.path.join(HERE, "many_assets.py")) as process:
    wait_until_described(process)
    wall, cpu, pss = time.perf_counter() - started, cpu_seconds(process.pid), pss_mib(process.pid)
    time.sleep(SETTLE_SECONDS)
    before = cpu_seconds(process.pid)
    time.sleep(IDLE_SECONDS)
    idle = cpu_seconds(process.pid) - before
print(json.dumps({"wall_seconds": wall, "cpu_seconds": cpu, "pss_mib": pss, "idle_cpu_seconds": idle * 60 / IDLE_SECONDS}))
