"""What stands in dagster.yaml is known to the instance."""

import os
import tempfile
from pathlib import Path

import seen

import dagster as dg


YAML = """
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 5
run_retries:
  enabled: true
  max_retries: 3
run_monitoring:
  enabled: true
python_logs:
  python_log_level: INFO
  managed_python_loggers: [mine, other]
retention:
  schedule:
    purge_after_days: 90
telemetry:
  enabled: false
"""


def opened(folder: Path, text: str):
    folder.mkdir()
    (folder / "dagster.yaml").write_text(text)
    return dg.DagsterInstance.from_config(str(folder))


def facts() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with opened(home / "full", YAML) as full, opened(home / "comments", "# nothing\n") as empty:
            return {
                "full": told(full),
                "empty": told(empty),
                "retention": seen.plain(full.get_settings("retention")),
                "unknown": seen.plain(full.get_settings("nobody")),
                "storage": os.path.relpath(full.storage_directory(), home),
            }


def told(instance) -> list:
    return [
        instance.run_retries_enabled,
        instance.run_retries_max_retries,
        instance.run_monitoring_enabled,
        instance.python_log_level,
        list(instance.managed_python_loggers),
        instance.is_persistent,
        instance.is_ephemeral,
    ]
