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
    OnPurpose(
        document="varied: nothing of assets was left undone",
        place="launchRunReexecution.__typename",
        heading="GraphQL answers",
    ),
)


def recorded(suite: Suite) -> dict[str, Any]:
    return json.loads(suite.recorded.read_text(encoding="utf-8"))


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_the_answers_are_those_of_the_reference(suite: Suite) -> None:
    """One test for a suite: its documents are asked in order, since later ones build on earlier ones."""
    expected, disagreeing = recorded(suite), dict[str, Any]()
    with ours(suite.project) as url:
        asking = Asking(url)
        for document in suite.documents:
            here, there = (comparable(document, facts) for facts in (asking.facts_of(document), expected[document.name]))
            _forget_on_purpose(document, here, there)
            if here != there:
                disagreeing[document.name] = {"ours": here, "reference": there}
    assert disagreeing == {}


def _forget_on_purpose(document: Document, here: Any, there: Any) -> None:
    for each in ON_PURPOSE:
        if each.document == document.name:
            assert at(here["data"], each.place) != at(there["data"], each.place), f"{document.name}: both agree by now"
            _forget(here["data"], each.place)
            _forget(there["data"], each.place)


def _forget(data: Any, place: str) -> None:
    around, _, name = place.rpartition(".")
    at(data, around)[name] = "differs on purpose"


def test_all_documents_are_recorded() -> None:
    assert [sorted(recorded(each)) for each in SUITES] == [sorted(one.name for one in each.documents) for each in SUITES]
    names = [document.name for suite in SUITES for document in suite.documents]
    assert len(names) == len(set(names)) >= 90


def test_what_differs_on_purpose_is_told() -> None:
    assert {each.heading for each in ON_PURPOSE} <= set(headings())
