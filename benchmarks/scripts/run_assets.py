"""Materialize 100 assets once: `run_assets.py chain|wide ephemeral|sqlite`. Imports and a first run are not counted."""

import json
import sys
import time

import dagster as dg

COUNT = 100


def asset_after(name: str, parent: str | None):
    if parent is None:

        @dg.asset(name=name)
        def first():
            return 0

        return first

    @dg.asset(name=name, ins={"before": dg.AssetIn(parent)})
    def following(before):
        return before + 1

    return following


def chain(prefix: str, count: int) -> list:
    names = [f"{prefix}_{number}" for number in range(count)]
    return [asset_after(name, parent) for name, parent in zip(names, [None, *names], strict=False)]


def wide(prefix: str, count: int) -> list:
    source = f"{prefix}_source"
    return [asset_after(source, None), *(asset_after(f"{prefix}_{number}", source) for number in range(count - 1))]


def materialize(assets: list, storage: str) -> float:
    """Materializes them and gives back the sum of the values, so that none can be left out."""
    instance = dg.DagsterInstance.get() if storage == "sqlite" else None
    result = dg.materialize(assets, instance=instance)
    return sum(result.output_for_node(asset.op.name) for asset in assets)


def main(shape: str, storage: str) -> None:
    make, expected = {"chain": (chain, COUNT * (COUNT - 1) / 2), "wide": (wide, COUNT - 1)}[shape]
    materialize(make("warm", 2), storage)
    assets = make("measured", COUNT)
    cpu, wall = time.process_time(), time.perf_counter()
    total = materialize(assets, storage)
    cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    if total != expected:
        sys.exit(f"The values add up to {total} instead of {expected}")
    print(json.dumps({"cpu_seconds": cpu_seconds / COUNT, "wall_seconds": wall_seconds / COUNT}))


main(*sys.argv[1:])
