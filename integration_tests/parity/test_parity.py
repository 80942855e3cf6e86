"""Runs every program on our packages and compares with what the reference did."""

from __future__ import annotations

import sys

import pytest

from parity.catalogue import RECORDED, Program, Recording, programs, read_recording
from parity.comparing import Disagreement, disagreements, leaves
from parity.differences import DIFFERENCES, Difference, headings
from parity.running import Interpreter, run

PROGRAMS = programs()
OURS = Interpreter(python=sys.executable, inherits_path=True)
RE_RECORD = "run make parity-record"


def recording_of(program: Program) -> Recording:
    recording = read_recording(program)
    assert recording is not None, f"{program.name} has no recording: {RE_RECORD}"
    return recording


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.name)
def program(request: pytest.FixtureRequest) -> Program:
    return request.param


def test_the_program_agrees_with_the_reference(program: Program) -> None:
    found = disagreements(recording_of(program).facts, run(program, OURS))
    decided = {entry.fact: entry for entry in DIFFERENCES if entry.program == program.name}

    undecided = [item for item in found if not _is_decided(item, decided)]
    outdated = sorted(set(decided) - {item.fact for item in found})

    assert not undecided, "\n" + "\n".join(str(item) for item in undecided)
    assert not outdated, f"These facts agree again, remove them from differences.py: {outdated}"


def _is_decided(item: Disagreement, decided: dict[str, Difference]) -> bool:
    entry = decided.get(item.fact)
    return entry is not None and entry.ours == item.ours


def test_the_recording_is_of_this_program(program: Program) -> None:
    recorded = recording_of(program).sha256
    assert program.sha256() == recorded, f"{program.name} changed since it was recorded: {RE_RECORD}"


def test_the_program_has_more_than_an_exit_code_to_compare(program: Program) -> None:
    assert leaves(recording_of(program).facts) > 1


def test_every_recording_has_its_program() -> None:
    recorded = {path.stem for path in RECORDED.glob("*.json")}
    assert recorded == {program.name for program in PROGRAMS}


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda entry: f"{entry.program}-{entry.fact}")
def test_a_difference_is_told_to_users(difference: Difference) -> None:
    assert difference.heading in headings()
