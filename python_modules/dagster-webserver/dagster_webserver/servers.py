"""Serving the application: in a thread beside something else, or as all that a process does."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp

from dagster.errors import DagsterInvariantViolationError
from dagster_webserver.settings import MAX_BODY_BYTES, WebSettings

_GRACE_SECONDS = 3


class AddressTakenError(DagsterInvariantViolationError):
    """The address that the server should listen on cannot be had."""


class WebServer:
    """A server in a thread of its own.

    It listens from the moment it is made, so that a port which is taken is known at once and nobody is refused while it starts.

    Args:
        app: what answers.
        settings: where it listens.
        log_level: of uvicorn.

    Attributes:
        port: the one that it listens on.

    Raises:
        AddressTakenError: the address cannot be had.
    """

    def __init__(self, app: ASGIApp, settings: WebSettings, log_level: str = "warning") -> None:
        self._socket = listening_socket(settings)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            log_level=log_level,
            log_config=None,
            access_log=log_level in ("debug", "trace"),
            lifespan="off",
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=MAX_BODY_BYTES,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="dagster-webserver", daemon=True)

    def __enter__(self) -> WebServer:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """End all connections and the thread."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))


def listening_socket(settings: WebSettings) -> socket.socket:
    """A socket that listens where the settings say.

    Raises:
        AddressTakenError: the address cannot be had.
    """
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, settings.port))
        listening.listen(128)
    except OSError as refused:
        listening.close()
        raise AddressTakenError(
            f"The web server cannot listen on {settings.host}:{settings.port}: {refused.strerror}. Name another port with "
            "--port, or 0 for any that is free."
        ) from refused
    return listening


def quiet_logs() -> None:
    """Have uvicorn say only what went wrong."""
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
