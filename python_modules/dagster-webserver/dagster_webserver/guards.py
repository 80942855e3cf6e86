"""What stands before every answer: who may call, how much they may send, and what browsers are told of our pages."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dagster_webserver.access import TOKEN_COOKIE, TOKEN_PARAMETER, Refusal, origin_is_allowed_elsewhere, refusal, token_is_right
from dagster_webserver.settings import MAX_BODY_BYTES, WebSettings

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "connect-src 'self'",
        "script-src 'self'",
        # The components set sizes and colours as styles of elements.
        "style-src 'self' 'unsafe-inline'",
        # Pictures in metadata may lie anywhere.
        "img-src 'self' data: https:",
        "font-src 'self' data:",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
_POLICY_REFUSED = 1008
_READING = frozenset({"GET", "HEAD"})


class Guard:
    """An application behind its guard.

    Args:
        app: what answers those who may call.
        settings: who may.
    """

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse (ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        path = _path(scope, self._settings.path_prefix)
        query_token = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(TOKEN_PARAMETER, [None])[0]
        refused = refusal(self._settings, headers, path, query_token)
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, refused)
            return
        telling = _Telling(send, headers, self._settings, is_cross_origin=refused is None)
        if refused is not None:
            await _answer(refused)(scope, receive, telling)
        elif _is_question_of_browser(scope, headers):
            await Response(status_code=204)(scope, receive, telling)
        elif query_token is not None and self._settings.token is not None and scope["method"] in _READING:
            await self._with_cookie(scope, receive, telling, query_token)
        else:
            await self._bounded(scope, receive, telling, headers)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, refused: Refusal | None) -> None:
        if refused is None:
            await self._app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_REFUSED, "reason": refused.sentence[:120]})

    async def _with_cookie(self, scope: Scope, receive: Receive, send: Send, token: str) -> None:
        """Keep the token in a cookie and take it out of the address, so that it is in no history and no referrer."""
        assert self._settings.token is not None, "a token is asked for only where there is one"
        if not token_is_right(self._settings.token, {}, token):
            await self._app(scope, receive, send)
            return
        answer = Response(status_code=303, headers={"location": scope["path"] or "/"})
        answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict", path=self._settings.path_prefix or "/")
        await answer(scope, receive, send)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, headers: MutableMapping[str, str]) -> None:
        """Hand on, and read no more of a body than is allowed."""
        too_large = Refusal(413, f"The body is larger than {MAX_BODY_BYTES} bytes.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            await _answer(too_large if length.isdigit() else Refusal(400, "Content-Length is no number."))(scope, receive, send)
            return
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                raise HTTPException(too_large.status, too_large.sentence)
            return message

        await self._app(scope, bounded, send)


class _Telling:
    """Tells browsers with each answer what our pages may do, and pages that are allowed by name that they are."""

    def __init__(self, send: Send, headers: MutableMapping[str, str], settings: WebSettings, *, is_cross_origin: bool) -> None:
        self._send = send
        origin = headers.get("origin")
        is_elsewhere = origin is not None and is_cross_origin and origin_is_allowed_elsewhere(origin, headers["host"], settings)
        self._origin = origin if is_elsewhere else None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            told = MutableHeaders(scope=message)
            told["content-security-policy"] = CONTENT_SECURITY_POLICY
            told["x-content-type-options"] = "nosniff"
            told["referrer-policy"] = "same-origin"
            if self._origin is not None:
                told["access-control-allow-origin"] = self._origin
                told["access-control-allow-headers"] = "content-type, authorization"
                told["access-control-allow-methods"] = "GET, POST"
                told.add_vary_header("origin")
        await self._send(message)


def _answer(refused: Refusal) -> PlainTextResponse:
    headers = {"www-authenticate": "Bearer"} if refused.status == 401 else {}
    return PlainTextResponse(refused.sentence, refused.status, headers)


def _is_question_of_browser(scope: Scope, headers: MutableMapping[str, str]) -> bool:
    return scope["method"] == "OPTIONS" and "access-control-request-method" in headers


def _headers(scope: Scope) -> dict[str, str]:
    """By lower-case name; of a name that comes twice both, which no rule takes."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _path(scope: Scope, prefix: str) -> str:
    path: Any = scope["path"]
    return path[len(prefix) :] if prefix and path.startswith(f"{prefix}/") else path
