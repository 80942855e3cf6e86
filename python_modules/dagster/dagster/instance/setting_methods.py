"""What the instance can be asked about how it is set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from dagster.instance.kept import Kept

if TYPE_CHECKING:
    from dagster.instance.coordinators import RunCoordinator, SubmittingInstance
    from dagster.instance.defs_states import UPathDefsStateStorage
    from dagster.instance.launchers import DefaultRunLauncher
    from dagster.instance.setting_models import InstanceSettings, QueueEntry
    from dagster.runs.monitoring import MonitoringRules
    from dagster.runs.queue import QueueRules
    from dagster.runs.retries import RetryRules


class SettingMethods(Kept):
    """Settings: as they are written, and what they mean."""

    _settings: Mapping[str, Any] | None
    _settings_file: str
    _root_directory: str | None
    _checked: InstanceSettings | None = None
    _coordinator: RunCoordinator | None = None

    @property
    def settings(self) -> Mapping[str, Any]:
        """What stands in `dagster.yaml`, as it is written."""
        if self._settings is None:
            from dagster.instance.settings import read_settings

            self._settings = read_settings(self._root_directory, self._settings_file) if self._root_directory else {}
        return self._settings

    def has_setting(self, settings_key: str) -> bool:
        """Whether something is written under a key that has an effect."""
        return self._settings is not None and settings_key in self._settings

    def get_settings(self, settings_key: str) -> Any:
        """What is written under a key; empty if nothing is."""
        return self.settings.get(settings_key) or {}

    @property
    def checked_settings(self) -> InstanceSettings:
        """What stands in `dagster.yaml`, checked, with defaults for what does not."""
        if self._checked is None:
            from dagster.instance.settings import checked_settings

            self._checked = checked_settings(self.settings, self._root_directory or "", self._settings_file)
        return self._checked

    @property
    def python_log_level(self) -> str | None:
        """The level below which lines of Python code are dropped, None for the default of each logger."""
        return self.checked_settings.python_logs.python_log_level if self.has_setting("python_logs") else None

    @property
    def managed_python_loggers(self) -> Sequence[str]:
        """The names of the standard library's loggers whose lines are kept with the run during which they come."""
        return self.checked_settings.python_logs.managed_python_loggers if self.has_setting("python_logs") else []

    def get_python_log_dagster_handler_config(self) -> dict[str, Any]:
        """Handlers, formatters and filters that get the lines of runs as well; empty if there are none."""
        if not self.has_setting("python_logs"):
            return {}
        return self.checked_settings.python_logs.dagster_handler_config.model_dump(exclude_unset=True)

    @property
    def run_retries_enabled(self) -> bool:
        """Whether runs that failed are launched again."""
        retries = self.checked_settings.run_retries if self.has_setting("run_retries") else None
        return retries is not None and retries.enabled

    @property
    def run_retries_max_retries(self) -> int:
        """How often a run that failed is launched again, where its tags do not say otherwise."""
        retries = self.checked_settings.run_retries if self.has_setting("run_retries") else None
        return retries.max_retries if retries is not None else 0

    @property
    def run_retries_retry_on_asset_or_op_failure(self) -> bool:
        """Whether a run is launched again of which a step failed, not only one that broke off."""
        retries = self.checked_settings.run_retries if self.has_setting("run_retries") else None
        return retries is None or retries.retry_on_asset_or_op_failure

    @property
    def run_monitoring_enabled(self) -> bool:
        """Whether runs that were launched are watched."""
        return self.has_setting("run_monitoring") and self.checked_settings.run_monitoring.enabled

    @property
    def run_coordinator(self) -> RunCoordinator:
        """What becomes of a run that is submitted; an ephemeral instance, which no daemon sees, launches it at once."""
        if self._coordinator is None:
            self._coordinator = self._made_coordinator()
            self._coordinator.register_instance(cast("SubmittingInstance", self))
        return self._coordinator

    def _made_coordinator(self) -> RunCoordinator:
        if self.is_ephemeral and not self.has_setting("run_coordinator"):
            from dagster.instance.coordinators import DefaultRunCoordinator

            return DefaultRunCoordinator()
        from dagster.instance.queues import run_coordinator

        return run_coordinator(self.checked_settings)

    @property
    def queue_rules(self) -> QueueRules:
        """How runs leave the queue. Reads the limits of pools."""
        from dagster.instance.rules import pool_rules, queue_rules

        return queue_rules(self.run_coordinator, pool_rules(self.checked_settings, self._storage.pools.limits()))

    @property
    def global_op_concurrency_default_limit(self) -> int | None:
        """How many steps may go on at once in a pool for which nobody has set it; None for any number."""
        if not self.has_setting("concurrency"):
            return None
        from dagster.instance.rules import default_pool_limit

        return default_pool_limit(self.checked_settings)

    @property
    def pools_count_runs(self) -> bool:
        """Whether the limits of pools are of runs that have steps in them; else they are of steps."""
        return self.has_setting("concurrency") and self.checked_settings.concurrency.pools.granularity == "run"

    @property
    def retry_rules(self) -> RetryRules:
        """Which runs that failed are tried again, where their tags do not say it."""
        from dagster.runs.retries import RetryRules

        return RetryRules(
            enabled=self.run_retries_enabled,
            most=self.run_retries_max_retries,
            on_step_failure=self.run_retries_retry_on_asset_or_op_failure,
        )

    @property
    def monitoring_rules(self) -> MonitoringRules:
        """How runs that were launched are watched. Without settings they are watched too."""
        from dagster.instance.rules import monitoring_rules

        return monitoring_rules(self.checked_settings.run_monitoring if self.has_setting("run_monitoring") else None)

    @property
    def is_ephemeral(self) -> bool:
        """Whether it remembers in memory alone."""
        return False

    @property
    def defs_state_storage(self) -> UPathDefsStateStorage | None:
        """Where components keep the versions of their state, None where the file names nothing."""
        from dagster.instance.defs_states import defs_state_storage_of

        return defs_state_storage_of(self.checked_settings) if self.has_setting("defs_state_storage") else None

    @property
    def run_launcher(self) -> DefaultRunLauncher:
        """How runs are launched."""
        from dagster.instance.launchers import launcher_of

        return launcher_of(self.checked_settings.run_launcher if self.has_setting("run_launcher") else None)

    @property
    def telemetry_enabled(self) -> bool:
        """Always False: nothing about the use of this program is sent anywhere, whatever the file says."""
        return False

    def run_queue(self) -> QueueEntry:
        """How runs leave the queue, written under `run_queue`, `concurrency` or `run_coordinator`."""
        from dagster.instance.queues import queue_entry

        return queue_entry(self.checked_settings)


def covered(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they may be shown: passwords are covered, also those inside of URLs."""
    return {name: _covered(name, value) for name, value in settings.items()}


def _covered(name: str, value: Any) -> Any:
    from dagster.config.secrets import MASK, names_a_secret

    if isinstance(value, Mapping):
        return covered(cast("Mapping[str, Any]", value))
    if not isinstance(value, str):
        return value
    if names_a_secret(name):
        return MASK
    scheme, separator, rest = value.partition("://")
    if separator and "@" in rest:
        user, _, place = rest.rpartition("@")
        shown = f"{user.partition(':')[0]}:{MASK}" if ":" in user else user
        return f"{scheme}://{shown}@{place}"
    return value
