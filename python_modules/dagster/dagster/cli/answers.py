"""What a schedule or sensor would say now, on the console. Nothing is stored and nothing is started."""

from __future__ import annotations

import json

import click

from dagster.cli.instances import instance_for_a_run
from dagster.cli.loading import loaded
from dagster.cli.options import CodeOptions
from dagster.cli.refusals import Refused
from dagster.execution.answers import answer_of
from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun


def print_answer(code: CodeOptions, question: TickQuestion) -> None:
    """Ask a schedule or sensor in this process, where a debugger reaches it, and print what it says.

    Raises:
        Refused: it raised; says what.
    """
    [location] = [each for each in loaded(code.targets()) if each.name == question.location]
    with instance_for_a_run() as instance:
        answer = answer_of(location.definitions, question, instance)
    if answer.error is not None:
        raise Refused(
            [*answer.error.to_string().rstrip().splitlines(), f"{question.name} raised: {answer.error.message.strip()}"]
        )
    for line in _lines(answer, question):
        click.echo(line)


def _lines(answer: TickAnswer, question: TickQuestion) -> list[str]:
    lines = [line for wanted in answer.runs for line in _of_run(wanted)]
    if not answer.runs:
        lines.append(f"No run: {answer.skip_reason or 'it asks for none'}")
    for change in answer.partitions:
        word = "Adds to" if isinstance(change, AddDynamicPartitionsRequest) else "Deletes from"
        lines.append(f'{word} partitions "{change.partitions_def_name}": {", ".join(change.partition_keys)}')
    lines.extend(f"Event: {entry.dagster_event.event_type_value}" for entry in answer.events if entry.dagster_event is not None)
    if answer.cursor is not None and answer.cursor != question.cursor:
        lines.append(f"Cursor: {answer.cursor}")
    return lines


def _of_run(wanted: WantedRun) -> list[str]:
    run = wanted.run
    key = f', run key "{wanted.run_key}"' if wanted.run_key is not None else ""
    lines = [f"A run of {run.job_name}{key}"]
    lines.extend(f"  {name}: {value}" for name, value in run.tags.items())
    if run.run_config:
        lines.append(f"  config: {json.dumps(run.run_config, default=str)}")
    return lines
