import os
from pathlib import Path

import pytest
from upath import UPath

from dagster import UPathDefsStateStorage
from dagster.instance.defs_states import DagsterStateNotFoundError, file_name


@pytest.fixture(params=["disk", "memory"])
def states(request: pytest.FixtureRequest, tmp_path: Path) -> UPathDefsStateStorage:
    base = UPath(tmp_path / "states") if request.param == "disk" else UPath(f"memory://{tmp_path.name}/states")
    return UPathDefsStateStorage(base)


def kept(states: UPathDefsStateStorage, tmp_path: Path, key: str, version: str) -> None:
    (tmp_path / "given").write_text(f"{key} {version}")
    states.upload_state_from_path(key, version, tmp_path / "given")
    states.set_latest_version(key, version)


def test_versions_are_kept_and_the_latest_is_known(states: UPathDefsStateStorage, tmp_path: Path) -> None:
    kept(states, tmp_path, "a/b", "v1")
    kept(states, tmp_path, "a/b", "v2")
    states.download_state_to_path("a/b", "v1", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "a/b v1"
    assert states.get_latest_version("a/b") == "v2"


def test_each_key_has_a_latest_version(states: UPathDefsStateStorage, tmp_path: Path) -> None:
    kept(states, tmp_path, "a[1]", "v1")
    kept(states, tmp_path, "b", "v1")
    info = states.get_latest_defs_state_info()
    assert info is not None
    assert sorted(info.info_mapping) == ["a[1]", "b"]
    assert states.list_state_keys_with_prefix("a") == ["a[1]"]


def test_nothing_is_known_before_the_first_state(states: UPathDefsStateStorage) -> None:
    assert (states.get_latest_defs_state_info(), states.get_latest_version("a")) == (None, None)


def test_a_version_can_be_taken_back(states: UPathDefsStateStorage, tmp_path: Path) -> None:
    kept(states, tmp_path, "a", "v1")
    states.set_latest_version("a", None)
    info = states.get_latest_defs_state_info()
    assert info is not None
    assert info.get_version("a") is None


def test_a_version_that_is_not_there_is_refused(states: UPathDefsStateStorage, tmp_path: Path) -> None:
    with pytest.raises(DagsterStateNotFoundError, match="No state found for key a and version v9"):
        states.download_state_to_path("a", "v9", tmp_path / "out")


def test_a_file_appears_whole_on_a_disk(tmp_path: Path) -> None:
    states = UPathDefsStateStorage(UPath(tmp_path / "states"))
    kept(states, tmp_path, "a", "v1")
    assert sorted(os.listdir(tmp_path / "states/a")) == [".latest.json", "v1"]


@pytest.mark.parametrize(
    ("key", "expected"), [("Tables[sales]", "Tables__sales__"), ("../up", "__up"), ("a.b-c_d", "a.b-c_d"), ("..", "__")]
)
def test_a_key_never_leaves_its_folder(key: str, expected: str) -> None:
    assert file_name(key) == expected
