from dagster import DagsterInstance, DefaultRunLauncher
from dagster.testing.instances import instance_for_test


def test_runs_are_launched_in_processes_when_nothing_is_said() -> None:
    with DagsterInstance.ephemeral() as instance:
        assert isinstance(instance.run_launcher, DefaultRunLauncher)
        assert instance.run_launcher.config_type() == {}


def test_the_launcher_knows_what_the_settings_say() -> None:
    entry = {"module": "dagster.core.launcher", "class": "DefaultRunLauncher", "config": {}}
    with instance_for_test(overrides={"run_launcher": entry}) as instance:
        assert instance.run_launcher.inst_data == ("dagster.core.launcher", "DefaultRunLauncher", "{}\n")
