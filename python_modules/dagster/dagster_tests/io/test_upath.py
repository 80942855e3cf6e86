import asyncio
import logging
import os
import uuid

import pytest
from upath import UPath

from dagster.errors import CheckError, DagsterAssetValueNotFoundError
from dagster.io.building import build_input_context, build_output_context
from dagster.io.upath import UPathIOManager
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster_tests.contracts.io_managers import FileContract, IOManagerContract


class TextFiles(UPathIOManager):
    extension = ".txt"

    def dump_to_path(self, context, obj, path):
        with path.open("w") as file:
            file.write(obj)

    def load_from_path(self, context, path):
        with path.open() as file:
            return file.read()


class AsyncTextFiles(TextFiles):
    async def load_from_path(self, context, path):
        await asyncio.sleep(0)
        with path.open() as file:
            return file.read()


class Folders(UPathIOManager):
    """A value is a folder with two files."""

    def dump_to_path(self, context, obj, path):
        path.mkdir(exist_ok=True)
        (path / "half").mkdir(exist_ok=True)
        (path / "half" / "1").write_text(obj[:3])
        (path / "2").write_text(obj[3:])

    def load_from_path(self, context, path):
        return (path / "half" / "1").read_text() + (path / "2").read_text()


class TestTextFiles(FileContract):
    def make_manager(self, folder):
        return TextFiles(UPath(folder))


class TestFileUrls(FileContract):
    def make_manager(self, folder):
        return TextFiles(UPath(f"file://{folder}"))

    def test_the_path_is_metadata(self, manager, tmp_path):
        context = self.output(asset_key="orders")
        manager.handle_output(context, self.first)
        assert context.get_logged_metadata()["path"].value == f"file://{tmp_path}/storage/orders.txt"


class TestFolders(FileContract):
    def make_manager(self, folder):
        return Folders(UPath(folder))


class TestWithoutStaging(FileContract):
    def make_manager(self, folder):
        class InPlace(TextFiles):
            atomic = False

        return InPlace(UPath(folder))


class TestObjectStore(IOManagerContract):
    def make_manager(self, folder):
        return TextFiles(UPath(f"memory://{uuid.uuid4().hex}"))


def store(manager, value, key="orders", **facts):
    context = build_output_context(asset_key=key, **facts)
    manager.handle_output(context, value)
    return context


def load(manager, key="orders", **facts):
    return manager.load_input(build_input_context(asset_key=key, **facts))


class Days:
    def get_partition_keys_in_range(self, key_range, dynamic_partitions_store=None):
        return ["2024-01-01", "2024-01-02", "2024-01-03"]


THREE_DAYS = {"asset_partition_key_range": PartitionKeyRange("2024-01-01", "2024-01-03"), "asset_partitions_def": Days()}
MISSING_ALLOWED = {"definition_metadata": {"allow_missing_partitions": True}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"asset_key": "a"}, "a.txt"),
        ({"asset_key": ["p", "q", "a"]}, "p/q/a.txt"),
        ({"asset_key": "p/q"}, "p/q.txt"),
        ({"asset_key": "a.b.csv"}, "a.b.csv.txt"),
        ({"step_key": "s[k]", "name": "result", "run_id": "r", "mapping_key": "k"}, "r/s[k]/result/k.txt"),
        ({"asset_key": "a", "partition_key": "2020/01"}, "a/2020/01.txt"),
        ({"asset_key": "a", "partition_key": "2020:01 x|y"}, "a/2020:01 x|y.txt"),
    ],
)
def test_values_lie_where_they_lie_in_the_api(tmp_path, facts, expected):
    TextFiles(UPath(tmp_path)).handle_output(build_output_context(**facts), "x")
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()] == [expected]


def test_an_object_store_is_written_at_the_final_path():
    seen = []

    class Seeing(TextFiles):
        def dump_to_path(self, context, obj, path):
            seen.append(str(path))
            super().dump_to_path(context, obj, path)

    store(Seeing(UPath("memory://shop/data")), "x", key=["sales", "orders"])
    assert seen == ["memory://shop/data/sales/orders.txt"]


