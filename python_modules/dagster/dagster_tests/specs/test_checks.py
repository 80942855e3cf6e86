import pytest

from dagster import AssetCheckKey, AssetCheckSpec, AssetKey, AssetSpec
from dagster.errors import DagsterInvalidDefinitionError


def test_a_check_is_named_by_asset_and_name() -> None:
    spec = AssetCheckSpec("c", asset=AssetSpec(["p", "a"]))
    assert spec.key == AssetCheckKey(AssetKey(["p", "a"]), "c")
    assert spec.get_python_identifier() == "p__a_c"


def test_the_asset_itself_is_no_additional_dependency() -> None:
    spec = AssetCheckSpec("c", asset="a", additional_deps=["a", "b"])
    assert [dep.asset_key for dep in spec.additional_deps] == [AssetKey("b")]


def test_the_name_of_a_check_is_a_name() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid name"):
        AssetCheckSpec("a b", asset="a")


def test_the_rest_stays_when_something_is_replaced() -> None:
    spec = AssetCheckSpec("c", asset="a", description="d", blocking=True, additional_deps=["b"], metadata={"m": 1})
    moved = spec.replace_key(AssetCheckKey(AssetKey("z"), "y"))
    assert (moved.name, moved.asset_key, moved.description, moved.blocking) == ("y", AssetKey("z"), "d", True)
    assert spec.with_metadata({"n": 2}).metadata == {"n": 2}
    assert spec.with_metadata({"m": 1}) == spec
