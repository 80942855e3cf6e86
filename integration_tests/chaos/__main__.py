"""`python -m chaos`: the matrix of kills and stops. `make chaos` runs all of it and writes its result into docs/."""

from __future__ import annotations

import argparse
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from chaos.matrix import ROLES, WRITING_ROLES, Result, batches, carried_out, writes_per_role
from chaos.reports import report

ALL_ROLES = tuple(dict.fromkeys((*ROLES, *WRITING_ROLES)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--role", action="append", choices=ALL_ROLES, help="only this role; several are possible")
    parser.add_argument("--repetitions", type=int, default=20, help="strikes at random moments per role and signal")
    parser.add_argument("--no-writes", action="store_true", help="only at random moments")
    parser.add_argument("--parallel", type=int, default=2, help="sessions at a time")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--report", type=Path, help="the file for the report")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    writes = {} if options.no_writes else writes_per_role()
    todo = batches(options.role or ALL_ROLES, writes, options.repetitions, options.seed)
    print(f"seed {options.seed}, writes {writes}, {len(todo)} sessions", flush=True)
    results: list[Result] = []
    order = {batch: number for number, batch in enumerate(todo)}

    def page() -> str:
        results.sort(key=lambda result: order[result.batch])
        return report(results, len(todo), options.seed, time.monotonic() - began, options.parallel)

    with ThreadPoolExecutor(options.parallel) as pool:
        for number, done in enumerate(as_completed([pool.submit(carried_out, batch) for batch in todo]), 1):
            result = done.result()
            results.append(result)
            told = "; ".join(result.problems) or "all well"
            batch = result.batch
            where = f"writes {batch.faults[0].write}-{batch.faults[-1].write}" if batch.faults else "at random"
            print(
                f"{number}/{len(todo)} {batch.role} {batch.signal} {where}: {result.struck} struck, went on after"
                f" {result.worst_seconds:.1f} s, all done after {result.done_seconds:.0f} s, {result.seconds:.0f} s: {told}",
                flush=True,
            )
            if options.report is not None:
                options.report.write_text(page())
    print(page())
    return 1 if any(result.problems for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
