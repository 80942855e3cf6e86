from pathlib import Path

import pytest

from dagster.errors import DagsterInstanceError, DagsterInvalidConfigError, DagsterInvalidSettingsError
from dagster.instance import DagsterInstance
from dagster.instance.settings import checked_settings, read_settings
from dagster.instance.storages import postgres_url, storage_entry
from dagster_tests.instance.processes import finish, start

ROOT = Path("home")


def refusal(folder: Path, text: str) -> str:
    (folder / "dagster.yaml").write_text(text)
    with pytest.raises(DagsterInvalidSettingsError) as refused:
        DagsterInstance.from_config(str(folder))
    assert isinstance(refused.value, DagsterInstanceError)
    assert isinstance(refused.value, DagsterInvalidConfigError)
    return str(refused.value)


def test_an_unknown_entry_names_the_line_and_what_is_close(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, "# ours\n\nrun_retries:\n  enabled: true\n  max_retrys: 3\n")
    place = f'"{tmp_path / "dagster.yaml"}", line 5'
    assert sentence == f'{place}: there is no entry "run_retries.max_retrys". Close: "max_retries".'


def test_an_entry_that_is_close_to_nothing_lists_what_there_is(tmp_path: Path) -> None:
    assert "Known: enabled, max_retries, retry_on_asset_or_op_failure." in refusal(tmp_path, "run_retries:\n  zzz: 1\n")


def test_a_value_of_a_wrong_form_names_the_line(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, "telemetry:\n  enabled: true\nrun_retries:\n  max_retries: many\n")
    assert "line 4: run_retries.max_retries" in sentence
    assert "found 'many'" in sentence


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    assert "line 1: the entry run_launcher.class is missing." in refusal(tmp_path, "run_launcher:\n  module: dagster\n")


def test_what_is_no_yaml_and_what_is_no_mapping_is_refused(tmp_path: Path) -> None:
    assert "are no YAML" in refusal(tmp_path, "a: [")
    assert "are a list" in refusal(tmp_path, "[1]")
    (tmp_path / "dagster.yaml").write_bytes(b"a:\n  caf\xe9: 1\n")
    with pytest.raises(DagsterInvalidSettingsError, match=r'dagster\.yaml", line 2: This is not UTF-8'):
        read_settings(str(tmp_path))


@pytest.mark.parametrize("text", ["", "# nothing\n\n", "---\n"])
def test_a_file_without_entries_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "dagster.yaml").write_text(text)
    assert read_settings(str(tmp_path)) == {}


def test_values_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "storage:\n  sqlite:\n    base_dir: {env: THE_FOLDER}\nrun_queue:\n  max_concurrent_runs: {env: MANY}\n"
    monkeypatch.setenv("MANY", "7")
    assert "line 3: storage.sqlite.base_dir is to come from the environment variable THE_FOLDER" in refusal(tmp_path, text)
    monkeypatch.setenv("THE_FOLDER", str(tmp_path / "elsewhere"))
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        instance.create_run(job_name="j")
        assert instance.run_queue().max_concurrent_runs == 7
    assert (tmp_path / "elsewhere" / "dagster.db").exists()