def test_the_path_of_a_subclass_is_a_real_upath_of_the_kind_of_the_base(tmp_path):
    kinds = []

    class Seeing(TextFiles):
        def dump_to_path(self, context, obj, path):
            kinds.append((type(path), path.name))
            super().dump_to_path(context, obj, path)

    for base in (UPath(tmp_path), UPath(f"file://{tmp_path}")):
        store(Seeing(base), "x")
        assert kinds.pop() == (type(base), "orders.txt")


def test_a_relative_base_path_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    manager = TextFiles(UPath("storage"))
    assert store(manager, "x").get_logged_metadata()["path"].value == "storage/orders.txt"
    assert load(manager) == "x"


def test_metadata_of_a_subclass_stands_beside_the_path(tmp_path):
    class Counting(TextFiles):
        def get_metadata(self, context, obj):
            return {"letters": len(obj)}

    assert store(Counting(UPath(tmp_path)), "abc").get_logged_metadata()["letters"].value == 3


def test_an_extension_without_dot_is_refused():
    class Wrong(TextFiles):
        extension = "txt"

    with pytest.raises(CheckError, match="begins with a dot"):
        Wrong()


@pytest.mark.parametrize("kind", [TextFiles, AsyncTextFiles])
def test_partitions_load_as_a_dict_without_those_that_may_be_missing(tmp_path, kind, caplog):
    manager = kind(UPath(tmp_path))
    for day in ("2024-01-01", "2024-01-03"):
        store(manager, day, partition_key=day)
    with caplog.at_level(logging.WARNING, "dagster"):
        loaded = load(manager, **THREE_DAYS, **MISSING_ALLOWED)
    assert loaded == {"2024-01-01": "2024-01-01", "2024-01-03": "2024-01-03"}
    assert "2024-01-02" in caplog.text


@pytest.mark.parametrize("kind", [TextFiles, AsyncTextFiles])
def test_a_missing_partition_is_named_by_the_error(tmp_path, kind):
    manager = kind(UPath(tmp_path))
    store(manager, "x", partition_key="2024-01-01")
    with pytest.raises(DagsterAssetValueNotFoundError, match="2024-01-02"):
        load(manager, **THREE_DAYS)


def test_one_partition_loads_as_its_value_and_from_async_code_as_a_dict(tmp_path):
    store(TextFiles(UPath(tmp_path)), "x", partition_key="2024-01-01")
    assert load(TextFiles(UPath(tmp_path)), partition_key="2024-01-01") == "x"
    assert load(AsyncTextFiles(UPath(tmp_path)), partition_key="2024-01-01") == {"2024-01-01": "x"}


def test_async_code_loads_a_value_also_inside_of_a_running_event_loop(tmp_path):
    store(TextFiles(UPath(tmp_path)), "x")

    async def notebook():
        return load(AsyncTextFiles(UPath(tmp_path)))

    assert load(AsyncTextFiles(UPath(tmp_path))) == "x"
    assert asyncio.run(notebook()) == "x"


def test_a_subclass_may_name_paths_in_its_own_way(tmp_path):
    class Flat(TextFiles):
        def get_asset_relative_path(self, context):
            return UPath("_".join(context.asset_key.path))

        def get_path_for_partition(self, context, path, partition):
            return path / f"day={partition}"

    manager = Flat(UPath(tmp_path))
    store(manager, "x", key=["sales", "orders"], partition_key="2024-01-01")
    assert (tmp_path / "sales_orders" / "day=2024-01-01.txt").read_text() == "x"
    with pytest.raises(ValueError, match="cannot be stored"):
        store(manager, "x", key=["..", "orders"])


def test_the_value_of_an_asset_that_is_now_partitioned_makes_way(tmp_path):
    class NoExtension(TextFiles):
        extension = None

    manager = NoExtension(UPath(tmp_path))
    store(manager, "whole")
    store(manager, "part", partition_key="2024-01-01")
    assert load(manager, partition_key="2024-01-01") == "part"


def test_another_error_of_the_loading_code_passes_unchanged(tmp_path):
    class Broken(TextFiles):
        def load_from_path(self, context, path):
            raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        load(Broken(UPath(tmp_path)))


def test_the_file_system_is_that_of_the_base_path(tmp_path):
    assert TextFiles(UPath(tmp_path)).fs.exists(os.fspath(tmp_path))
