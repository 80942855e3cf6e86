"""Operations: what is refused before anything is executed, and how."""

from __future__ import annotations

import time

import pytest

from dagster_graphql.contexts import Access
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.projects import served_project


def messages(served: Served, query: str) -> list[str]:
    answer = served.answer(query)
    assert answer.is_refused
    return [error["message"] for error in answer.errors]


def nested(levels: int) -> str:
    """Assets of assets of assets."""
    return "{ assetNodes { id " + "dependencies { asset { id " * levels + "} } " * levels + "} }"


def test_a_document_that_goes_too_deep_is_refused() -> None:
    with served_project() as served:
        assert messages(served, nested(30)) == [
            "The operation asks for 62 fields within one another; at most 40 are answered. Ask for less at a time."
        ]


def test_a_document_that_asks_for_lists_of_lists_is_refused_by_its_size() -> None:
    with served_project() as served:
        [message] = messages(served, nested(10))
        assert "values, by estimate" in message


def test_one_field_may_not_be_asked_for_under_many_names() -> None:
    query = "{" + " ".join(f"v{number}: version" for number in range(101)) + "}"
    with served_project() as served:
        assert messages(served, query) == ['The field "version" is asked for more than 100 times in one place.']


def test_fragments_that_double_one_another_are_refused_at_once() -> None:
    fragments = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60))
    began = time.process_time()
    with served_project() as served:
        assert "fields" in messages(served, f"{{ ...f0 }} {fragments} fragment f60 on Query {{ version }}")[0]
    assert time.process_time() - began < 5


def test_a_fragment_within_itself_is_refused_by_validation() -> None:
    with served_project() as served:
        assert "Cannot spread fragment" in messages(served, "{ ...a } fragment a on Query { version ...a }")[0]


@pytest.mark.parametrize("query", ["", "{", "nonsense", "{ version(", "\x00"])
def test_what_is_no_document_is_refused(query: str) -> None:
    with served_project() as served:
        assert messages(served, query)[0].startswith("Syntax Error")


def test_a_document_of_very_many_words_is_refused() -> None:
    with served_project() as served:
        assert "token" in messages(served, "{" + "version " * 9_000 + "}")[0]


def test_brackets_within_brackets_are_refused() -> None:
    query = "{ assetNodes(assetKeys: " + "[" * 20_000 + "]" * 20_000 + ") { id } }"
    with served_project() as served:
        assert messages(served, query) == ["Syntax Error: Document is nested too deeply. Parsing aborted."]


def test_variables_of_a_wrong_type_are_refused() -> None:
    with served_project() as served:
        answer = served.answer("query($id: ID!) { runOrError(runId: $id) { __typename } }")
        assert answer.is_refused
        assert answer.as_json() == {"errors": answer.errors}


def test_introspection_is_answered() -> None:
    from graphql import get_introspection_query

    with served_project() as served:
        assert served.ask(get_introspection_query(descriptions=False))["__schema"]["queryType"]["name"] == "Query"


def test_a_read_only_server_changes_nothing() -> None:
    with served_project(with_runs=True) as served:
        run_id = served.instance.get_runs()[0].run_id
        context = served.api.context(Access(is_read_only=True))
        answer = served.api.execute(
            "mutation($id: String!) { deleteRun(runId: $id) { __typename ... on UnauthorizedError { message } } }",
            {"id": run_id},
            context=context,
        )
        assert answer.data is not None
        assert answer.data["deleteRun"]["__typename"] == "UnauthorizedError"
        assert served.instance.has_run(run_id)


def test_what_is_raised_is_the_error_of_its_field() -> None:
    with served_project() as served:
        found = served.ask(
            '{ runsOrError(cursor: "nowhere", limit: -1) { __typename ... on PythonError { message className } } }'
        )
        assert found["runsOrError"]["__typename"] in ("PythonError", "Runs")
