"""Steps that are made while a run goes on: one per value of a dynamic output. Pure.

A template stands in the plan for what is mapped over a dynamic output. When the step that gives the output has ended, each
template becomes one step per value, `name[key]`, and what collects them gets the list of these steps to wait for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from dagster.planning.steps import Step, StepInput, positions_of


class Expansion(msgspec.Struct, frozen=True):
    """What becomes of a plan when the values of a dynamic output are known.

    Attributes:
        made: the new steps, numbered from the end of the plan, in the order of templates, then of values.
        changed: steps that collect, with what they now wait for.
    """

    made: tuple[Step, ...]
    changed: tuple[Step, ...]


class _Known(msgspec.Struct, frozen=True):
    """Where the values of a dynamic output are: the step that gave it, and the steps that were made of each template."""

    giver: int
    output: str
    keys: Sequence[str]
    instances: Mapping[int, Sequence[int]]


def collected_positions(step: Step) -> Iterable[int]:
    """The steps all of whose values a step collects, and that are not known yet."""
    for given in step.inputs:
        for each in (given, *(given.parts or ())):
            if each.collects and each.upstream_step is not None:
                yield each.upstream_step


def expanded(
    templates: Sequence[Step], collectors: Sequence[Step], giver: Step, output: str, keys: Sequence[str], *, following: int
) -> Expansion:
    """The steps for the values of a dynamic output.

    Args:
        templates: those that are mapped over the output and not given up yet.
        collectors: those that collect from the giver or from a template, from whichever output.
        giver: the step that gave the output.
        output: its name.
        keys: of the values, in the order in which they were given.
        following: the number of the first new step.
    """
    instances: dict[int, Sequence[int]] = {}
    for number, template in enumerate(templates):
        first = following + number * len(keys)
        instances[template.position] = range(first, first + len(keys))
    known = _Known(giver.position, output, keys, instances)
    made = [_instance(template, known, index) for template in templates for index in range(len(keys))]
    own = set(instances)
    changed = (step for step in collectors if any(_is_from(each, giver.position, output, own) for each in step.inputs))
    return Expansion(tuple(made), tuple(_with_parts(step, known) for step in changed))


def _is_from(given: StepInput, giver: int, output: str, templates: set[int]) -> bool:
    if given.collects and given.upstream_output is not None:
        return given.upstream_step in templates or (given.upstream_step == giver and given.upstream_output.name == output)
    return any(_is_from(part, giver, output, templates) for part in given.parts or ())


def _instance(template: Step, known: _Known, index: int) -> Step:
    key = known.keys[index]
    inputs = tuple(_input_of_instance(given, known, index) for given in template.inputs)
    return replace(
        template,
        key=f"{template.place}[{key}]",
        position=known.instances[template.position][index],
        inputs=inputs,
        waits_for=_waits_for(inputs),
        mapped_over=None,
        mapping_key=key,
        template=template.position,
    )


def _input_of_instance(given: StepInput, known: _Known, index: int) -> StepInput:
    if given.parts is not None:
        return replace(given, parts=tuple(_input_of_instance(part, known, index) for part in given.parts))
    if given.upstream_step is not None and given.upstream_step in known.instances:
        return replace(given, upstream_step=known.instances[given.upstream_step][index])
    is_value = given.upstream_step == known.giver and given.upstream_output is not None
    if is_value and given.upstream_output.name == known.output:  # pyright: ignore[reportOptionalMemberAccess] - asked above
        return replace(given, mapping_key=known.keys[index])
    return given


def _with_parts(step: Step, known: _Known) -> Step:
    inputs = tuple(_collected(given, known) for given in step.inputs)
    return replace(step, inputs=inputs, waits_for=tuple(sorted({*_waits_for(inputs), known.giver})))


def _collected(given: StepInput, known: _Known) -> StepInput:
    """A list of all values: of the output itself, or of what was made of a template."""
    if given.parts is not None:
        return replace(given, parts=tuple(_collected(part, known) for part in given.parts))
    if not given.collects or given.upstream_step is None:
        return given
    one = replace(given, collects=False)
    if given.upstream_step in known.instances:
        parts = tuple(replace(one, upstream_step=position) for position in known.instances[given.upstream_step])
    elif given.upstream_step == known.giver and given.upstream_output is not None and given.upstream_output.name == known.output:
        parts = tuple(replace(one, mapping_key=key) for key in known.keys)
    else:
        return given
    return replace(one, upstream_step=None, upstream_output=None, parts=parts)


def _waits_for(inputs: Sequence[StepInput]) -> tuple[int, ...]:
    return tuple(sorted({each for given in inputs for each in positions_of(given)}))
