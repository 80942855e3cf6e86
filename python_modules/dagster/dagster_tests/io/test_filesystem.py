import pickle

import pandas as pd
import pytest

from dagster.define.resource_building import build_resources
from dagster.io.building import build_input_context, build_output_context
from dagster.io.filesystem import FilesystemIOManager
from dagster_tests.contracts.io_managers import FileContract


def made(resource, **facts):
    with build_resources({"io_manager": resource}, **facts) as resources:
        return resources.io_manager


class TestFilesystem(FileContract):
    def make_manager(self, folder):
        return made(FilesystemIOManager(base_dir=folder))


class TestAuto(FileContract):
    first: object = {"rows": [1, 2.5, None]}

    def make_manager(self, folder):
        return made(FilesystemIOManager(base_dir=folder, format="auto"))


def test_values_are_pickles_at_the_key_unless_a_format_is_given(tmp_path):
    made(FilesystemIOManager(base_dir=str(tmp_path))).handle_output(build_output_context(asset_key="orders"), [1])
    assert pickle.loads((tmp_path / "orders").read_bytes()) == [1]


def test_a_format_holds_for_new_files_only(tmp_path):
    (tmp_path / "old").write_bytes(pickle.dumps({"written": "by hand"}))
    manager = made(FilesystemIOManager(base_dir=str(tmp_path), format="json"))
    manager.handle_output(build_output_context(asset_key="new"), [1])
    assert (tmp_path / "new").read_bytes() == b"[1]"
    assert manager.load_input(build_input_context(asset_key="old")) == {"written": "by hand"}


def test_parquet_files_are_read_by_any_reader(tmp_path):
    manager = made(FilesystemIOManager(base_dir=str(tmp_path), format="parquet"))
    manager.handle_output(build_output_context(asset_key="orders"), pd.DataFrame({"n": [1]}))
    assert pd.read_parquet(tmp_path / "orders")["n"].tolist() == [1]


def test_the_folder_is_the_instances_storage_folder_by_default(tmp_path):
    class Instance:
        def storage_directory(self):
            return str(tmp_path / "storage")

    made(FilesystemIOManager(), instance=Instance()).handle_output(build_output_context(asset_key="orders"), 1)
    assert (tmp_path / "storage" / "orders").exists()


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        FilesystemIOManager(format="csv")


def test_no_base_dir_is_known_before_the_run():
    assert FilesystemIOManager().base_dir is None
