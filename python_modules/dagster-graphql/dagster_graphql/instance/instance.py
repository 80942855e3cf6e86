"""The instance: how it is set up, and which daemons are alive."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster.instance.coordinators import QueuedRunCoordinator, RunQueueConfig
from dagster.instance.instance import DagsterInstance
from dagster.runs.heartbeats import is_healthy
from dagster.runs.pools import MOST_SLOTS
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

TOLERATED_SECONDS = 60.0
"""How old the last heartbeat of a loop may be before it counts as dead; as its daemon has it."""

LOOPS: Mapping[str, str] = {
    "SENSOR": "SENSORS",
    "SCHEDULER": "SCHEDULES",
    "QUEUED_RUN_COORDINATOR": "QUEUE",
    "MONITORING": "MONITORING",
    "EVENT_LOG_CONSUMER": "RETRIES",
}
"""The loops of our daemon by the names that the API has for them."""

PAUSED_NOTE = "automation is paused"
"""The note that says whether conditions of assets are evaluated."""


class Heading(msgspec.Struct, frozen=True):
    """The instance, as one thing that is asked about."""

    instance: DagsterInstance


class DaemonStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a loop of daemons is alive.

    Attributes:
        daemon_type: the loop.
        healthy: whether its last heartbeat is young and tells of no error.
        last_heartbeat_time: None if there never was one.
        last_heartbeat_errors: what went wrong lately.
    """

    daemon_type: str
    healthy: bool
    last_heartbeat_time: float | None
    last_heartbeat_errors: list[SerializableErrorInfo]


class RunLauncher(msgspec.Struct, frozen=True):
    """How runs are launched."""

    name: str


def daemon_status(context: RequestContext, daemon_type: str) -> DaemonStatus:
    """Whether a loop is alive. One query."""
    loop = LOOPS.get(daemon_type, daemon_type)
    beats = [beat for beat in context.instance.get_daemon_heartbeats() if beat.loop == loop]
    latest = max(beats, key=lambda beat: (beat.is_leader, beat.timestamp), default=None)
    return DaemonStatus(
        daemon_type=daemon_type,
        healthy=is_healthy(beats, context.now(), TOLERATED_SECONDS),
        last_heartbeat_time=latest.timestamp if latest is not None else None,
        last_heartbeat_errors=list(latest.errors) if latest is not None else [],
    )


def _queue(heading: Heading) -> RunQueueConfig | None:
    coordinator = heading.instance.run_coordinator
    return coordinator.get_run_queue_config() if isinstance(coordinator, QueuedRunCoordinator) else None


def _limits_yaml(config: RunQueueConfig) -> str | None:
    if not config.tag_concurrency_limits:
        return None
    import yaml

    return yaml.safe_dump([dict(limit) for limit in config.tag_concurrency_limits], sort_keys=False)


DOMAIN.type(
    "Instance",
    Heading,
    {
        "id": lambda _heading: "Instance",
        "info": lambda heading: heading.instance.info_str(),
        "hasInfo": lambda _heading: True,
        "runLauncher": lambda heading: RunLauncher(type(heading.instance.run_launcher).__name__),
        "runQueuingSupported": lambda heading: _queue(heading) is not None,
        "runQueueConfig": _queue,
        "executablePath": lambda _heading: sys.executable,
        "daemonHealth": lambda heading: heading,
        "autoMaterializePaused": lambda heading: heading.instance.storage.notes.note(PAUSED_NOTE) != "no",
        "supportsConcurrencyLimits": lambda _heading: True,
        "minConcurrencyLimitValue": lambda _heading: 0,
        "maxConcurrencyLimitValue": lambda _heading: MOST_SLOTS,
        "useAutoMaterializeSensors": lambda _heading: True,
        "freshnessEvaluationEnabled": lambda _heading: True,
    },
)
DOMAIN.type("RunLauncher", RunLauncher)
DOMAIN.type(
    "RunQueueConfig",
    RunQueueConfig,
    {
        "tagConcurrencyLimitsYaml": _limits_yaml,
        "isOpConcurrencyAware": lambda _config: True,
        "maxConcurrentRunsAllBranchDeployments": lambda _config: None,
    },
)
DOMAIN.type(
    "DaemonHealth",
    Heading,
    {"id": lambda _heading: "daemonHealth"},
    {"allDaemonStatuses": lambda _heading, context: [daemon_status(context, name) for name in LOOPS]},
)


@DOMAIN.field("DaemonHealth", "daemonStatus")
def _daemon_status(_heading: Heading, context: RequestContext, *, daemon_type: str | None = None) -> DaemonStatus:
    return daemon_status(context, daemon_type or "")


DOMAIN.type("DaemonStatus", DaemonStatus, {"id": lambda status: status.daemon_type, "required": lambda _status: True})


@DOMAIN.query("instance")
def instance(context: RequestContext) -> Heading:
    """The instance."""
    return Heading(context.instance)
