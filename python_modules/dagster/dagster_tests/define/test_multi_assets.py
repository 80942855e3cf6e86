from typing import Any

import pytest

from dagster import AssetCheckSpec, AssetDep, AssetIn, AssetKey, AssetOut, AssetSpec, MaterializeResult, multi_asset
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError


def _deps(definition: Any) -> dict[str, list[str]]:
    return {spec.key.to_user_string(): sorted(dep.asset_key.to_user_string() for dep in spec.deps) for spec in definition.specs}


def _nothing(): ...


def _two():
    return 1, 2


# --- specs -----------------------------------------------------------------------------------------------------------


def test_each_spec_is_an_output_without_a_value():
    definition = multi_asset(specs=[AssetSpec("a"), AssetSpec(["x", "b"])])(_nothing)
    assert {"a": AssetKey("a"), "x__b": AssetKey(["x", "b"])} == definition.keys_by_output_name
    assert not any(output.is_stored for output in definition.op.outputs)


def test_dependencies_on_each_other_are_no_inputs():
    definition = multi_asset(specs=[AssetSpec("a"), AssetSpec("b", deps=["a", "u"])])(_nothing)
    assert {"u": AssetKey("u")} == definition.keys_by_input_name


def test_what_all_have_in_common_is_said_once():
    definition = multi_asset(specs=[AssetSpec("a"), AssetSpec("b", code_version="own")], group_name="g", code_version="1")(
        _nothing
    )
    assert [("g", "1"), ("g", "own")] == [(spec.group_name, spec.code_version) for spec in definition.specs]


def test_in_parts_every_output_may_be_left_out():
    definition = multi_asset(specs=[AssetSpec("a")], can_subset=True, check_specs=[AssetCheckSpec("c", asset="a")])(_nothing)
    assert [False, False] == [output.is_required for output in definition.op.outputs]


def test_a_skippable_spec_may_be_left_out():
    definition = multi_asset(specs=[AssetSpec("a", skippable=True), AssetSpec("b")])(_nothing)
    assert [False, True] == [output.is_required for output in definition.op.outputs]


def test_an_argument_is_a_dependency_of_some_spec():
    with pytest.raises(DagsterInvalidDefinitionError, match='takes "u" as its argument "x"'):

        @multi_asset(specs=[AssetSpec("a")], ins={"x": AssetIn("u")})
        def made(x: Any) -> None: ...


def test_the_io_manager_of_a_spec_is_that_of_its_output():
    definition = multi_asset(specs=[AssetSpec("a").with_io_manager_key("shelf")])(_nothing)
    assert "shelf" == definition.get_io_manager_key_for_asset_key(AssetKey("a"))


# --- outs ------------------------------------------------------------------------------------------------------------


def test_an_output_depends_on_every_argument():
    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, deps=["w"])
    def made(u: Any, v: Any) -> tuple[int, int]:
        return 1, 2

    assert {"a": ["u", "v", "w"], "b": ["u", "v", "w"]} == _deps(made)


def test_an_output_depends_on_what_is_said_of_it():
    definition = multi_asset(
        outs={"a": AssetOut(), "b": AssetOut()},
        deps=[AssetDep("u")],
        internal_asset_deps={"a": {AssetKey("u")}, "b": {AssetKey("a")}},
    )(_two)
    assert {"a": ["u"], "b": ["a"]} == _deps(definition)


@pytest.mark.parametrize(
    ("internal", "words"),
    [
        ({"zz": {AssetKey("a")}}, "Invalid out key 'zz'"),
        ({"a": {AssetKey("zz")}}, "zz"),
        ({"b": {AssetKey("a")}}, "not specified in `internal_asset_deps`"),
    ],
)
def test_what_is_said_of_outputs_names_inputs_and_outputs(internal: Any, words: str):
    with pytest.raises(CheckError, match=words):
        multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, deps=["u"], internal_asset_deps=internal)(_two)


def test_an_output_has_the_entry_of_the_tuple_as_its_type():
    @multi_asset(outs={"a": AssetOut(), "b": AssetOut(dagster_type=float)})
    def made() -> tuple[int, str]:
        return 1, "x"

    assert ["Int", "Float"] == [output.dagster_type.display_name for output in made.op.outputs]


def test_several_outputs_are_returned_as_a_tuple():
    with pytest.raises(DagsterInvariantViolationError, match="non-tuple annotation"):

        @multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
        def made() -> int:
            return 1


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {"outs": {"b": AssetOut()}},
        {"deps": ["u"]},
        {"internal_asset_deps": {"a": {AssetKey("u")}}},
        {"check_specs": [AssetCheckSpec("c", asset="zz")]},
        {"check_specs": [AssetCheckSpec("c", asset="a")] * 2},
    ],
)
def test_specs_stand_alone(given: Any):
    with pytest.raises(DagsterInvalidDefinitionError):
        multi_asset(specs=[AssetSpec("a")], **given)(_nothing)


def test_the_group_is_said_once():
    with pytest.raises(CheckError, match='"a" has "h"'):
        multi_asset(specs=[AssetSpec("a", group_name="h")], group_name="g")(_nothing)


def test_specs_are_specs():
    with pytest.raises(CheckError, match="holds AssetSpec"):
        multi_asset(specs=["a"])(_nothing)  # pyright: ignore[reportArgumentType]
    with pytest.raises(CheckError, match="holds AssetOut"):
        multi_asset(outs={"a": MaterializeResult()})(_nothing)  # pyright: ignore[reportArgumentType]
