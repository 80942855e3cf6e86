"""Run a job of ops once in process: `run_ops.py chain|wide|map COUNT`. Imports and a first run are not counted.

The reference needs half a minute for a map over 2,000 values: it maps over a tenth of them. What is printed is the cost of one.
"""

import json
import sys
import time

import dagster as dg

IS_OURS = hasattr(dg.DagsterInstance, "append")


@dg.op
def first():
    return 0


@dg.op
def following(before):
    return before + 1


@dg.op
def total(numbers):
    return sum(numbers)


def chain(count: int):
    @dg.job(name="chain")
    def made():
        value = first()
        for number in range(count - 1):
            value = following.alias(f"following_{number}")(value)
        total([value])

    return made, count - 1


def wide(count: int):
    @dg.job(name="wide")
    def made():
        source = first()
        total([following.alias(f"following_{number}")(source) for number in range(count - 1)])

    return made, count - 1


def mapped(count: int):
    @dg.op(out=dg.DynamicOut())
    def numbers():
        for number in range(count):
            yield dg.DynamicOutput(number, mapping_key=f"n{number}")

    @dg.job(name="mapped")
    def made():
        total(numbers().map(following).collect())

    return made, count * (count + 1) // 2


def main(shape: str, count: int) -> None:
    make = {"chain": chain, "wide": wide, "map": mapped}[shape]
    make(2)[0].execute_in_process()
    made, expected = make(count)
    cpu, wall = time.process_time(), time.perf_counter()
    found = made.execute_in_process().output_for_node("total")
    cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
    if found != expected:
        sys.exit(f"The values add up to {found} instead of {expected}")
    print(json.dumps({"cpu_seconds": cpu_seconds / count, "wall_seconds": wall_seconds / count}))


shape, count = sys.argv[1], int(sys.argv[2])
main(shape, count if IS_OURS or shape != "map" else count // 10)
