"""`dagster dev` until it tells what it is and which assets there are: processor time and memory of all its processes."""

import json
import os
import time

from process_trees import cpu_seconds, pss_mib
from served import served, wait_until_answering

HERE = os.path.dirname(os.path.abspath(__file__))

started = time.perf_counter()
with served("-f", os.path.join(HERE, "many_assets.py")) as process:
    wait_until_answering(process)
    wall, cpu, pss = time.perf_counter() - started, cpu_seconds(process.pid), pss_mib(process.pid)
print(json.dumps({"wall_seconds": wall, "cpu_seconds": cpu, "pss_mib": pss}))
