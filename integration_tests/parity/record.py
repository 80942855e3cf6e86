"""`make parity-record`: ask the reference, and write down what it did.

python -m parity.record [program ...]                 record all programs, or the named ones
python -m parity.record --check --sample 20 --seed 7   record a sample again, compare, write nothing
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from parity import reference
from parity.catalogue import Program, Recording, programs, read_recording, sample, write_recording
from parity.comparing import disagreements, leaves
from parity.normalise import Fact
from parity.running import Interpreter, ProgramFailed, run

PROCESSES = 2


class UnstableFacts(Exception):
    """Two runs of the reference disagree, so the program reports something that is not a fact."""

    def __init__(self, program: Program, where: Iterable[object]) -> None:
        listing = "\n".join(str(place) for place in where)
        super().__init__(f"Program {program.name} reports what changes from run to run:\n{listing}")


def observed(program: Program, interpreter: Interpreter) -> Fact:
    """The facts on which two runs with different hash seeds agree.

    Raises:
        ProgramFailed: the program did not end well.
        UnstableFacts: the runs disagree, for example because a set was reported in its own order.
    """
    first = run(program, interpreter, hash_seed=1)
    second = run(program, interpreter, hash_seed=2)
    unstable = disagreements(first, second)
    if unstable:
        raise UnstableFacts(program, unstable)
    return first


def record(program: Program, interpreter: Interpreter) -> str:
    facts = observed(program, interpreter)
    write_recording(program, Recording(reference=reference.VERSION, sha256=program.sha256(), facts=facts))
    return f"recorded {program.name}: {leaves(facts)} facts"


def check(program: Program, interpreter: Interpreter) -> str:
    """Record in memory and compare with what is stored."""
    recording = read_recording(program)
    if recording is None or recording.sha256 != program.sha256():
        raise StaleRecording(program)
    again = disagreements(recording.facts, run(program, interpreter, hash_seed=3))
    if again:
        raise UnstableFacts(program, again)
    return f"confirmed {program.name}: {leaves(recording.facts)} facts"


class StaleRecording(Exception):
    def __init__(self, program: Program) -> None:
        super().__init__(f"Program {program.name} changed since it was recorded, or never was: run make parity-record.")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    chosen = programs(options.names)
    if options.sample is not None:
        chosen = sample(chosen, options.sample, options.seed)
    act = check if options.check else record
    failures = _for_each(act, chosen, Interpreter(python=reference.python(), inherits_path=False))
    if failures:
        print(f"{len(failures)} of {len(chosen)} programs failed: {', '.join(failures)}", file=sys.stderr)
    return 1 if failures else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m parity.record", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("names", nargs="*", metavar="program")
    parser.add_argument("--check", action="store_true", help="compare with the recordings, write nothing")
    parser.add_argument("--sample", type=int, metavar="N", help="take only N programs")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="which sample to take")
    return parser.parse_args(arguments)


def _for_each(act: Callable[[Program, Interpreter], str], chosen: Sequence[Program], interpreter: Interpreter) -> list[str]:
    """Names of the programs that failed; every program is tried."""

    def succeeds(program: Program) -> bool:
        try:
            print(act(program, interpreter), flush=True)
        except (ProgramFailed, UnstableFacts, StaleRecording) as error:
            print(error, file=sys.stderr, flush=True)
            return False
        return True

    with ThreadPoolExecutor(max_workers=PROCESSES) as pool:
        return [program.name for program, succeeded in zip(chosen, pool.map(succeeds, chosen), strict=True) if not succeeded]


if __name__ == "__main__":
    raise SystemExit(main())
