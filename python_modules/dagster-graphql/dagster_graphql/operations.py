"""Executes operations: what the web server, the command line and the client in this process call."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any, cast

import graphql
import msgspec
from graphql import DocumentNode, ExecutionResult, GraphQLError, create_source_event_stream, parse, validate

from dagster.errors import DagsterError
from dagster.instance.instance import DagsterInstance
from dagster_graphql.catalogs import Catalogs
from dagster_graphql.completion import CompilingContext
from dagster_graphql.contexts import Access, RequestContext
from dagster_graphql.costs import Limits, refuse_costly
from dagster_graphql.locations import CodeLocations
from dagster_graphql.schema import schema

_DOCUMENTS_KEPT = 500


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation gave.

    Attributes:
        data: as it was asked for; None where nothing was executed.
        errors: what went wrong, in the form of GraphQL's specification.
        is_refused: whether the document or its variables were refused, so that nothing was executed.
    """

    data: dict[str, Any] | None = None
    errors: list[dict[str, Any]] = []
    is_refused: bool = False

    def as_json(self) -> dict[str, Any]:
        """The answer as GraphQL's specification has it."""
        if self.is_refused:
            return {"errors": self.errors}
        return {"data": self.data, "errors": self.errors} if self.errors else {"data": self.data}


class Api:
    """The API over an instance and its code locations. Its methods may be called by many threads.

    Args:
        instance: what is kept.
        locations: the code locations.
        access: what who asks may do, where a request does not say.
        limits: what one document may cost.
        now: gives the time.
        wake_queue: called when a run was put into the queue, in the process that launches what waits there.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        locations: CodeLocations,
        *,
        access: Access | None = None,
        limits: Limits | None = None,
        now: Callable[[], float] = time.time,
        wake_queue: Callable[[], None] = lambda: None,
    ) -> None:
        self._instance = instance
        self._locations = locations
        self._access = access or Access()
        self._limits = limits or Limits()
        self._now = now
        self._wake_queue = wake_queue
        self._catalogs = Catalogs()
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._lock = threading.Lock()

    def context(self, access: Access | None = None, headers: Mapping[str, str] | None = None) -> RequestContext:
        """What the fields of a new request may ask.

        Args:
            access: what who asks may do, where that is not the same for all.
            headers: of the request, where it came over HTTP.
        """
        access = access or self._access
        return RequestContext(self._instance, self._locations, self._catalogs, access, self._now, self._wake_queue, headers)

    def execute(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        context: RequestContext | None = None,
    ) -> Answer:
        """Executes a query or mutation.

        Args:
            query: the document.
            variables: of the operation.
            operation_name: which one, where the document has several.
            context: of the request; a new one if left out.
        """
        try:
            document = self.document(query)
        except _Refused as refused:
            return refused.answer
        asked: dict[str, Any] = {"variable_values": dict(variables or {}), "operation_name": operation_name}
        return _executed(document, None, context or self.context(), asked)

    async def subscribe(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        context: RequestContext | None = None,
    ) -> AsyncGenerator[Answer, None]:
        """Executes a subscription: an answer for each event, until the iterator is closed. What is refused is the only answer.

        A query or mutation is executed and gives one answer.
        """
        try:
            document = self.document(query)
        except _Refused as refused:
            yield refused.answer
            return
        if not _is_subscription(document, operation_name):
            yield self.execute(query, variables, operation_name, context)
            return
        asked: dict[str, Any] = {"variable_values": dict(variables or {}), "operation_name": operation_name}
        context = context or self.context()
        events = await create_source_event_stream(schema(), document, context_value=context, **asked)
        if isinstance(events, ExecutionResult):
            yield answer_of(events)
            return
        try:
            async for event in events:
                # For each event what is read is read anew, and in a thread, since storage is asked.
                yield await asyncio.to_thread(_executed, document, event, context.anew(), asked)
        except DagsterError as refused:
            yield Answer(errors=[cast("dict[str, Any]", GraphQLError(str(refused)).formatted)])
        finally:
            await cast("Any", events).aclose()

    def is_subscription(self, query: str, operation_name: str | None = None) -> bool:
        """Whether an operation is a subscription; one that is refused is none."""
        try:
            return _is_subscription(self.document(query), operation_name)
        except _Refused:
            return False

    def document(self, query: str) -> DocumentNode:
        """The document, parsed and found to be valid; kept for the next time."""
        with self._lock:
            known = self._documents.get(query)
            if known is not None:
                self._documents.move_to_end(query)
                return known
        document = self._checked(query)
        with self._lock:
            self._documents[query] = document
            while len(self._documents) > _DOCUMENTS_KEPT:
                self._documents.popitem(last=False)
        return document

    def _checked(self, query: str) -> DocumentNode:
        try:
            document = parse(query, max_tokens=self._limits.tokens)
            refuse_costly(schema(), document, self._limits)
        except GraphQLError as refused:
            raise _Refused([refused]) from refused
        if errors := validate(schema(), document, max_errors=20):
            raise _Refused(errors)
        return document


def _executed(document: DocumentNode, root: object, context: RequestContext, asked: dict[str, Any]) -> Answer:
    result: object = cast("Any", graphql).execute(
        schema(), document, root, context_value=context, execution_context_class=CompilingContext, **asked
    )
    assert isinstance(result, ExecutionResult), "no field is answered later"
    return answer_of(result)


class _Refused(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.answer = Answer(errors=[cast("dict[str, Any]", error.formatted) for error in errors], is_refused=True)


def _is_subscription(document: DocumentNode, operation_name: str | None) -> bool:
    from graphql import get_operation_ast

    operation = get_operation_ast(document, operation_name)
    return operation is not None and operation.operation.value == "subscription"


def answer_of(result: ExecutionResult) -> Answer:
    """What graphql-core gave, as an answer."""
    errors = [cast("dict[str, Any]", error.formatted) for error in result.errors or ()]
    return Answer(data=result.data, errors=errors, is_refused=result.data is None and bool(errors) and not _has_path(errors))


def _has_path(errors: list[dict[str, Any]]) -> bool:
    return any("path" in error for error in errors)
