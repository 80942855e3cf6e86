"""Who may call, decided from what the request says of itself.

A page from anywhere can make a browser send requests to loopback. Three facts stop it: the name in `Host` is one that this server
has (a foreign name that was pointed here by DNS is not), the page in `Origin` is one of ours, and what changes something has a
media type that a browser sends to a foreign server only after asking it.

Source: Fetch Standard (CORS-safelisted request headers), RFC 6455 section 10.2, RFC 9110 section 7.2.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from dagster_webserver.settings import WebSettings, is_loopback

TOKEN_COOKIE = "dagster_token"
TOKEN_PARAMETER = "token"
OPEN_PATHS = ("/health", "/ready")
"""What a supervisor of containers asks; it tells nothing of what is inside."""


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is refused: a status of HTTP and a sentence."""

    status: int
    sentence: str


def refusal(settings: WebSettings, headers: Mapping[str, str], path: str, query_token: str | None) -> Refusal | None:
    """Why a request is refused before anybody reads it; None if it is not.

    Args:
        settings: of the server.
        headers: of the request, by lower-case name.
        path: without the prefix.
        query_token: the token that the address holds.
    """
    host = headers.get("host", "")
    if not host_is_ours(host, settings):
        return Refusal(403, f'This server is not called "{_shown(host)}". Allow the name with --allowed-host.')
    origin = headers.get("origin")
    if origin is not None and not origin_is_ours(origin, host, settings):
        return Refusal(403, f'Pages of "{_shown(origin)}" may not call this server. Allow them with --allowed-origin.')
    if settings.token is None or path in OPEN_PATHS or token_is_right(settings.token, headers, query_token):
        return None
    return Refusal(
        401,
        "A token is needed: open the address that the server printed when it started, or send the header "
        "`Authorization: Bearer <token>`.",
    )


def host_is_ours(host: str, settings: WebSettings) -> bool:
    """Whether the `Host` of a request is a name of this server.

    On loopback the names of loopback. On a public address also the one it was given and plain IP addresses: nobody can point a
    foreign name at us with those.
    """
    name = host_name(host)
    if name is None:
        return False
    if name == host_name(settings.host) or name in {allowed.lower() for allowed in settings.allowed_hosts}:
        return True
    return is_loopback(name) or (settings.is_public and _is_address(name))


def host_name(host: str) -> str | None:
    """The name in a `Host` header, in lower case and without its port; None if it is none."""
    if not host or any(character in host for character in "/@\\?# ,"):
        return None
    bare = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
    try:
        parts = urlsplit(f"//{bare}")
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    return parts.hostname


def origin_is_ours(origin: str, host: str, settings: WebSettings) -> bool:
    """Whether a page may call: it came from this server itself, or is allowed by name."""
    if origin.rstrip("/").lower() in {allowed.rstrip("/").lower() for allowed in settings.allowed_origins}:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and parts.netloc.lower() == host.lower()


def origin_is_allowed_elsewhere(origin: str, host: str, settings: WebSettings) -> bool:
    """Whether a page of another server may call, so that its browser has to be told so."""
    return origin_is_ours(origin, host, settings) and urlsplit(origin).netloc.lower() != host.lower()


def token_is_right(token: str, headers: Mapping[str, str], query_token: str | None) -> bool:
    """Whether a caller knows the token: from the header `Authorization`, the cookie, or the address."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    given = [
        bearer.strip() if scheme.lower() == "bearer" else "",
        cookie(headers.get("cookie", ""), TOKEN_COOKIE),
        query_token or "",
    ]
    return any(hmac.compare_digest(each.encode(), token.encode()) for each in given)


def cookie(header: str, name: str) -> str:
    """The value of a cookie, empty where there is none."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def is_json(content_type: str) -> bool:
    """Whether a media type is `application/json`, at most with `charset=utf-8`, which no form and no simple request can send."""
    kind, *parameters = [part.strip().lower() for part in content_type.split(";")]
    return kind == "application/json" and parameters in ([], ["charset=utf-8"], ['charset="utf-8"'])


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _shown(text: str) -> str:
    """What a caller sent, short and without what a terminal would act on."""
    return "".join(character for character in text[:100] if character.isprintable())
