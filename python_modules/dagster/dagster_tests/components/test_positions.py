import pytest

from dagster.components.positions import documents
from dagster.components.refusals import DagsterComponentError

TWO = """\
type: a
attributes:
  names: [x,
          y]
---
type: b
"""


def test_each_document_knows_the_lines_of_its_keys() -> None:
    first, second = documents(TWO, "defs.yaml")
    assert first.value == {"type": "a", "attributes": {"names": ["x", "y"]}}
    assert first.positions.place(("attributes", "names", 1)) == "defs.yaml:4"
    assert second.positions.place(("type",)) == "defs.yaml:6"


def test_the_place_of_what_is_not_written_is_that_of_what_it_would_stand_in() -> None:
    (document, _) = documents(TWO, "defs.yaml")
    assert document.positions.place(("attributes", "nope", 3)) == "defs.yaml:2"


def test_a_date_is_the_text_that_was_written() -> None:
    assert [each.value for each in documents("start: 2024-01-01", "defs.yaml")] == [{"start": "2024-01-01"}]


def test_empty_documents_are_left_out() -> None:
    assert documents("---\n---\n", "defs.yaml") == []


def test_what_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(DagsterComponentError, match=r"^defs.yaml:2: This is no YAML: .*expected"):
        documents("type: a\nattributes: {b: }}\n", "defs.yaml")


def test_an_anchor_that_holds_itself_has_lines() -> None:
    (document,) = documents("a: &a [1, *a]\n", "defs.yaml")
    assert document.positions.place(("a", 1)) == "defs.yaml:1"
