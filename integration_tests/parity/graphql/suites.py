"""The suites of documents: each asks both servers about one project."""

from __future__ import annotations

from pathlib import Path

import msgspec

from parity.graphql import documents, partitioned_documents, varied_documents
from parity.graphql.servers import PROJECT
from parity.graphql.writing import Document

HERE = Path(__file__).parent


class Suite(msgspec.Struct, frozen=True, kw_only=True):
    """Documents about one project.

    Attributes:
        name: by which it is recorded alone.
        project: the file that both servers load.
        documents: in the order in which they are asked.
        recorded: where it is written down what the reference answers.
    """

    name: str
    project: Path
    documents: tuple[Document, ...]
    recorded: Path


SUITES = (
    Suite(
        name="whole",
        project=PROJECT,
        documents=documents.DOCUMENTS,
        recorded=HERE / "reference_answers.json",
    ),
    Suite(
        name="partitioned",
        project=HERE / "partitioned_project.py",
        documents=partitioned_documents.DOCUMENTS,
        recorded=HERE / "reference_answers_partitioned.json",
    ),
    Suite(
        name="varied",
        project=HERE / "varied_project.py",
        documents=varied_documents.DOCUMENTS,
        recorded=HERE / "reference_answers_varied.json",
    ),
)
