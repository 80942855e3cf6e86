import datetime
import logging
import pickle

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dagster.errors import DagsterInvariantViolationError
from dagster.io.building import build_input_context, build_output_context
from dagster.io.defaults import default_io_manager
from dagster.io.files import FileIOManager
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster_tests.contracts.io_managers import FileContract


class TestDefault(FileContract):
    first: object = {"rows": [1, 2.5, None]}
    second = "second"

    def make_manager(self, folder):
        return default_io_manager(folder)


class TestPickle(FileContract):
    first: object = {1: datetime.date(2024, 1, 1)}

    def make_manager(self, folder):
        return FileIOManager(folder, format="pickle")


class TestJson(FileContract):
    def make_manager(self, folder):
        return FileIOManager(folder, format="json")


def store(manager, value, key="orders", **facts):
    context = build_output_context(asset_key=key, **facts)
    manager.handle_output(context, value)
    return context


def load(manager, key="orders", **facts):
    return manager.load_input(build_input_context(asset_key=key, **facts))


class Days:
    def get_partition_keys_in_range(self, key_range, dynamic_partitions_store=None):
        days = ["2024-01-01", "2024-01-02", "2024-01-03"]
        return days[days.index(key_range.start) : days.index(key_range.end) + 1]


THREE_DAYS = {"asset_partition_key_range": PartitionKeyRange("2024-01-01", "2024-01-03"), "asset_partitions_def": Days()}


def test_a_plain_pickle_of_another_writer_loads(tmp_path):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        (tmp_path / "orders").write_bytes(pickle.dumps({"a": (1, "x")}, protocol))
        assert load(default_io_manager(str(tmp_path))) == {"a": (1, "x")}


@pytest.mark.parametrize("value", [None, True, 7, -1, "x", 1.5, [], {}, (), b"x", set()])
def test_a_plain_pickle_of_any_small_value_and_protocol_loads(tmp_path, value):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        (tmp_path / "orders").write_bytes(pickle.dumps(value, protocol))
        assert load(default_io_manager(str(tmp_path))) == value


def test_the_pickle_format_is_read_by_pickle(tmp_path):
    store(FileIOManager(str(tmp_path), format="pickle"), {1: 2})
    assert pickle.loads((tmp_path / "orders").read_bytes()) == {1: 2}


def test_a_file_of_any_format_loads_whatever_format_new_files_have(tmp_path):
    store(FileIOManager(str(tmp_path), format="json"), [1])
    assert load(FileIOManager(str(tmp_path), format="pickle")) == [1]


def test_a_value_that_json_would_change_is_refused_when_json_was_asked_for(tmp_path):
    with pytest.raises(DagsterInvariantViolationError, match='format="json"'):
        store(FileIOManager(str(tmp_path), format="json"), (1, 2))


def test_parquet_is_refused_for_what_is_no_dataframe(tmp_path):
    with pytest.raises(DagsterInvariantViolationError, match="no dataframe"):
        store(FileIOManager(str(tmp_path), format="parquet"), [1])


def test_a_value_that_cannot_be_pickled_is_refused_and_the_earlier_one_stays(tmp_path):
    manager = default_io_manager(str(tmp_path))
    store(manager, 1)
    with pytest.raises(DagsterInvariantViolationError, match="pickle says"):
        store(manager, lambda: None)
    assert load(manager) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["orders"]


def test_several_partitions_load_as_a_dict(tmp_path):
    manager = default_io_manager(str(tmp_path))
    for day in (1, 2, 3):
        store(manager, day, partition_key=f"2024-01-0{day}")
    assert load(manager, **THREE_DAYS) == {"2024-01-01": 1, "2024-01-02": 2, "2024-01-03": 3}


def test_a_missing_partition_is_named_by_the_error(tmp_path):
    manager = default_io_manager(str(tmp_path))
    store(manager, 1, partition_key="2024-01-01")
    with pytest.raises(FileNotFoundError, match="2024-01-02"):
        load(manager, **THREE_DAYS)


def test_missing_partitions_are_left_out_where_that_is_allowed(tmp_path, caplog):
    manager = default_io_manager(str(tmp_path))
    store(manager, 1, partition_key="2024-01-01")
    allowed = {"definition_metadata": {"allow_missing_partitions": True}}
    with caplog.at_level(logging.WARNING, "dagster"):
        assert load(manager, **THREE_DAYS, **allowed) == {"2024-01-01": 1}
        assert load(manager, partition_key="2024-01-02", **allowed) is None
    assert "2024-01-03" in caplog.text


def test_one_value_for_several_partitions_is_refused(tmp_path):
    with pytest.raises(DagsterInvariantViolationError, match="3 partitions"):
        store(default_io_manager(str(tmp_path)), 1, **THREE_DAYS)


