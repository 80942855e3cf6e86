"""The steps of a job as a picture: Mermaid for pages of text, SVG for everything else. Pure; no program draws it.

The picture is laid out in rows: a step stands below all that it takes from, in its row near the middle of these.
Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981, without its
dummy vertices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

import msgspec

from dagster.planning.steps import ExecutionPlan, StepPhase, positions_of

_CHARACTER, _HEIGHT, _GAP, _ROW = 7.3, 34, 28, 84
_PADDING = 16
_SWEEPS = 4


class DrawnStep(msgspec.Struct, frozen=True):
    """A step of the picture.

    Attributes:
        key: of the step.
        takes_from: the keys of the steps that it takes from.
        is_mapped: whether it runs once per value of a dynamic output.
        phase: when in the run it has its turn.
    """

    key: str
    takes_from: tuple[str, ...]
    is_mapped: bool
    phase: StepPhase = StepPhase.WORK


class JobDrawing(msgspec.Struct, frozen=True):
    """The steps of a job, ready to be drawn; a notebook shows it as a picture. Made by `job.visualize()`.

    Attributes:
        name: of the job.
        steps: each after those that it takes from.

    Example:
        >>> print(nightly.visualize().mermaid)
        flowchart TD
            s0["one"]
            s1["add"]
            s0 --> s1
    """

    name: str
    steps: tuple[DrawnStep, ...]

    def __str__(self) -> str:
        return self.mermaid

    def _repr_svg_(self) -> str:
        return self.svg

    @property
    def mermaid(self) -> str:
        """A flowchart for Markdown pages; a step that runs once per value of a dynamic output has double sides.

        What runs where the run failed, and what runs always, stands in boxes of its own.
        """
        number = {step.key: f"s{position}" for position, step in enumerate(self.steps)}
        lines = ["flowchart TD"]
        for phase, title in TITLES.items():
            steps = [step for step in self.steps if step.phase is phase]
            nodes = [f"    {number[step.key]}{_mermaid_box(step)}" for step in steps]
            if steps and title:
                nodes = [f'    subgraph {phase.value}["{title}"]', *(f"    {node}" for node in nodes), "    end"]
            lines += nodes
        lines += [f"    {number[each]} --> {number[step.key]}" for step in self.steps for each in step.takes_from]
        return "\n".join(lines)

    @property
    def svg(self) -> str:
        """A picture that browsers show."""
        boxes = _boxes(self.steps)
        width = max((box.x + box.width for box in boxes.values()), default=0) + _PADDING
        height = max((box.y for box in boxes.values()), default=0) + _HEIGHT + _PADDING
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" font-family="sans-serif" font-size="13">',
            f"<title>{escape(self.name)}</title>",
            '<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0 8 4 0 8z" fill="#777"/></marker></defs>',
            *(_line(boxes[each], boxes[step.key]) for step in self.steps for each in step.takes_from),
            *(part for step in self.steps for part in _box(step, boxes[step.key])),
            "</svg>",
        ]
        return "\n".join(parts)

    def save(self, path: str | Path) -> None:
        """Write it: as SVG into a file that ends with `.svg`, else as Mermaid."""
        target = Path(path)
        target.write_text(f"{self.svg if target.suffix == '.svg' else self.mermaid}\n", encoding="utf-8")


def drawing_of(name: str, plan: ExecutionPlan) -> JobDrawing:
    """The drawing of a plan.

    Args:
        name: of the job.
        plan: its steps.
    """
    by_key = {step.key: step for step in plan.steps}
    drawn: list[DrawnStep] = []
    for key in plan.step_keys:
        step = by_key[key]
        taken = [position for given in step.inputs for position in positions_of(given)]
        drawn.append(
            DrawnStep(key, tuple(dict.fromkeys(plan.steps[each].key for each in taken)), step.mapped_over is not None, step.phase)
        )
    return JobDrawing(name, tuple(drawn))


TITLES = {
    StepPhase.WORK: "",
    StepPhase.ON_FAILURE: "where the run failed",
    StepPhase.FINALLY: "always, at the end",
}
"""When a step has its turn, in words."""


def _mermaid_box(step: DrawnStep) -> str:
    label = '"' + step.key.replace('"', "#quot;") + '"'
    return f"[[{label}]]" if step.is_mapped else f"[{label}]"


class _Place(msgspec.Struct, frozen=True):
    x: float
    y: float
    width: float


def _boxes(steps: Sequence[DrawnStep]) -> Mapping[str, _Place]:
    """Where each step stands: rows one below the other, each in the middle of the picture; those of a later phase below all."""
    above = {step.key: step.takes_from for step in steps}
    rows = [row for phase in TITLES for row in _ordered(_rows([step for step in steps if step.phase is phase]), above)]
    spans = [sum(_width(key) for key in row) + _GAP * (len(row) - 1) for row in rows]
    widest = max(spans, default=0.0)
    placed: dict[str, _Place] = {}
    for number, (row, span) in enumerate(zip(rows, spans, strict=True)):
        x = _PADDING + (widest - span) / 2
        for key in row:
            placed[key] = _Place(x, _PADDING + number * _ROW, _width(key))
            x += _width(key) + _GAP
    return placed


def _rows(steps: Sequence[DrawnStep]) -> list[list[str]]:
    depth: dict[str, int] = {}
    rows: list[list[str]] = []
    for step in steps:
        depth[step.key] = below = 1 + max((depth[each] for each in step.takes_from), default=-1)
        rows += [[] for _ in range(below + 1 - len(rows))]
        rows[below].append(step.key)
    return rows


def _ordered(rows: list[list[str]], above: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Each row in the order of the middle of what its steps are connected with, so that few lines cross."""
    below: dict[str, list[str]] = {key: [] for row in rows for key in row}
    for key in list(below):
        for each in above[key]:
            below[each].append(key)
    for sweep in range(_SWEEPS):
        goes_down = sweep % 2 == 0
        neighbours = above if goes_down else below
        place = {key: (index + 0.5) / len(row) for row in rows for index, key in enumerate(row)}
        for row in rows if goes_down else reversed(rows):
            middles = {key: _middle([place[each] for each in neighbours[key]], place[key]) for key in row}
            row.sort(key=middles.__getitem__)
            place.update((key, (index + 0.5) / len(row)) for index, key in enumerate(row))
    return rows


def _middle(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _width(key: str) -> float:
    return len(key) * _CHARACTER + 24


def _line(start: _Place, end: _Place) -> str:
    x1, y1 = start.x + start.width / 2, start.y + _HEIGHT
    x2, y2 = end.x + end.width / 2, end.y
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}" fill="none" '
        'stroke="#777" marker-end="url(#end)"/>'
    )


def _box(step: DrawnStep, place: _Place) -> Iterator[str]:
    dashes = "" if step.phase is StepPhase.WORK else ' stroke-dasharray="5 3"'
    title = f"<title>{escape(step.key)}: {TITLES[step.phase]}</title>" if dashes else ""
    shape = f'height="{_HEIGHT}" rx="6" fill="#fff" stroke="#334"{dashes}'
    if step.is_mapped:  # a second box behind: it runs several times
        yield f'<rect x="{place.x + 4:.1f}" y="{place.y + 4:.1f}" width="{place.width:.1f}" {shape}/>'
    yield f'<rect x="{place.x:.1f}" y="{place.y:.1f}" width="{place.width:.1f}" {shape}/>'
    middle = place.x + place.width / 2
    yield f'<text x="{middle:.1f}" y="{place.y + 22:.1f}" text-anchor="middle" fill="#112">{title}{escape(step.key)}</text>'
