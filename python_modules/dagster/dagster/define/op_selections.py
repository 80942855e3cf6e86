"""Selections of ops in a job: names, with `+` and `*` for what lies before and behind them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from dagster.define.flattening import FlatGraph, upstream_keys
from dagster.errors import DagsterInvalidSubsetError, closest

_CLAUSE = re.compile(r"(\*|\+*)([\w.]+)(\+*|\*)")
_EVERYTHING = "*"


def selected_ops(flat: FlatGraph, selection: Sequence[str], job_name: str) -> set[str]:
    """The keys of the selected ops.

    Args:
        flat: all ops of the job.
        selection: clauses: `load`, `outer.inner`, `+load` with what it takes, `load++` two steps on, `*load` all before it.
        job_name: for the error.

    Raises:
        DagsterInvalidSubsetError: a clause cannot be read or names no op.
    """
    above = {key: {each for source in op.sources.values() for each in upstream_keys(source)} for key, op in flat.ops.items()}
    return selected_names(above, selection, job_name)


def selected_names(above: Mapping[str, Set[str]], selection: Sequence[str], job_name: str) -> set[str]:
    """The selected names.

    Args:
        above: what each takes from, by name.
        selection: clauses.
        job_name: for the error.

    Raises:
        DagsterInvalidSubsetError: a clause cannot be read or names nothing.
    """
    below: dict[str, set[str]] = {key: set() for key in above}
    for key, upstream in above.items():
        for each in upstream:
            below[each].add(key)
    selected: set[str] = set()
    for clause in selection:
        if clause == _EVERYTHING:
            return set(above)
        read = _CLAUSE.fullmatch(clause.strip())
        named = _named(above, read.group(2)) if read is not None else set[str]()
        if read is None or not named:
            names = {part for key in above for part in (key, key.partition(".")[0])}
            raise DagsterInvalidSubsetError(
                f"No qualified ops to execute found for op_selection={list(selection)} in job '{job_name}': \"{clause}\" names "
                f"none.{closest(clause.strip('*+ '), names)}"
            )
        selected |= named | reached(named, above, read.group(1)) | reached(named, below, read.group(3))
    return selected


def _named(keys: Iterable[str], name: str) -> set[str]:
    """The op of this name, or all ops of the graph of this name."""
    return {key for key in keys if key == name or key.startswith(f"{name}.")}


def reached(start: Set[str], edges: Mapping[str, Set[str]], steps: str) -> set[str]:
    """What lies as many edges away from `start` as there are `+` in `steps`, or fewer; everything for `*`.

    Args:
        start: where to begin.
        edges: the neighbours of each item.
        steps: `+`, `++`, `*`; nothing for nothing.
    """
    reached: set[str] = set()
    frontier = set(start)
    depth = len(edges) if "*" in steps else len(steps)
    for _ in range(depth):
        frontier = {each for key in frontier for each in edges[key]} - reached
        if not frontier:
            break
        reached |= frontier
    return reached
