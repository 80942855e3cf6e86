"""`python -m benchmarks [name ...]`: run the cases on both sides, print the comparison."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.cases import CASES, SERIES, Case, cases
from benchmarks.comparison import Row, growth, rows
from benchmarks.machine import machine, moment
from benchmarks.measuring import Sample, ScriptFailed, measure
from benchmarks.pages import TITLE, commit, write_section
from benchmarks.report import as_json, markdown
from integration_tests.parity.reference import NoReference
from integration_tests.parity.reference import python as reference_python

Collected = dict[str, dict[str, list[float]]]


class Side(msgspec.Struct, kw_only=True):
    """One of the two interpreters and what it measured so far."""

    name: str
    python: str
    ours: bool
    values: Collected = {}
    broken: set[str] = set()
    """Cases that failed once are not tried again."""

    def run(self, case: Case) -> None:
        """Adds one value to each measure of the case."""
        try:
            base = self._sample(case, case.baseline) if case.baseline else None
            sample = self._sample(case, case.arguments)
        except ScriptFailed as error:
            print(f"{case.name} on {self.name}: {error}", file=sys.stderr)
            self.broken.add(case.name)
            return
        collected = self.values.setdefault(case.name, {})
        for one in case.measures:
            value = one.read(sample) - (one.read(base) if base else 0)
            collected.setdefault(one.name, []).append(value)

    def warm_up(self, case: Case) -> None:
        """Once unmeasured, so that no repetition compiles bytecode or reads from a cold disk."""
        try:
            self._sample(case, case.arguments)
        except ScriptFailed as error:
            print(f"{case.name} on {self.name}: {error}", file=sys.stderr)
            self.broken.add(case.name)

    def _sample(self, case: Case, arguments: Sequence[str]) -> Sample:
        return measure([self.python, *arguments], ours=self.ours, variables=case.variables)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        chosen = cases(options.names)
        sides = _sides(options)
    except (LookupError, NoReference) as error:
        print(error, file=sys.stderr)
        return 2
    before, measured = moment(), commit()
    _repeat(chosen, sides, options.repeat)
    state = machine(before, moment())
    compared = _compared(chosen, sides)
    table = markdown(compared, state, options.repeat)
    print(table)
    if options.page:
        command = " ".join(["python -m benchmarks", *options.names, f"--repeat {options.repeat}"])
        write_section(options.page, options.title, f"commit {measured}: `{command}`", table)
    if options.json:
        options.json.write_bytes(as_json(compared, state, options.repeat))
    return 1 if any(row.is_met is False for row in compared) or any(side.broken for side in sides) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = ", ".join(case.name for case in CASES)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, epilog=f"Names: {names}.")
    parser.add_argument("names", nargs="*", metavar="name", help="beginnings of names; all without any")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="repetitions of each side (5)")
    parser.add_argument("--reference-python", metavar="PATH", help="an interpreter that has the reference installed")
    parser.add_argument("--only", choices=["ours", "reference"], help="measure one side only")
    parser.add_argument("--page", type=Path, metavar="FILE", help="also put the comparison into this page (docs/performance.md)")
    parser.add_argument("--title", default=TITLE, help="of its section in the page (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the comparison there")
    return parser.parse_args(arguments)


def _sides(options: argparse.Namespace) -> list[Side]:
    if options.reference_python:
        os.environ["PARITY_REFERENCE_PYTHON"] = options.reference_python
    sides: list[Side] = []
    if options.only != "reference":
        sides.append(Side(name="ours", python=sys.executable, ours=True))
    if options.only != "ours":
        sides.append(Side(name="reference", python=reference_python(), ours=False))
    return sides


def _repeat(chosen: Sequence[Case], sides: Sequence[Side], repetitions: int) -> None:
    """All cases of a repetition before the next one, so that a busy minute hits every case once."""
    for repetition in range(repetitions + 1):
        for case in chosen:
            for side in sides:
                if case.name in side.broken or not _is_due(case, side, repetition):
                    continue
                _progress(f"{repetition}/{repetitions} {case.name} {side.name}")
                if repetition == 0:
                    side.warm_up(case)
                else:
                    side.run(case)
    _progress("")


def _is_due(case: Case, side: Side, repetition: int) -> bool:
    """Whether a side measures a case in this repetition; the first one, 0, only makes warm."""
    if case.is_ours_alone and not side.ours:
        return False
    return case.most_repetitions is None or 0 < repetition <= case.most_repetitions


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _compared(chosen: Sequence[Case], sides: Sequence[Side]) -> list[Row]:
    values = {side.name: side.values for side in sides}
    ours, reference = values.get("ours", {}), values.get("reference", {})
    grown = [growth(series, ours, reference) for series in SERIES]
    return [*rows(chosen, ours, reference), *(row for row in grown if row)]


if __name__ == "__main__":
    raise SystemExit(main())
