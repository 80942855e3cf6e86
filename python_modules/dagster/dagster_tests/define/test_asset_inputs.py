import pytest

from dagster import AssetIn, AssetKey, AssetSpec, asset
from dagster.errors import DagsterInvalidDefinitionError
from dagster.partitions.mappings import LastPartitionMapping


def test_an_argument_is_the_asset_of_its_name() -> None:
    assert AssetIn().resolve_key("orders") == AssetKey("orders")


def test_a_prefix_goes_before_the_name() -> None:
    assert AssetIn(key_prefix=["raw", "eu"]).resolve_key("orders") == AssetKey(["raw", "eu", "orders"])


def test_a_key_stands_for_itself() -> None:
    assert AssetIn(["raw", "orders"]).resolve_key("anything") == AssetKey(["raw", "orders"])


def test_anything_with_a_key_is_a_key() -> None:
    assert AssetIn(AssetSpec("orders")).key == AssetKey("orders")  # pyright: ignore[reportArgumentType]
    assert AssetIn(asset(name="orders")(lambda: 1)).key == AssetKey("orders")  # pyright: ignore[reportArgumentType]


def test_key_and_prefix_contradict_each_other() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not both"):
        AssetIn(key="orders", key_prefix="raw")


def test_what_is_no_asset_in_becomes_its_key() -> None:
    given = AssetIn("orders")
    assert AssetIn.from_coercible(given) is given
    assert AssetIn.from_coercible("orders") == given


def test_an_in_carries_what_loads_the_value() -> None:
    given = AssetIn("x", {"columns": ["n"]}, input_manager_key="db", dagster_type=int)
    definition = asset(name="y", ins={"a": given})(lambda a: 1)
    declared = definition.op.input_named("a")
    assert (declared.metadata, declared.input_manager_key, declared.annotation) == ({"columns": ["n"]}, "db", int)
    assert definition.required_resource_keys == {"db", "io_manager"}


def test_a_mapping_belongs_to_the_edge() -> None:
    mapping = LastPartitionMapping()
    definition = asset(name="y", ins={"a": AssetIn("x", partition_mapping=mapping)})(lambda a: 1)
    assert definition.get_asset_spec().partition_mappings == {AssetKey("x"): mapping}
