"""Load and validate the generated project in this process; imports are not counted."""

import json
import resource
import sys
import time

# Lazily loaded parts are paid for here, by a project of one asset, as the imports are.
import one_asset

import dagster as dg

dg.Definitions.validate_loadable(one_asset.defs)
one_asset.defs.resolve_asset_graph()

before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
cpu, wall = time.process_time(), time.perf_counter()

import many_assets  # noqa: E402 - loading it is what is measured

dg.Definitions.validate_loadable(many_assets.defs)
keys = many_assets.defs.resolve_asset_graph().get_all_asset_keys()

cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
added_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib) / 1024
if len(keys) != many_assets.COUNT:
    sys.exit(f"{len(keys)} of {many_assets.COUNT} assets were loaded")
print(json.dumps({"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds, "added_mib": added_mib}))
