"""A way to a server that can be cut and repaired."""

import contextlib
import selectors
import socket
import threading
from urllib.parse import urlsplit


class Proxy:
    """Listens on a port of its own and hands everything on to the server of a URL, until it is cut.

    While it is cut, connections are refused and those that there were are broken.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port: int = self._listener.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self.url = parts._replace(netloc=f"{parts.username}@127.0.0.1:{self._port}").geturl()
        self._start()

    def cut(self) -> None:
        self._stop.set()
        self._thread.join()
        self._listener.close()
        for pair in self._pairs:
            for one in pair:
                one.close()
        self._pairs.clear()

    def repair(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._start()

    def _start(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._stop.is_set():
                for ready, _ in selector.select(timeout=0.01):
                    if ready.fileobj is self._listener:
                        self._accept(selector)
                    else:
                        self._hand_on(selector, ready.fileobj, ready.data)  # pyright: ignore[reportArgumentType]

    def _accept(self, selector: selectors.BaseSelector) -> None:
        near, _ = self._listener.accept()
        far = socket.create_connection(self._target)
        self._pairs.append((near, far))
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)

    def _hand_on(self, selector: selectors.BaseSelector, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if data := source.recv(65536):
                target.sendall(data)
                return
        for one in (source, target):
            with contextlib.suppress(KeyError, ValueError):
                selector.unregister(one)
            one.close()
