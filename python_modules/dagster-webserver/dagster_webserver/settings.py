"""How a web server is reached, and by whom."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Sequence

import msgspec

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 3000
TOKEN_BYTES = 32
MAX_BODY_BYTES = 10 * 1024 * 1024


class WebSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a web server is reached, and by whom.

    Attributes:
        host: the address that it listens on.
        port: the port; 0 for any that is free.
        path_prefix: what stands before each path, with a slash before and none behind, e.g. `/dagster`; or nothing.
        is_read_only: whether it refuses to change anything.
        allowed_hosts: further names by which it may be called, without ports.
        allowed_origins: further pages that may call it, e.g. `https://portal.example.com`.
        token: what a caller must know; None where none is needed.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    path_prefix: str = ""
    is_read_only: bool = False
    allowed_hosts: Sequence[str] = ()
    allowed_origins: Sequence[str] = ()
    token: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether other machines may reach it."""
        return not is_loopback(self.host)

    def at(self, port: int) -> WebSettings:
        """The same on another port."""
        return msgspec.structs.replace(self, port=port)

    def url(self, port: int | None = None) -> str:
        """Where to point a browser; the token is in it, where one is needed.

        Args:
            port: the one that it listens on, where it was chosen by the system.
        """
        host = {"0.0.0.0": DEFAULT_HOST, "::": "[::1]", "": DEFAULT_HOST}.get(self.host, self.host)
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        token = f"/?token={self.token}" if self.token else ""
        return f"http://{host}:{port or self.port}{self.path_prefix}{token}"


def is_loopback(host: str) -> bool:
    """Whether an address is one of this machine that no other can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def token_for(host: str, given: str | None, *, is_insecure: bool) -> str | None:
    """The token of a server: what was given; on a public address else one made for it, unless that was refused explicitly.

    Args:
        host: the address that it listens on.
        given: by option or environment; empty counts as not given.
        is_insecure: whether a public address without token was asked for.
    """
    if given:
        return given
    if is_insecure or is_loopback(host):
        return None
    return secrets.token_urlsafe(TOKEN_BYTES)


def prefix_of(given: str) -> str:
    """A path prefix in its normal form: `/dagster` of `dagster`, `/dagster/` and `/dagster`; nothing of `/`."""
    bare = given.strip("/")
    return f"/{bare}" if bare else ""
