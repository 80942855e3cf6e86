import pytest
from upath import UPath

from dagster import AssetKey, AssetMaterialization, DagsterInstance, asset, materialize
from dagster.errors import DagsterInvalidInvocationError
from dagster.io.building import build_output_context
from dagster.io.upath import UPathIOManager
from dagster.partitions.static import StaticPartitionsDefinition

LETTERS = StaticPartitionsDefinition(["x", "y"])


class Folders(UPathIOManager):
    """A value is a folder of files."""

    def dump_to_path(self, context, obj, path):
        path.mkdir(exist_ok=True)
        (path / "part").write_text(obj)

    def load_from_path(self, context, path):
        return (path / "part").read_text()


@pytest.fixture
def instance():
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture(params=["local", "memory"])
def base(request, tmp_path):
    return UPath(tmp_path) if request.param == "local" else UPath(f"memory://{tmp_path.name}")


def made(base, instance, key, *, partition=None, value="v"):
    partitions = None if partition is None else LETTERS

    @asset(key=key, partitions_def=partitions)
    def made():
        return value

    materialize([made], instance=instance, resources={"io_manager": Folders(base)}, partition_key=partition)


def delete(base, instance, key, partition=None):
    partitions = {} if partition is None else {"partition_key": partition, "asset_partitions_def": LETTERS}
    context = build_output_context(asset_key=key, instance=instance, **partitions)
    Folders(base).delete_output(context)


def test_a_folder_that_is_the_value_is_removed(base, instance):
    made(base, instance, "a")
    assert (base / "a" / "part").read_text() == "v"
    delete(base, instance, "a")
    assert not (base / "a").exists()
    delete(base, instance, "a")


def test_the_folder_of_a_partition_is_removed_and_the_others_stay(base, instance):
    for partition in ("x", "y"):
        made(base, instance, "a", partition=partition)
    delete(base, instance, "a", "x")
    assert not (base / "a" / "x").exists()
    assert (base / "a" / "y" / "part").exists()


def test_a_folder_in_which_other_values_may_lie_stays(base, instance):
    made(base, instance, "a")
    instance.report_runless_asset_event(AssetMaterialization(AssetKey(["a", "b"])))
    with pytest.raises(DagsterInvalidInvocationError, match="may hold other values as well, as of a/b"):
        delete(base, instance, "a")
    assert (base / "a" / "part").exists()


def test_a_folder_of_partitions_is_not_taken_for_one_value(base, instance):
    made(base, instance, "a", partition="x")
    with pytest.raises(DagsterInvalidInvocationError, match="may hold other values"):
        delete(base, instance, "a")
    assert (base / "a" / "x" / "part").exists()


def test_without_an_instance_nobody_knows_what_lies_there(tmp_path, instance):
    made(UPath(tmp_path), instance, "a")
    with pytest.raises(DagsterInvalidInvocationError, match="may hold other values"):
        Folders(UPath(tmp_path)).delete_output(build_output_context(asset_key="a"))