def test_the_value_of_an_asset_that_is_now_partitioned_makes_way(tmp_path):
    manager = default_io_manager(str(tmp_path))
    store(manager, 1)
    store(manager, 2, partition_key="2024-01-01")
    assert load(manager, partition_key="2024-01-01") == 2


def test_a_key_that_begins_with_another_is_refused_where_both_cannot_lie(tmp_path):
    manager = default_io_manager(str(tmp_path))
    store(manager, 1, key="orders")
    with pytest.raises(DagsterInvariantViolationError, match="exclude each other"):
        store(manager, 2, key=["orders", "daily"])
    assert load(manager) == 1


def test_several_dimensions_of_a_partition_are_folders_in_the_order_of_their_names(tmp_path):
    class Key(str):
        @property
        def keys_by_dimension(self):
            return {"zone": "eu", "day": "2024-01-01"}

    manager = default_io_manager(str(tmp_path))
    store(manager, 1, partition_key=Key("2024-01-01|eu"))
    assert (tmp_path / "orders" / "2024-01-01" / "eu").exists()


def test_none_is_stored_without_metadata(tmp_path):
    manager = default_io_manager(str(tmp_path))
    assert store(manager, None).get_logged_metadata() == {}
    assert load(manager) is None


def test_writing_and_loading_are_logged(tmp_path, caplog):
    manager = default_io_manager(str(tmp_path))
    with caplog.at_level(logging.DEBUG, "dagster"):
        store(manager, 1)
        load(manager)
    assert [record.message.split(":")[0] for record in caplog.records] == ["Writing file at", "Loading file from"]


def test_has_output_says_whether_a_value_is_there(tmp_path):
    manager = default_io_manager(str(tmp_path))
    assert not manager.has_output(build_output_context(asset_key="orders"))
    store(manager, 1)
    assert manager.has_output(build_output_context(asset_key="orders"))


def test_a_frame_tells_its_rows_columns_and_size(tmp_path):
    metadata = store(default_io_manager(str(tmp_path)), pd.DataFrame({"n": [1, 2], "s": ["a", "b"]})).get_logged_metadata()
    assert metadata["dagster/row_count"].value == 2
    assert metadata["dagster/size_bytes"].value == (tmp_path / "orders").stat().st_size
    assert [column.name for column in metadata["dagster/column_schema"].value.columns] == ["n", "s"]


def test_the_rows_of_a_partition_are_those_of_the_partition(tmp_path):
    context = store(default_io_manager(str(tmp_path)), pd.DataFrame({"n": [1]}), partition_key="2024-01-01")
    assert "dagster/partition_row_count" in context.get_logged_metadata()
    assert "dagster/row_count" not in context.get_logged_metadata()


def test_a_pickled_frame_tells_about_itself_too(tmp_path):
    context = store(FileIOManager(str(tmp_path), format="pickle"), pd.DataFrame({"n": [1]}))
    assert context.get_logged_metadata()["dagster/row_count"].value == 1


@pytest.mark.parametrize("kind", [pl.DataFrame, pa.Table])
def test_a_consumer_gets_the_frame_of_the_library_it_is_annotated_with(tmp_path, kind):
    manager = default_io_manager(str(tmp_path))
    store(manager, pd.DataFrame({"n": [1]}))
    assert isinstance(load(manager, dagster_type=kind), kind)
    assert isinstance(load(manager, dagster_type=kind | None), kind)


def test_an_instance_that_knows_of_the_broken_run_is_asked_for_it(tmp_path):
    class Instance:
        def interrupted_materialization(self, asset_key, partition):
            return f"run of {asset_key.to_user_string()} {partition}"

    with pytest.raises(FileNotFoundError, match="run of orders 2024-01-01 broke off"):
        load(default_io_manager(str(tmp_path)), partition_key="2024-01-01", instance=Instance())


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_several_partitions_load_as_one_dataframe_where_the_annotation_says_so(tmp_path, library):
    frames = pytest.importorskip(library)
    manager = default_io_manager(str(tmp_path))
    for day in (1, 2, 3):
        store(manager, frames.DataFrame({"day": [day, day], "n": [1, 2]}), partition_key=f"2024-01-0{day}")
    loaded = load(manager, **THREE_DAYS, dagster_type=frames.DataFrame)
    assert list(loaded["day"]) == [1, 1, 2, 2, 3, 3]
    if library == "pandas":
        assert list(loaded.index) == list(range(6))
    assert sorted(load(manager, **THREE_DAYS)) == ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert len(load(manager, **THREE_DAYS, dagster_type=dict[str, frames.DataFrame])) == 3
