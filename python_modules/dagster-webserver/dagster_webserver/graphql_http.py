"""GraphQL over HTTP: one request by POST, one answer."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dagster.garbage import collector_at_rest
from dagster_webserver.access import is_json
from dagster_webserver.answering import Answer, Answering, GraphQLRequest, RequestError, errors, is_refused, request_of
from dagster_webserver.pages import accepted_encodings

JSON = "application/json"
# A smaller answer fits into a few packets as it is.
WORTH_COMPRESSING_BYTES = 4096


class GraphQLEndpoint:
    """Answers `POST /graphql`.

    Args:
        answering: what answers.
    """

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def __call__(self, request: Request) -> Response:
        """The answer, 200 where something was executed and 400 where not."""
        if not is_json(request.headers.get("content-type", "")):
            return _response(errors("Send the request as JSON, with the header `Content-Type: application/json`."), 415)
        try:
            asked = request_of(await request.body())
        except RequestError as refused:
            return _response(errors(str(refused)), 400)
        if await run_in_threadpool(self._answering.is_subscription, asked):
            return _response(errors("A subscription needs a websocket: connect to this address with one."), 400)
        return await run_in_threadpool(self._answered, asked, request.headers)

    def _answered(self, asked: GraphQLRequest, headers: Mapping[str, str]) -> Response:
        # A large answer is tens of thousands of objects, all dropped again when they are written as text.
        with collector_at_rest():
            answer = self._answering.answer(asked, headers)
            response = _response(answer, 400 if is_refused(answer) else 200, "gzip" in accepted_encodings(headers))
            del answer
        return response


def _response(answer: Answer, status: int, may_compress: bool = False) -> Response:
    body = msgspec.json.encode(answer)
    headers = {"cache-control": "no-store", "vary": "accept-encoding"}
    if may_compress and len(body) >= WORTH_COMPRESSING_BYTES:
        body = gzip.compress(body, 1, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(body, status, media_type=JSON, headers=headers)
