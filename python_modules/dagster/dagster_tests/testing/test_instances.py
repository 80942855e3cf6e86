import os
from pathlib import Path

import pytest

from dagster import DagsterInstance, instance_for_test


def test_the_instance_is_found_by_its_home_meanwhile() -> None:
    before = os.environ.get("DAGSTER_HOME")
    with instance_for_test() as instance:
        assert os.environ["DAGSTER_HOME"] == instance.root_directory
        with DagsterInstance.get() as found:
            assert found.root_directory == instance.root_directory
    assert os.environ.get("DAGSTER_HOME") == before


def test_its_folder_is_gone_afterwards() -> None:
    with instance_for_test() as instance:
        folder = Path(instance.root_directory)
        assert folder.is_dir()
    assert not folder.exists()


def test_a_folder_that_is_given_is_kept(tmp_path: Path) -> None:
    with instance_for_test(temp_dir=str(tmp_path)) as instance:
        run = instance.create_run(job_name="j")
    assert tmp_path.is_dir()
    with instance_for_test(temp_dir=str(tmp_path)) as instance:
        assert instance.has_run(run.run_id)


def test_the_home_of_before_is_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "before")
    with pytest.raises(ZeroDivisionError), instance_for_test():
        raise ZeroDivisionError
    assert os.environ["DAGSTER_HOME"] == "before"


def test_the_home_may_be_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with instance_for_test(set_dagster_home=False):
        assert "DAGSTER_HOME" not in os.environ


def test_the_instance_keeps_what_it_is_told() -> None:
    with instance_for_test() as instance:
        assert instance.is_persistent
        assert not instance.is_ephemeral
