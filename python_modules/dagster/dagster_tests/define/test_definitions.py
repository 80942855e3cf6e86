from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetSelection,
    AssetSpec,
    Definitions,
    MetadataValue,
    ResourceParam,
    asset,
    define_asset_job,
    in_process_executor,
    multiprocess_executor,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError, ParameterCheckError


def made(name: str, function: Callable[..., Any] = lambda: 1, **options: Any) -> Any:
    return asset(name=name, **options)(function)


def test_nothing_is_a_project() -> None:
    defs = Definitions()
    Definitions.validate_loadable(defs)
    assert defs.resolve_all_asset_keys() == []


def test_assets_are_answered_in_the_order_of_definition_external_ones_last() -> None:
    defs = Definitions(assets=[made("b", deps=["unknown"]), AssetSpec("a")])
    assert defs.resolve_all_asset_keys() == [AssetKey("b"), AssetKey("a"), AssetKey("unknown")]
    assert [spec.key for spec in defs.resolve_all_asset_specs()] == defs.resolve_all_asset_keys()


def test_one_asset_is_found_by_its_key() -> None:
    orders = made("orders")
    defs = Definitions(assets=[orders])
    assert defs.get_assets_def("orders") is orders
    with pytest.raises(DagsterInvariantViolationError, match="ordres"):
        defs.resolve_assets_def("ordres")


@pytest.mark.parametrize("argument", ["assets", "jobs", "schedules", "sensors", "asset_checks"])
@pytest.mark.parametrize("given", ["text", 3, made("a")])
def test_lists_are_lists(argument: str, given: Any) -> None:
    with pytest.raises(ParameterCheckError, match=argument):
        Definitions(**{argument: given})


@pytest.mark.parametrize("given", ["orders", lambda: 1, None])
def test_an_asset_is_a_definition_or_a_spec(given: Any) -> None:
    with pytest.raises(CheckError, match="decorated with @asset"):
        Definitions(assets=[given])


def test_the_whole_is_checked_once_and_when_it_is_needed() -> None:
    defs = Definitions(assets=[made("a"), made("a")])
    with pytest.raises(DagsterInvalidDefinitionError, match="Duplicate asset key"):
        defs.resolve_asset_graph()


def test_a_project_that_holds_together_is_valid() -> None:
    def uses(database: ResourceParam[str]) -> None: ...

    defs = Definitions(assets=[asset(uses)], resources={"database": "url"}, jobs=[define_asset_job("j", ["uses"])])
    Definitions.validate_loadable(defs)


def test_a_missing_resource_is_a_problem_of_the_whole() -> None:
    defs = Definitions(assets=[made("a", required_resource_keys={"database"})], resources={"databse": 1})
    with pytest.raises(DagsterInvalidDefinitionError, match=r"key 'database' required by asset 'a'.*Close: 'databse'"):
        Definitions.validate_loadable(defs)


def test_a_missing_io_manager_is_called_so() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="io manager with key 'lake'"):
        Definitions.validate_loadable(Definitions(assets=[made("a", io_manager_key="lake")]))


def test_several_problems_are_told_at_once_each_with_its_place() -> None:
    defs = Definitions(
        assets=[made("a", required_resource_keys={"db"}), made("b", io_manager_key="lake")],
        jobs=[define_asset_job("j", AssetSelection.assets("nowhere"))],
    )
    with pytest.raises(DagsterInvalidDefinitionError) as caught:
        Definitions.validate_loadable(defs)
    sentence = str(caught.value)
    assert sentence.startswith("3 problems")
    assert "'db'" in sentence
    assert "'lake'" in sentence
    assert "nowhere" in sentence
    assert sentence.count(f"({__file__}:") == 2


def test_an_argument_that_nobody_makes_names_the_asset_and_what_to_do() -> None:
    defs = Definitions(assets=[made("total", lambda ordres: 1), made("orders")])
    with pytest.raises(DagsterInvalidDefinitionError) as caught:
        Definitions.validate_loadable(defs)
    assert "Close: 'orders'" in str(caught.value)
    assert 'asset "total"' in str(caught.value)
    assert f"{__file__}:" in str(caught.value)


def test_jobs_are_found_by_name() -> None:
    defs = Definitions(assets=[made("a")], jobs=[define_asset_job("nightly")])
    assert defs.get_job_def("nightly").name == "nightly"
    assert [job.name for job in defs.get_all_job_defs()] == ["__ASSET_JOB", "nightly"]
    assert defs.get_implicit_global_asset_job_def().name == "__ASSET_JOB"
    with pytest.raises(DagsterInvariantViolationError, match="Found: '__ASSET_JOB', 'nightly'"):
        defs.get_job_def("daily")


def test_two_jobs_have_two_names() -> None:
    defs = Definitions(assets=[made("a")], jobs=[define_asset_job("j"), define_asset_job("j", ["a"])])
    with pytest.raises(DagsterInvalidDefinitionError, match="'j'"):
        Definitions.validate_loadable(defs)


def test_merged_projects_declare_what_all_of_them_declare() -> None:
    first = Definitions(assets=[made("a")], resources={"db": 1}, metadata={"m": 1})
    second = Definitions(assets=[made("b", lambda a: 1)], jobs=[define_asset_job("j")], resources={"db": 1, "lake": 2})
    merged = Definitions.merge(first, second)
    assert merged.resolve_all_asset_keys() == [AssetKey("a"), AssetKey("b")]
    assert (merged.resources, merged.metadata) == ({"db": 1, "lake": 2}, {"m": MetadataValue.int(1)})
    assert merged.get_job_def("j").name == "j"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"resources": {"db": 1}}, {"resources": {"db": 2}}),
        ({"executor": in_process_executor}, {"executor": multiprocess_executor}),
    ],
)
def test_merged_projects_do_not_contradict_each_other(first: Any, second: Any) -> None:
    with pytest.raises(DagsterInvariantViolationError, match=r"different resources with same key 'db'|both have an executor"):
        Definitions.merge(Definitions(**first), Definitions(**second))


def test_merging_nothing_is_nothing() -> None:
    assert Definitions.merge().assets == []


def test_specs_are_replaced_in_definitions_and_external_assets() -> None:
    defs = Definitions(assets=[made("a"), AssetSpec("b")])
    mapped = defs.map_asset_specs(func=lambda spec: spec.replace_attributes(group_name="sales"))
    assert [spec.group_name for spec in mapped.resolve_all_asset_specs()] == ["sales", "sales"]
    assert [spec.group_name for spec in defs.resolve_all_asset_specs()] == ["default", "default"]


def test_specs_of_a_selection_are_replaced() -> None:
    defs = Definitions(assets=[made("a"), made("b"), AssetSpec("c")])
    mapped = defs.map_resolved_asset_specs(func=lambda spec: spec.merge_attributes(kinds={"table"}), selection=["b", "c"])
    assert [spec.kinds for spec in mapped.resolve_all_asset_specs()] == [set(), {"table"}, {"table"}]


def test_a_generator_of_assets_is_read_once() -> None:
    defs = Definitions(assets=(made(name) for name in "ab"))
    assert len(defs.resolve_all_asset_keys()) == len(defs.resolve_all_asset_keys()) == 2


def test_a_project_shows_what_it_holds() -> None:
    assert repr(Definitions(assets=[made("a")], resources={"db": 1})) == "Definitions(1 assets, 0 jobs, 1 resources)"
