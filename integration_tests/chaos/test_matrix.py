"""A small part of the matrix in every run of the tests; `make chaos` does all of it."""

from __future__ import annotations

import sys

import pytest

from chaos.faults import MOMENTS, Fault
from chaos.matrix import Batch, batches, carried_out

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]


@pytest.mark.parametrize("signal", ["KILL", "STOP"])
def test_supervisors_that_are_struck_at_a_write_lose_nothing(signal: str) -> None:
    faults = tuple(Fault("supervisor", 3, moment, signal) for moment in MOMENTS)
    result = carried_out(Batch(role="supervisor", signal=signal, faults=faults))
    assert (result.problems, result.struck) == ((), 3)


def test_the_matrix_has_each_moment_of_each_write_and_the_strikes_at_random() -> None:
    found = batches(["step", "base"], {"step": 2}, 12, seed=1)
    assert sum(len(batch.faults) for batch in found) == 2 * 3 * 2
    assert sum(batch.random_strikes for batch in found) == 2 * 2 * 12
