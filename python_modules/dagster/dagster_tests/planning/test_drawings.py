"""Pictures of jobs."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

from dagster import Definitions, DynamicOut, asset, define_asset_job, job, op
from dagster.planning.drawings import DrawnStep, JobDrawing

SVG = "{http://www.w3.org/2000/svg}"


@op(out=DynamicOut())
def many() -> Any:
    yield


@op
def work(x: Any) -> Any:
    return x


@op
def total(xs: Any) -> Any:
    return xs


@job
def mapping():
    total(many().map(work).collect())


def boxes(drawing: JobDrawing) -> dict[str, tuple[float, float]]:
    """The middle of the text of each step."""
    texts = ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")
    return {str(text.text): (float(text.attrib["x"]), float(text.attrib["y"])) for text in texts}


def test_mermaid_has_each_step_and_what_it_takes_from() -> None:
    assert mapping.visualize().mermaid.splitlines() == [
        "flowchart TD",
        '    s0["many"]',
        '    s1[["work[?]"]]',
        '    s2["total"]',
        "    s0 --> s1",
        "    s1 --> s2",
    ]


def test_jobs_of_assets_are_drawn_too() -> None:
    @asset
    def orders() -> None: ...

    @asset(deps=[orders])
    def report() -> None: ...

    made = Definitions(assets=[orders, report], jobs=[define_asset_job("nightly")]).resolve_job_def("nightly").visualize()
    assert [DrawnStep("orders", (), False), DrawnStep("report", ("orders",), False)] == list(made.steps)


def test_a_step_stands_below_what_it_takes_from() -> None:
    steps = (DrawnStep("a", (), False), DrawnStep("b", ("a",), False), DrawnStep("c", ("a", "b"), False))
    found = boxes(JobDrawing("j", steps))
    assert found["a"][1] < found["b"][1] < found["c"][1]


def test_lines_that_need_not_cross_do_not() -> None:
    above = tuple(DrawnStep(name, (), False) for name in "abc")
    below = (DrawnStep("of_c", ("c",), False), DrawnStep("of_b", ("b",), False), DrawnStep("of_a", ("a",), False))
    found = boxes(JobDrawing("j", (*above, *below)))
    assert sorted("abc", key=lambda name: found[name][0]) == sorted("abc", key=lambda name: found[f"of_{name}"][0])


def test_names_are_text_in_both_forms() -> None:
    drawing = JobDrawing("<j>", (DrawnStep('a<"b">', (), False),))
    assert ['a<"b">'] == list(boxes(drawing))
    assert '    s0["a<#quot;b#quot;>"]' in drawing.mermaid


def test_a_job_without_steps_is_an_empty_picture() -> None:
    assert boxes(JobDrawing("j", ())) == {}


def test_the_ending_of_a_file_says_the_form(tmp_path: Path) -> None:
    drawing = mapping.visualize(tmp_path / "job.svg")
    mapping.visualize(str(tmp_path / "job.mmd"))
    assert (tmp_path / "job.svg").read_text() == f"{drawing.svg}\n" == f"{drawing._repr_svg_()}\n"
    assert (tmp_path / "job.mmd").read_text() == f"{drawing}\n"