def test_every_documented_entry_is_read(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text(
        """
local_artifact_storage: {module: dagster.core.storage.root, class: LocalArtifactStorage, config: {base_dir: artifacts}}
compute_logs:
  module: dagster._core.storage.local_compute_log_manager
  class: LocalComputeLogManager
  config: {base_dir: logs}
scheduler: {module: dagster.core.scheduler, class: DagsterDaemonScheduler}
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 5
    tag_concurrency_limits:
      - {key: database, value: redshift, limit: 4}
      - {key: user, value: {applyLimitPerUniqueValue: true}, limit: 1}
run_launcher: {module: dagster.core.launcher, class: DefaultRunLauncher}
run_monitoring: {enabled: true, start_timeout_seconds: 180, max_resume_run_attempts: 3, poll_interval_seconds: 120}
run_retries: {enabled: true, max_retries: 3}
code_servers: {local_startup_timeout: 360, reload_timeout: 360}
retention:
  schedule: {purge_after_days: 90}
  sensor: {purge_after_days: {skipped: 7, failure: 30, success: -1}}
schedules: {use_threads: true, num_workers: 8}
sensors: {use_threads: true, num_workers: 4, num_submit_workers: 4}
auto_materialize: {enabled: true, minimum_interval_seconds: 60, use_sensors: false}
backfills: {use_threads: true, num_workers: 4}
concurrency:
  pools: {granularity: run, default_limit: 1}
freshness: {enabled: true}
telemetry: {enabled: true}
nux: {enabled: false}
python_logs:
  managed_python_loggers: [my_logger, root]
  python_log_level: INFO
  dagster_handler_config:
    handlers: {console: {class: logging.StreamHandler, level: INFO, stream: "ext://sys.stdout", formatter: plain}}
    formatters: {plain: {format: "%(message)s"}}
"""
    )
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        assert instance.storage_directory() == str(tmp_path / "artifacts" / "storage")
        assert instance.run_queue().max_concurrent_runs == 5
        assert (instance.run_retries_enabled, instance.run_retries_max_retries) == (True, 3)
        assert instance.run_monitoring_enabled
        assert (instance.python_log_level, list(instance.managed_python_loggers)) == ("INFO", ["my_logger", "root"])
        assert set(instance.get_python_log_dagster_handler_config()) == {"handlers", "formatters"}
        assert not instance.telemetry_enabled
        assert instance.get_settings("run_retries") == {"enabled": True, "max_retries": 3}


def test_without_settings_everything_has_its_default() -> None:
    with DagsterInstance.ephemeral() as instance:
        assert (instance.run_retries_enabled, instance.run_retries_max_retries) == (False, 0)
        assert (instance.python_log_level, instance.managed_python_loggers) == (None, [])
        assert instance.get_settings("nope") == {}
        assert instance.run_queue().max_concurrent_runs is None


POSTGRES_FORMS = [
    {"storage": {"postgres": {"postgres_url": "postgresql+psycopg2://u:p@h:1/n"}}},
    {"storage": {"postgres": {"postgres_db": {"username": "u", "password": "p", "hostname": "h", "port": 1, "db_name": "n"}}}},
    {
        name: {"module": f"dagster_postgres.{module}", "class": class_name, "config": {"postgres_url": "postgresql://u:p@h:1/n"}}
        for name, module, class_name in (
            ("run_storage", "run_storage", "PostgresRunStorage"),
            ("event_log_storage", "event_log", "PostgresEventLogStorage"),
            ("schedule_storage", "schedule_storage", "PostgresScheduleStorage"),
        )
    },
    {
        "storage": {
            "custom": {
                "module": "dagster_postgres.storage",
                "class": "DagsterPostgresStorage",
                "config": {"postgres_url": "postgresql://u:p@h:1/n"},
            }
        }
    },
]


@pytest.mark.parametrize("written", POSTGRES_FORMS)
def test_each_documented_form_names_the_same_database(written: dict[str, object]) -> None:
    entry = storage_entry(checked_settings(written, "home"))
    assert entry is not None
    assert entry.postgres is not None
    assert postgres_url(entry.postgres) == "postgresql://u:p@h:1/n"


def test_user_and_password_may_hold_any_character() -> None:
    parts = {"username": "a@b", "password": "p/w:d@#", "hostname": "h", "db_name": "n", "params": {"sslmode": "require"}}
    entry = storage_entry(checked_settings({"storage": {"postgres": {"postgres_db": parts}}}, "home"))
    assert entry is not None
    assert entry.postgres is not None
    assert postgres_url(entry.postgres) == "postgresql://a%40b:p%2Fw%3Ad%40%23@h:5432/n?sslmode=require"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("run_storage: {module: dagster_mysql.run_storage, class: MySQLRunStorage}", "MySQLRunStorage is not known here"),
        ("run_storage: {module: dagster.core.storage.runs, class: SqliteRunStore}", "Close: SqliteRunStorage"),
        ("storage: {mysql: {mysql_url: x}}", "MySQL is not supported"),
        ("storage: {sqlite: {base_dir: x}, postgres: {postgres_url: x}}", "choose one of sqlite, postgres, custom"),
        ("storage: {postgres: {}}", "either postgres_url or postgres_db"),
        ("storage: {custom: {module: nowhere, class: X}}", "there is no nowhere.X"),
        ("storage: {postgres: {postgres_url: nonsense}}", "cannot be read"),
    ],
)
def test_a_storage_that_there_is_not_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "dagster.yaml").write_text(text)
    with pytest.raises(DagsterInstanceError, match=words):
        DagsterInstance.from_config(str(tmp_path))


def test_a_class_that_is_not_known_is_refused_with_its_line(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, "run_launcher:\n  module: dagster_k8s\n  class: K8sRunLauncher\n")
    assert "line 3: run_launcher: the class dagster_k8s.K8sRunLauncher is not known here." in sentence
    assert "Known: DefaultRunLauncher." in sentence


def test_older_entries_that_name_different_places_are_refused(tmp_path: Path) -> None:
    entry = "{module: dagster.core.storage.%s, class: %s, config: {base_dir: %s}}"
    runs, events = entry % ("runs", "SqliteRunStorage", "a"), entry % ("event_log", "SqliteEventLogStorage", "b")
    assert "name different places" in refusal(tmp_path, f"run_storage: {runs}\nevent_log_storage: {events}\n")


def test_passwords_are_covered_where_settings_are_shown(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text(
        "run_launcher:\n  module: dagster\n  class: DefaultRunLauncher\n  config: {url: 'pg://u:pw@h/d', password: pw}\n"
    )
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        assert "pw" not in instance.info_str()
        assert "pg://u:********@h/d" in instance.info_str()


def test_overrides_of_a_test_are_checked_too() -> None:
    with pytest.raises(DagsterInvalidSettingsError, match='there is no entry "retentio"'):
        DagsterInstance.local_temp(overrides={"retentio": {}})


def test_a_file_that_has_no_effect_costs_no_library(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text("# ours\ntelemetry:\n  enabled: false\nnux:\n  enabled: false\n")
    program = """
import sys
from dagster.instance import DagsterInstance
with DagsterInstance.from_config(sys.argv[1]) as instance:
    instance.create_run(job_name="j")
    assert instance.python_log_level is None
    assert not {"yaml", "pydantic"} & set(sys.modules)
    assert instance.get_settings("telemetry") == {"enabled": False}
"""
    finish(start(program, tmp_path))
