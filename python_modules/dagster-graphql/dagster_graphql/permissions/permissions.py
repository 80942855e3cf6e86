"""What who asks may do."""

from __future__ import annotations

import msgspec

from dagster_graphql.contexts import READ_ONLY_REASON, RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

LAUNCH = "launch_pipeline_execution"
REEXECUTE = "launch_pipeline_reexecution"
START_SCHEDULE = "start_schedule"
STOP_SCHEDULE = "stop_running_schedule"
EDIT_SENSOR = "edit_sensor"
UPDATE_CURSOR = "update_sensor_cursor"
TERMINATE = "terminate_pipeline_execution"
DELETE_RUN = "delete_pipeline_run"
RELOAD_LOCATION = "reload_repository_location"
RELOAD_WORKSPACE = "reload_workspace"
WIPE_ASSETS = "wipe_assets"
REPORT_EVENTS = "report_runless_asset_events"
EDIT_PARTITIONS = "edit_dynamic_partitions"
LAUNCH_BACKFILL = "launch_partition_backfill"
CANCEL_BACKFILL = "cancel_partition_backfill"
EDIT_CONCURRENCY = "edit_concurrency_limit"
TOGGLE_AUTOMATION = "toggle_auto_materialize"
DRY_RUN_SCHEDULE = "schedule_dry_run"
DRY_RUN_SENSOR = "sensor_dry_run"

NOT_BUILT = "edit_app_managed_components"
"""Known to clients of the API; nobody may do it here."""

OF_LOCATIONS = (
    LAUNCH,
    REEXECUTE,
    START_SCHEDULE,
    STOP_SCHEDULE,
    DRY_RUN_SCHEDULE,
    EDIT_SENSOR,
    DRY_RUN_SENSOR,
    UPDATE_CURSOR,
    TERMINATE,
    DELETE_RUN,
    RELOAD_LOCATION,
    WIPE_ASSETS,
    REPORT_EVENTS,
    LAUNCH_BACKFILL,
    CANCEL_BACKFILL,
    EDIT_PARTITIONS,
    NOT_BUILT,
    "refresh_component_state",
)
"""What may be permitted for one code location, in the order in which it is told."""

PERMISSIONS = (
    *OF_LOCATIONS[:11],
    RELOAD_WORKSPACE,
    *OF_LOCATIONS[11:16],
    TOGGLE_AUTOMATION,
    EDIT_CONCURRENCY,
    *OF_LOCATIONS[16:],
)
"""All of them."""


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """Whether something may be done.

    Attributes:
        permission: its name.
        value: whether it may.
        disabled_reason: why it may not.
    """

    permission: str
    value: bool
    disabled_reason: str | None = None


DOMAIN.type("Permission", Permission)


def permissions_of(context: RequestContext, names: tuple[str, ...]) -> list[Permission]:
    """What of these who asks may do."""
    return [_permission(context, name) for name in names]


def _permission(context: RequestContext, name: str) -> Permission:
    if name == NOT_BUILT:
        return Permission(permission=name, value=False, disabled_reason="Disabled by your administrator")
    value = context.permits(name)
    return Permission(permission=name, value=value, disabled_reason=None if value else READ_ONLY_REASON)


@DOMAIN.query("permissions")
def permissions(context: RequestContext) -> list[Permission]:
    """What who asks may do, in all locations."""
    return permissions_of(context, PERMISSIONS)


@DOMAIN.query("canBulkTerminate")
def can_bulk_terminate(context: RequestContext) -> bool:
    """Whether who asks may stop runs."""
    return context.permits(TERMINATE)
