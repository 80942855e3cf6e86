"""The ingest as a part of a process that does other things, too: it takes over when the one that there was is gone."""

from __future__ import annotations

import logging
import threading

from dagster.storage.ingest.claims import claimed
from dagster.storage.ingest.queues import IngestRules
from dagster.storage.ingest.servers import IngestServer
from dagster.storage.ports import Storage

_LOOK_SECONDS = 0.1
"""How often is looked whether the ingest is gone that another process is."""
_REST_SECONDS = 1.0

log = logging.getLogger("dagster.storage")


class IngestService:
    """Is the ingest, or waits until it can be, from `start` to `stop`.

    Args:
        storage: where events are stored.
        path: of the ingest's socket.
        rules: when it does what.
    """

    def __init__(self, storage: Storage, path: str, rules: IngestRules | None = None) -> None:
        self._storage = storage
        self._path = path
        self._rules = rules
        self._stops = threading.Event()
        self._lock = threading.Lock()
        self._server: IngestServer | None = None
        self._thread = threading.Thread(target=self._serve, name="ingest", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Be the ingest no more. What is not stored is in the spool or still with its writers."""
        with self._lock:
            self._stops.set()
            if self._server is not None:
                self._server.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        while not self._stops.is_set():
            try:
                is_free = self._serve_once()
            except Exception:  # whatever it is: runs do without it meanwhile, and its writers send again
                log.exception("The ingest of events failed and is started again.")
                is_free = True
            self._stops.wait(_REST_SECONDS if is_free else _LOOK_SECONDS)

    def _serve_once(self) -> bool:
        """Be the ingest; says whether it could be."""
        claim = claimed(self._path)
        if claim is None:
            return False
        server = IngestServer(self._storage, self._path, self._rules, claim)
        with self._lock:
            self._server = server
            if self._stops.is_set():
                server.stop()
        try:
            server.serve()
        finally:
            with self._lock:
                self._server = None
        return True
