"""The matrix: each role, each signal, before, during and after each write; and each role at random moments."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence

import msgspec

from chaos.faults import MOMENTS, SIGNALS, Fault
from chaos.sessions import Session, session

WRITING_ROLES = ("control plane", "supervisor", "step", "settler")
ROLES = ("control plane", "base", "zygote", "host", "evaluator", "supervisor", "step")
WRITES_OF_A_CONTROL_PLANE = 24
"""So many writes after its start it is struck at: by then it has done everything that it does, with runs in all states."""
WRITES_OF_A_SETTLER = 2
"""It ends the run of a supervisor that was killed, and gives its lease back."""

_FAULTS_PER_SESSION = 10
_TRIES_PER_STRIKE = 3  # one finds nobody to strike where no process of the role came in time, or it ended just then
_STRUCK_SECONDS = 12.0
"""How long a control plane that is to be struck is waited for: it may have to wait for one that was stopped as it wrote."""
_RANDOM_PER_SESSION = 10
_SUPERVISORS_PER_SETTLER = 2
"""So many are killed for each settler to be struck: a control plane that looks just then ends the run before it can."""
_RARE_LOOKS_SECONDS = 10.0


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What one session is struck with.

    Attributes:
        role: of the processes.
        signal: that they get.
        faults: at which writes.
        random_strikes: how often at random moments.
        seed: of the random choices.
    """

    role: str
    signal: str
    faults: tuple[Fault, ...] = ()
    random_strikes: int = 0
    seed: int = 0


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a batch.

    Attributes:
        batch: the batch.
        struck: how often something was struck.
        not_reached: faults for which no process came that far.
        worst_seconds: the longest time from the last strike until no run was held by what was struck and the next one began.
        done_seconds: the longest time until all was done that was asked for.
        seconds: that the session took.
        problems: what was not as it was promised.
    """

    batch: Batch
    struck: int
    not_reached: int
    worst_seconds: float
    done_seconds: float
    seconds: float
    problems: tuple[str, ...]


def writes_per_role() -> dict[str, int]:
    """How many writes a process of each role makes in runs that nobody disturbs."""
    with session() as one:
        one.want(4)
        one.start()
        one.settle()
        counted: dict[str, int] = {}
        for path in (one.folder / "writes").iterdir():
            role = path.name.rpartition(".")[0]
            counted[role] = max(counted.get(role, 0), int(path.read_text() or 0))
    counted["control plane"] = min(counted.get("control plane", 0), WRITES_OF_A_CONTROL_PLANE)
    counted["settler"] = WRITES_OF_A_SETTLER
    return {role: counted.get(role, 0) for role in WRITING_ROLES}


def batches(roles: Iterable[str], writes: dict[str, int], repetitions: int, seed: int) -> list[Batch]:
    """The whole matrix in parts."""
    found: list[Batch] = []
    for role in roles:
        for sign in SIGNALS:
            faults = [Fault(role, write + 1, moment, sign) for write in range(writes.get(role, 0)) for moment in MOMENTS]
            firsts = range(0, len(faults), _FAULTS_PER_SESSION)
            found += [Batch(role=role, signal=sign, faults=tuple(faults[at : at + _FAULTS_PER_SESSION])) for at in firsts]
            for first in range(0, repetitions if role in ROLES else 0, _RANDOM_PER_SESSION):
                count = min(_RANDOM_PER_SESSION, repetitions - first)
                found.append(Batch(role=role, signal=sign, random_strikes=count, seed=seed + len(found)))
    return found


def carried_out(batch: Batch) -> Result:
    """Strike, wait, look."""
    began = time.monotonic()
    with session() as one:
        try:
            _strikes(one, batch)
        except Exception as failed:  # whatever it is: the matrix goes on, and it is told
            one.problems.append(f"the session broke off: {failed!r}")
        not_reached = len(batch.faults) - len(list((one.folder / "struck").glob(f"{batch.role}.*")))
        struck = one.struck + len(batch.faults) - not_reached
        return Result(
            batch=batch,
            struck=struck,
            not_reached=not_reached,
            worst_seconds=one.worst_seconds,
            done_seconds=one.done_seconds,
            seconds=time.monotonic() - began,
            problems=tuple(one.problems),
        )


def _strikes(one: Session, batch: Batch) -> None:
    if batch.faults:
        _at_writes(one, batch.faults)
    else:
        _at_random(one, batch)
    one.settle()
    one.want(1)  # what comes afterwards starts as if nothing had been
    one.settle()
    one.check()


def _at_writes(one: Session, faults: Sequence[Fault]) -> None:
    """A fault after another for the control plane, of which there is one; all at once for what there are many of."""
    if faults[0].role != "control plane":
        for number, fault in enumerate(faults):
            one.put(fault)
            if fault.role == "settler":  # one comes when a supervisor is killed; after this write its run goes on
                for each in range(_SUPERVISORS_PER_SETTLER):
                    one.put(Fault("supervisor", 2, "after", "KILL"), number * _SUPERVISORS_PER_SETTLER + each)
        one.want(len(faults))
        if faults[0].role == "settler":
            one.want(len(faults) * (_SUPERVISORS_PER_SETTLER - 1))
            one.monitor_each(_RARE_LOOKS_SECONDS)
        one.start()
        one.settle()
        return
    for fault in faults:
        one.put(fault)
        one.want(1)
        one.start()
        deadline = time.monotonic() + _STRUCK_SECONDS
        while one.acts() and time.monotonic() < deadline:
            time.sleep(0.02)


def _at_random(one: Session, batch: Batch) -> None:
    choose = random.Random(batch.seed)
    one.start()
    for _ in range(batch.random_strikes * _TRIES_PER_STRIKE):
        if one.struck == batch.random_strikes:
            break
        one.want(2)
        if batch.role == "base":  # one that is gone comes back when it is needed
            one.save_code()
        time.sleep(choose.random() * 2.0)
        one.strike(batch.role, batch.signal, choose.random() * 4.0, choose)
