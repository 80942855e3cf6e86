"""What is asked by those who look after a server: whether it lives, whether it can answer, which versions, and its figures."""

from __future__ import annotations

import resource
import threading
import time
from collections import Counter
from collections.abc import Iterable

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dagster.instance.instance import DagsterInstance
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.version import __version__ as dagster_version
from dagster_graphql.version import __version__ as dagster_graphql_version
from dagster_webserver.version import __version__

_NOT_FINAL = (
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
)


async def server_info(_request: Request) -> Response:
    """The versions of what answers."""
    versions = {
        "dagster_webserver_version": __version__,
        "dagster_version": dagster_version,
        "dagster_graphql_version": dagster_graphql_version,
    }
    return Response(msgspec.json.encode(versions), media_type="application/json")


async def health(_request: Request) -> Response:
    """That this process answers."""
    return PlainTextResponse("ok")


class Readiness:
    """Whether the database answers, so that requests are worth sending.

    Args:
        instance: whose database is asked.
    """

    def __init__(self, instance: DagsterInstance) -> None:
        self._instance = instance

    async def __call__(self, _request: Request) -> Response:
        """200 when it answers, 503 with the reason when not."""
        try:
            await run_in_threadpool(self._instance.get_runs_count, RunsFilter(run_ids=["ready"]))
        except Exception as failed:
            sentence = (str(failed).splitlines() or [type(failed).__name__])[0]
            return PlainTextResponse(f"The database does not answer: {sentence}", 503)
        return PlainTextResponse("ready")


class Counted:
    """An application whose answers are counted by status and whose time is added up.

    Args:
        app: what answers.

    Attributes:
        answers: how many there were, by the first digit of their status.
        seconds: how long all of them took together.
        sockets: how many websockets are open.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._lock = threading.Lock()
        self.answers: Counter[int] = Counter()
        self.seconds = 0.0
        self.sockets = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer (ASGI)."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        began = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                with self._lock:
                    self.answers[message["status"] // 100] += 1
                    self.seconds += time.perf_counter() - began
            await send(message)

        await self._app(scope, receive, noted)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._lock:
            self.sockets += 1
        try:
            await self._app(scope, receive, send)
        finally:
            with self._lock:
                self.sockets -= 1


class Metrics:
    """The figures of a server, in the text format of Prometheus.

    Args:
        instance: whose runs are counted.
        counted: whose answers are counted.
    """

    def __init__(self, instance: DagsterInstance, counted: Counted) -> None:
        self._instance = instance
        self._counted = counted

    async def __call__(self, _request: Request) -> Response:
        """All figures as they are now."""
        from prometheus_client import CONTENT_TYPE_LATEST

        text = await run_in_threadpool(self._text)
        return Response(text, headers={"content-type": CONTENT_TYPE_LATEST})

    def _text(self) -> bytes:
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)  # pyright: ignore[reportArgumentType] - anything with `collect` is a collector
        return generate_latest(registry)

    def collect(self) -> Iterable[object]:
        """The families of figures (the port of prometheus_client)."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        answers = CounterMetricFamily("dagster_http_answers", "Answers by the first digit of their status.", labels=["status"])
        for status, count in sorted(self._counted.answers.items()):
            answers.add_metric([f"{status}xx"], count)
        yield answers
        yield CounterMetricFamily("dagster_http_seconds", "Time until answers began.", self._counted.seconds)
        yield GaugeMetricFamily("dagster_websockets", "Websockets that are open.", self._counted.sockets)
        runs = GaugeMetricFamily("dagster_runs", "Runs that have not ended, by status.", labels=["status"])
        for status in _NOT_FINAL:
            runs.add_metric([status.value], self._instance.get_runs_count(RunsFilter(statuses=[status])))
        yield runs
        beats = GaugeMetricFamily("dagster_loop_heartbeat_age_seconds", "Since the last sign of life.", labels=["loop"])
        now = time.time()
        for beat in self._instance.get_daemon_heartbeats():
            beats.add_metric([beat.loop], now - beat.timestamp)
        yield beats
        usage = resource.getrusage(resource.RUSAGE_SELF)
        yield CounterMetricFamily("process_cpu_seconds", "Processor time of this process.", usage.ru_utime + usage.ru_stime)
        yield GaugeMetricFamily("process_max_resident_memory_bytes", "Most memory it held.", usage.ru_maxrss * 1024)
