from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from dagster import AssetKey, AssetSpec, asset, load_assets_from_modules, sensor
from dagster.define.asset_calls import calls_of
from dagster.define.projects import Project
from dagster.errors import CheckError, CircularDependencyError, DagsterInvalidDefinitionError, DagsterInvalidSubsetError


def made(name: str, function: Callable[..., Any] = lambda: 1, **options: Any) -> Any:
    return asset(name=name, **options)(function)


def keys(*names: str) -> set[AssetKey]:
    return {AssetKey.from_user_string(name) for name in names}


def test_the_same_object_counts_once() -> None:
    a, spec = made("a"), AssetSpec("b")
    assert len(Project(assets=[a, a, spec, spec, AssetSpec("b")]).definitions) == 2


def test_two_definitions_of_one_key_are_a_problem_with_both_places() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"Duplicate asset key: AssetKey\(\['a'\]\)") as caught:
        Project(assets=[made("a"), asset(name="a")(lambda: 2)])
    assert str(caught.value).count(f"{__file__}:") == 2


def test_every_duplicate_is_named() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="2 problems") as caught:
        Project(assets=[made(name) for name in "abab"])
    assert "['a']" in str(caught.value)
    assert "['b']" in str(caught.value)


def test_two_keys_may_not_give_one_step() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="'x__a'"):
        Project(assets=[made("a", key_prefix="x"), made("x__a", lambda: 2)])


def test_one_function_under_two_keys_gives_two_steps() -> None:
    upper = made("upper")
    module = ModuleType("shop")
    module.upper = upper  # pyright: ignore[reportAttributeAccessIssue]
    project = Project(assets=[upper, *load_assets_from_modules([module], key_prefix="pre")])
    calls = calls_of(project, keys("upper", "pre/upper"))
    assert {"pre/upper": "upper", "upper": "upper_2"} == {next(iter(call.keys)).to_user_string(): call.step_key for call in calls}


def test_what_is_no_asset_is_refused() -> None:
    with pytest.raises(CheckError, match="Got 3"):
        Project(assets=[3])


@pytest.mark.parametrize("key", ["a b", "", "a-b"])
def test_keys_of_resources_are_names_of_attributes(key: str) -> None:
    with pytest.raises(CheckError, match="valid Python identifier"):
        Project(resources={key: 1})


def test_assets_that_wait_for_each_other_are_shown() -> None:
    with pytest.raises(CircularDependencyError, match=r"a -> b -> a|b -> a -> b"):
        Project(assets=[made("a", lambda b: 1), made("b", lambda a: 1)])


def test_a_dependency_without_argument_may_be_unknown() -> None:
    project = Project(assets=[made("a", deps=["nowhere"])])
    assert not project.graph.get(AssetKey("nowhere")).is_executable


def test_a_name_without_prefix_means_the_asset_beside_it() -> None:
    project = Project(assets=[made("a", key_prefix="p"), made("b", lambda a: 1, key_prefix="p")])
    assert project.graph.get_parents(AssetKey(["p", "b"])) == keys("p/a")
    assert project.definitions[1].op.inputs[0].asset_key == AssetKey(["p", "a"])


def test_definitions_of_assets_come_once_and_without_external_ones() -> None:
    a, b = made("a"), made("b", lambda a: 1)
    project = Project(assets=[b, a, AssetSpec("c")])
    assert project.definitions_of(keys("a", "b", "c")) == [b, a]


def test_resources_of_the_project_win_over_those_of_an_asset() -> None:
    project = Project(assets=[made("a", resource_defs={"db": 1, "lake": 2})], resources={"db": 3})
    assert project.all_resources == {"db": 3, "lake": 2}


def test_two_assets_bring_one_resource_only_if_it_is_the_same() -> None:
    shared = object()
    same = Project(assets=[made("a", resource_defs={"db": shared}), made("b", resource_defs={"db": shared})])
    assert same.all_resources == {"db": shared}
    other = Project(assets=[made("a", resource_defs={"db": object()}), made("b", resource_defs={"db": object()})])
    with pytest.raises(DagsterInvalidDefinitionError, match='key "db"'):
        _ = other.all_resources


def test_the_project_settles_which_of_two_resources_counts() -> None:
    assets = [made("a", resource_defs={"db": object()}), made("b", resource_defs={"db": object()})]
    assert Project(assets=assets, resources={"db": 1}).all_resources["db"] == 1


def test_the_default_io_manager_is_always_there() -> None:
    assert Project(assets=[made("a")]).resource_problems() == []


def test_every_missing_resource_is_a_problem_with_its_place() -> None:
    problems = Project(assets=[made("a", required_resource_keys={"x", "y"}), AssetSpec("b")]).resource_problems()
    assert [problem.place.startswith(f"{__file__}:") for problem in problems] == [True, True]


def test_everything_that_can_be_made_is_selected_by_default() -> None:
    project = Project(assets=[made("a"), made("b", deps=["c"]), AssetSpec("d")])
    assert project.selected(None) == keys("a", "b")


def test_what_no_run_can_make_is_left_out_of_a_selection() -> None:
    project = Project(assets=[made("a", deps=["c"]), AssetSpec("b")])
    assert project.selected(["a", "b", "c"]) == keys("a")
    assert project.selected(["a", "b", "c"], executable_only=False) == keys("a", "b", "c")


def test_a_selection_names_what_is_there() -> None:
    with pytest.raises(DagsterInvalidSubsetError, match="nowhere"):
        Project(assets=[made("a")]).selected(["nowhere"])


def test_what_a_sensor_targets_is_that_of_the_project_also_when_a_loader_changed_it() -> None:
    @asset
    def orders() -> None: ...

    @sensor(target=[orders])
    def files() -> None: ...

    module = ModuleType("shop")
    module.orders = orders  # pyright: ignore[reportAttributeAccessIssue]
    loaded = load_assets_from_modules([module], group_name="raw")
    assert [spec.group_name for spec in Project(assets=loaded, sensors=[files]).graph.specs] == ["raw"]
    assert len(Project(sensors=[files]).graph.specs) == 1
    with pytest.raises(DagsterInvalidDefinitionError, match="Duplicate"):
        Project(assets=[asset(name="orders")(lambda: 1)], sensors=[files])
