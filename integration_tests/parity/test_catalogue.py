"""Samples are repeatable, and recordings read like what they record."""

from __future__ import annotations

import json
from pathlib import Path

from parity.catalogue import Program, sample, written

EVERYTHING = [Program(name=f"p{number:02}", path=Path(f"p{number:02}.py")) for number in range(40)]


def test_a_seed_always_draws_the_same_programs() -> None:
    assert sample(EVERYTHING, 20, seed=7) == sample(EVERYTHING, 20, seed=7)


def test_another_seed_draws_others() -> None:
    assert sample(EVERYTHING, 20, seed=7) != sample(EVERYTHING, 20, seed=8)


def test_a_sample_larger_than_everything_is_everything() -> None:
    assert sample(EVERYTHING, 100, seed=1) == EVERYTHING


def test_an_event_is_written_on_one_line() -> None:
    events = [["STEP_START", f"step_{number}"] for number in range(10)]
    assert '["STEP_START", "step_3"]' in [line.strip(" ,") for line in written({"events": events}).splitlines()]


def test_what_is_written_reads_back() -> None:
    facts = {"b": [{"deep": ["x" * 80, None, True, 1.5]}] * 3, "a": {}, "ž": []}
    assert json.loads(written(facts)) == facts
