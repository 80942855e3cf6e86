"""What every IO manager promises. A test class inherits `IOManagerContract` and says how to make its manager."""

import pytest

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io.building import build_input_context, build_output_context
from dagster.io.contexts import InputContext, OutputContext
from dagster.io.managers import IOManager


class IOManagerContract:
    """Inherit, and give `make_manager`. `first` and `second` are two values that the manager can store."""

    first: object = "first value"
    second: object = "second value"

    def make_manager(self, folder: str) -> IOManager:
        raise NotImplementedError

    @pytest.fixture
    def manager(self, tmp_path) -> IOManager:
        return self.make_manager(str(tmp_path / "storage"))

    def output(self, **facts) -> OutputContext:
        return build_output_context(**{"step_key": "orders", "name": "result", "run_id": "r1", **facts})

    def input(self, **facts) -> InputContext:
        known = {key: facts[key] for key in ("asset_key", "partition_key") if key in facts}
        return build_input_context(upstream_output=self.output(**facts), **known)

    @pytest.mark.parametrize(
        "facts",
        [
            {"asset_key": "orders"},
            {"asset_key": ["sales", "orders"]},
            {"asset_key": "orders", "partition_key": "2024-01-01"},
            {"step_key": "split[eu]"},
            {"step_key": "split", "mapping_key": "eu"},
        ],
    )
    def test_what_is_loaded_is_what_was_stored(self, manager, facts):
        manager.handle_output(self.output(**facts), self.first)
        assert manager.load_input(self.input(**facts)) == self.first

    def test_a_later_value_replaces_the_earlier_one(self, manager):
        for value in (self.first, self.second):
            manager.handle_output(self.output(asset_key="orders"), value)
        assert manager.load_input(self.input(asset_key="orders")) == self.second

    def test_values_of_two_assets_do_not_touch(self, manager):
        manager.handle_output(self.output(asset_key="orders", step_key="orders"), self.first)
        manager.handle_output(self.output(asset_key="stores", step_key="stores"), self.second)
        assert manager.load_input(self.input(asset_key="orders", step_key="orders")) == self.first

    def test_a_value_that_was_never_stored_is_named_by_the_error(self, manager):
        with pytest.raises(DagsterAssetValueNotFoundError, match="sales/orders") as raised:
            manager.load_input(self.input(asset_key=["sales", "orders"]))
        assert isinstance(raised.value, FileNotFoundError)


class FileContract(IOManagerContract):
    """For managers that keep each value in files below one folder."""

    @pytest.mark.parametrize("key", [["..", "x"], ["a", "..", "..", "x"], ["../../x"], ["a/../../x"], ["."], [""], ["a\0b"]])
    def test_no_key_leads_out_of_the_storage_folder(self, manager, tmp_path, key):
        with pytest.raises(ValueError, match="cannot be stored in a file"):
            manager.handle_output(self.output(asset_key=key), self.first)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize("partition", ["..", "../../x", "a/../../../x", "", "a\0b", "x" * 300])
    def test_no_partition_leads_out_of_the_storage_folder(self, manager, tmp_path, partition):
        with pytest.raises(ValueError, match="cannot be stored in a file"):
            manager.handle_output(self.output(asset_key="orders", partition_key=partition), self.first)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize(
        "facts", [{"run_id": "../.."}, {"step_key": "../../../x"}, {"name": ".."}, {"mapping_key": "../../../../x"}]
    )
    def test_no_name_of_an_output_leads_out_of_the_storage_folder(self, manager, tmp_path, facts):
        with pytest.raises(ValueError, match="cannot be stored in a file"):
            manager.handle_output(self.output(**facts), self.first)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_run_id_of_any_form_writes_an_asset_below_the_storage_folder(self, manager, tmp_path):
        manager.handle_output(self.output(asset_key="orders", run_id="../../x@y/z" * 40), self.first)
        assert manager.load_input(self.input(asset_key="orders")) == self.first
        assert {path.name for path in tmp_path.iterdir()} == {"storage"}

    def test_an_absolute_key_lies_below_the_storage_folder(self, manager, tmp_path):
        manager.handle_output(self.output(asset_key=["/etc/orders"]), self.first)
        assert manager.load_input(self.input(asset_key=["/etc/orders"])) == self.first
        assert (tmp_path / "storage" / "%2Fetc").is_dir()

    @pytest.mark.parametrize("key", [["a.b.c"], ["x" * 240], ["über", "日本"], ["a b|c:d"], [".hidden"], ["a@b"]])
    def test_unusual_keys_are_stored(self, manager, key):
        manager.handle_output(self.output(asset_key=key), self.first)
        assert manager.load_input(self.input(asset_key=key)) == self.first

    def test_nothing_but_values_lies_in_the_storage_folder(self, manager, tmp_path):
        for value in (self.first, self.second):
            manager.handle_output(self.output(asset_key="orders"), value)
        assert [path.name for path in (tmp_path / "storage").iterdir() if path.name.startswith(".")] == []

    def test_the_path_is_metadata(self, manager, tmp_path):
        context = self.output(asset_key=["sales", "orders"])
        manager.handle_output(context, self.first)
        path = context.get_logged_metadata()["path"].value
        assert path.startswith(str(tmp_path / "storage" / "sales" / "orders"))

    def test_metadata_that_the_step_gave_itself_stays(self, manager):
        context = self.output(asset_key="orders", output_metadata={"path": "mine"})
        manager.handle_output(context, self.first)
        assert "path" not in context.get_logged_metadata()

    def test_data_files_follow_the_umask(self, manager, tmp_path):
        import os

        before = os.umask(0o027)
        try:
            manager.handle_output(self.output(asset_key="orders"), self.first)
        finally:
            os.umask(before)
        modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "storage").rglob("*") if path.is_file()}
        assert modes == {0o640}
