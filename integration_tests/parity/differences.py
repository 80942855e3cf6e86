"""Where we decided to differ from the reference, fact by fact.

An entry names the heading of docs/differences.md that tells users about it; the tests fail when
that heading is missing, when a program has no such fact, and when the two agree again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

DOCUMENT = Path(__file__).parents[2] / "docs" / "differences.md"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    program: str
    fact: str
    """Path of the fact as the tests print it, `run.events[3]`."""
    ours: Any
    """What we report there instead."""
    heading: str
    """A heading of docs/differences.md, without its number signs."""


DIFFERENCES: tuple[Difference, ...] = (
    *(
        Difference(
            program="partitions_subsets_agree_with_sets",
            fact=f"written[{position}]",
            ours=text,
            heading="Written subsets say whose they are",
        )
        for position, text in enumerate(
            (
                '{"version": 1, "definition": "6af7bbd04c2db645d7006181da9248295736b117", "subset": ["a", "b"]}',
                '{"version": 1, "definition": "DynamicPartitionsDefinition", "name": "names", "subset": ["x"]}',
            )
        )
    ),
    Difference(
        program="resources_of_old_stand_on_each_other",
        fact="one missing[0].raises",
        ours=["DagsterInvalidDefinitionError", "DagsterError", "ValueError"],
        heading="Resources that other resources need",
    ),
    *(
        Difference(
            program="config_defaults_are_filled_in",
            fact=f"{tree}.returns.branch.leaf.n",
            ours=5,
            heading="Defaults inside of defaults",
        )
        for tree in ("tree", "tree, parts given", "tree, without what is required")
    ),
    *(
        Difference(
            program="config_mappings_stand_for_graphs_and_jobs",
            fact=f"as given[{position}]",
            ours={"returns": {"n": n}},
            heading="Mappings that take config as it was given",
        )
        for position, n in enumerate((100, 100, 1))
    ),
    *(
        Difference(
            program="partitions_windows_may_be_excluded_or_shifted",
            fact=f"shifted.2, {end}[0]",
            ours=[],
            heading="The first window exists no earlier than others",
        )
        for end in (None, "2024-03-01", "2024-03-05")
    ),
    Difference(
        program="selections_are_written_and_read",
        fact="trees.parentheses[3]",
        ours='(not (key:"a" or group:"g" or kind:"k"))',
        heading="Selections print what reads back",
    ),
    Difference(
        program="schedules_keep_what_they_declare",
        fact="crons.0 0 31 4,6 *",
        ours={
            "raises": "DagsterInvalidDefinitionError",
            "bases": ["DagsterError", "ValueError"],
            "mentions": {"0 0 31 4,6 *": True},
        },
        heading="A schedule that no time matches",
    ),
    Difference(
        program="logs_keep_levels_and_places",
        fact="with error",
        ours=["x"],
        heading="A logged exception is kept with its line",
    ),
    Difference(
        program="upath_io_managers_need_only_two_methods",
        fact="files",
        ours=["bare/bare", "final.txt", "notes/draft.txt", "parted/a.txt", "parted/b/c.txt"],
        heading="A write that fails leaves no file",
    ),
    Difference(
        program="values_are_loaded_outside_of_runs",
        fact="no partition.raises",
        ours=["DagsterError", "FileNotFoundError", "OSError"],
        heading="A missing value says what to do",
    ),
    Difference(
        program="components_resolve_fields",
        fact="made.Fields: either: {name: a, columns: []}.returns",
        ours="Fields(either=Table(name='a', key=None, columns=[]), plain=None, numbers=None, doubled='d', where=None, "
        "whole=None, raw=None, late='', injected=None, key=None)",
        heading="What may be written",
    ),
    Difference(
        program="instances_remember_runs_and_events",
        fact="has more[1]",
        ours=False,
        heading="Cursors and limits",
    ),
    Difference(
        program="config_errors_name_paths_in_jobs_of_ops",
        fact="inputs[0][0]",
        ours=[["RUNTIME_TYPE_MISMATCH", ["ops", "takes", "inputs", "x"], "root:ops:takes:inputs:x"]],
        heading="Values of any type are written as they are",
    ),
    Difference(
        program="graphs_gather_lists_of_outputs",
        fact="empty",
        ours={"returns": "a JobDefinition"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_gather_lists_of_outputs",
        fact="values in a list",
        ours={"returns": "a JobDefinition"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_map_inputs_and_outputs",
        fact="a job that returns an output",
        ours={"returns": "a JobDefinition"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_nest_inside_of_graphs",
        fact="a job is not called",
        ours={"returns": None},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_refuse_bodies_that_cannot_be_built",
        fact="a constant",
        ours={"returns": "j"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_refuse_bodies_that_cannot_be_built",
        fact="a job that returns",
        ours={"returns": "a JobDefinition"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="graphs_refuse_bodies_that_cannot_be_built",
        fact="a list with a constant",
        ours={"returns": "j"},
        heading="Scripts become jobs by decorators",
    ),
    Difference(
        program="ops_take_inputs_that_no_op_feeds",
        fact="of any type, bare",
        ours={"returns": 4},
        heading="Values of any type are written as they are",
    ),
    Difference(
        program="types_load_inputs_from_config",
        fact="any[0]",
        ours={
            "returns": [
                3,
                [
                    ["RESOURCE_INIT_STARTED", "node"],
                    ["RESOURCE_INIT_SUCCESS", "node"],
                    ["STEP_START", "node"],
                    ["STEP_INPUT", "node"],
                    ["STEP_OUTPUT", "node"],
                    ["HANDLED_OUTPUT", "node"],
                    ["STEP_SUCCESS", "node"],
                ],
            ]
        },
        heading="Values of any type are written as they are",
    ),
    Difference(
        program="types_load_inputs_from_config",
        fact="list[0]",
        ours={
            "returns": [
                [1, "a"],
                [
                    ["RESOURCE_INIT_STARTED", "node"],
                    ["RESOURCE_INIT_SUCCESS", "node"],
                    ["STEP_START", "node"],
                    ["STEP_INPUT", "node"],
                    ["STEP_OUTPUT", "node"],
                    ["HANDLED_OUTPUT", "node"],
                    ["STEP_SUCCESS", "node"],
                ],
            ]
        },
        heading="Values of any type are written as they are",
    ),
    Difference(
        program="types_load_inputs_from_config",
        fact="list[1]",
        ours={
            "returns": [
                [1],
                [
                    ["RESOURCE_INIT_STARTED", "node"],
                    ["RESOURCE_INIT_SUCCESS", "node"],
                    ["STEP_START", "node"],
                    ["STEP_INPUT", "node"],
                    ["STEP_OUTPUT", "node"],
                    ["HANDLED_OUTPUT", "node"],
                    ["STEP_SUCCESS", "node"],
                ],
            ]
        },
        heading="Values of any type are written as they are",
    ),
    *(
        Difference(
            program="checks_are_recorded_for_their_partition",
            fact=f"{fact}.returns[2][{position}][1]",
            ours=partition,
            heading="Checks of partitions",
        )
        for fact, position, partition in (
            ("both", 0, "2024-01-02|a"),
            ("inside, with partitions", 0, "2024-01-02"),
            ("letters", 0, "a"),
            ("other partitions", 0, "2024-01-02"),
            ("outside", 0, "2024-01-02"),
            ("several", 0, "2024-01-02"),
            ("several", 1, "2024-01-02"),
        )
    ),
    Difference(
        program="checks_are_recorded_for_their_partition",
        fact="partitions of an asset without",
        ours={"returns": [True, [["check", "2024-01-02"]], [["check", "2024-01-02"]], ["2024-01-02", "SUCCEEDED"]]},
        heading="Checks of partitions",
    ),
    Difference(
        program="checks_read_other_assets_and_partitions",
        fact="below alone",
        ours={
            "returns": [
                True,
                {"below": {"limit": ["IntMetadataValue", 3], "trips": ["IntMetadataValue", 2]}},
                ["trips_below"],
            ]
        },
        heading="Checks of partitions",
    ),
)


def headings() -> set[str]:
    """The headings of docs/differences.md, empty while the document does not exist."""
    if not DOCUMENT.exists():
        return set()
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return {line.lstrip("#").strip() for line in lines if line.startswith("#")}
