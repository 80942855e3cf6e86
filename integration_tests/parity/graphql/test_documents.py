"""Both servers answer the same documents with the same facts: ours is asked here, the reference was when they were recorded."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from parity.differences import headings
from parity.graphql.asking import Asking, at, comparable
from parity.graphql.servers import ours
from parity.graphql.suites import SUITES, Suite
from parity.graphql.writing import Document

pytestmark = pytest.mark.slow


class OnPurpose(msgspec.Struct, frozen=True, kw_only=True):
    """A place in an answer that differs on purpose.

    Attributes:
        document: its name.
        place: in the data.
        heading: of docs/differences.md, which tells users about it.
    """

    document: str
    place: str
    heading: str


ON_PURPOSE = (
    OnPurpose(
        document="a schedule is asked what it would say",
        place="scheduleDryRun.evaluationResult.runRequests",
        heading="GraphQL answers",
    ),
    OnPurpose(
        document="a run is executed again as a whole",
        place="launchRunReexecution.run.stepKeysToExecute",
        heading="GraphQL answers",
    ),
)


@pytest.fixture(scope="module")
def suite(request: pytest.FixtureRequest) -> Suite:
    """A suite; tests name which."""
    return request.param


@pytest.fixture(scope="module")
def answers(suite: Suite) -> dict[str, Any]:
    """What our server answers to the documents of the suite, by their names."""
    with ours(suite.project) as url:
        asking = Asking(url)
        return {document.name: asking.facts_of(document) for document in suite.documents}


def recorded(suite: Suite) -> dict[str, Any]:
    return json.loads(suite.recorded.read_text(encoding="utf-8"))


ASKED = [
    # All documents of a suite are asked at once, so one worker has all of its tests.
    pytest.param(suite, each, id=each.name, marks=pytest.mark.xdist_group(f"documents {suite.name}"))
    for suite in SUITES
    for each in suite.documents
]


@pytest.mark.parametrize(("suite", "document"), ASKED, indirect=["suite"])
def test_the_answer_is_that_of_the_reference(suite: Suite, document: Document, answers: dict[str, Any]) -> None:
    here, there = (comparable(document, facts[document.name]) for facts in (answers, recorded(suite)))
    for each in ON_PURPOSE:
        if each.document == document.name:
            assert at(here["data"], each.place) != at(there["data"], each.place), "both agree here by now"
            _forget(here["data"], each.place)
            _forget(there["data"], each.place)
    assert here == there


def _forget(data: Any, place: str) -> None:
    around, _, name = place.rpartition(".")
    at(data, around)[name] = "differs on purpose"


def test_all_documents_are_recorded() -> None:
    assert [sorted(recorded(each)) for each in SUITES] == [sorted(one.name for one in each.documents) for each in SUITES]
    names = [document.name for suite in SUITES for document in suite.documents]
    assert len(names) == len(set(names)) >= 90


def test_what_differs_on_purpose_is_told() -> None:
    assert {each.heading for each in ON_PURPOSE} <= set(headings())
