import pytest

from dagster import AssetKey, DataVersion, Definitions, IOManager, SourceAsset, asset, observable_source_asset
from dagster.errors import CheckError, DagsterInvalidDefinitionError


class Shelf(IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return 1


def test_a_source_asset_is_an_external_asset_of_the_project():
    defs = Definitions(
        assets=[SourceAsset("s", group_name="g", metadata={"m": 1}, io_manager_key="shelf")], resources={"shelf": 1}
    )
    spec = defs.resolve_assets_def("s").get_asset_spec()
    assert ("g", {"m": 1, "dagster/io_manager_key": "shelf"}) == (spec.group_name, spec.metadata)
    assert {AssetKey("s")} == defs.resolve_asset_graph().external_asset_keys


def test_an_io_manager_of_its_own_comes_with_it():
    source = SourceAsset("s", io_manager_def=Shelf())
    assert {"s__io_manager"} == set(source.resource_defs)
    assert "s__io_manager" == source.get_io_manager_key()


def test_the_io_manager_that_loads_it_has_to_be_there():
    with pytest.raises(DagsterInvalidDefinitionError, match="'shelf'"):
        Definitions.validate_loadable(Definitions(assets=[SourceAsset("s", io_manager_key="shelf")]))


def test_it_has_one_group():
    assert "g" == SourceAsset("s").with_attributes(group_name="g").group_name
    with pytest.raises(DagsterInvalidDefinitionError, match="already has group name g"):
        SourceAsset("s", group_name="g").with_attributes(group_name="h")


def test_without_a_function_nothing_observes_it():
    with pytest.raises(CheckError, match="no observe function"):
        _ = SourceAsset("s").op


def test_the_function_keeps_its_name_and_place():
    @observable_source_asset(key_prefix="p")
    def watched():
        return DataVersion("1")

    assert (AssetKey(["p", "watched"]), "p__watched") == (watched.key, watched.op.name)
    assert watched.op.place.rpartition(":")[0].endswith("test_source_assets.py")


def test_an_asset_may_stand_for_itself_in_another_project():
    @asset(io_manager_key="shelf", group_name="g", tags={"a": "b"})
    def made(): ...

    source = made.to_source_asset()
    assert ("shelf", "g", {"a": "b"}) == (source.io_manager_key, source.group_name, source.tags)
