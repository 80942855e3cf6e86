import pytest

from dagster.define.asset_checks import AssetChecksDefinition, asset_check, multi_asset_check
from dagster.define.assets import asset
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.check_factories import build_metadata_bounds_checks
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError
from dagster.events.asset_events import AssetCheckResult
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.plans import plan_assets
from dagster.specs.checks import AssetCheckSpec


def made(name: str, *deps: str) -> AssetsDefinition:
    return asset(lambda: None, name=name, deps=list(deps))


def check(name: str, on: str, *, blocking: bool = False, deps: tuple[str, ...] = ()) -> AssetChecksDefinition:
    return asset_check(asset=on, name=name, blocking=blocking, additional_deps=deps)(lambda: AssetCheckResult(passed=True))


def waits(project: Project) -> dict[str, list[str]]:
    steps = plan_assets(project, project.graph.materializable_asset_keys).steps
    return {step.key: [steps[position].key for position in step.waits_for] for step in steps}


def test_a_check_waits_for_its_asset_and_nobody_for_the_check() -> None:
    project = Project(assets=[made("a"), made("b", "a")], asset_checks=[check("good", "a", deps=("b",))])
    assert waits(project) == {"a": [], "b": ["a"], "a_good": ["a", "b"]}


def test_what_is_downstream_waits_for_blocking_checks() -> None:
    project = Project(assets=[made("a"), made("b", "a"), made("c", "b")], asset_checks=[check("good", "a", blocking=True)])
    assert waits(project) == {"a": [], "b": ["a", "a_good"], "c": ["b"], "a_good": ["a"]}


def test_a_blocking_check_that_reads_what_is_downstream_does_not_stop_it() -> None:
    project = Project(
        assets=[made("a"), made("b", "a"), made("c", "b")], asset_checks=[check("good", "a", blocking=True, deps=("b",))]
    )
    assert waits(project) == {"a": [], "b": ["a"], "c": ["b"], "a_good": ["a", "b"]}


def test_a_function_with_several_checks_executes_some_only_where_it_can() -> None:
    specs = [AssetCheckSpec("one", asset="a"), AssetCheckSpec("two", asset="b")]
    key = AssetCheckKey(AssetKey("a"), "one")
    for can_subset in (True, False):
        several = multi_asset_check(specs=specs, can_subset=can_subset)(_several)
        project = Project(assets=[made("a"), made("b")], asset_checks=[several])
        if can_subset:
            [step] = plan_assets(project, set(), checks={key}).steps
            assert [output.check.key for output in step.outputs if output.check is not None] == [key]
        else:
            with pytest.raises(DagsterInvalidSubsetError, match=r"a:one are executed together with b:two"):
                plan_assets(project, set(), checks={key})


def _several() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


def test_ready_made_checks_are_steps_behind_their_asset() -> None:
    ready_made = build_metadata_bounds_checks(assets=["a"], metadata_key="rows", min_value=1)
    assert waits(Project(assets=[made("a")], asset_checks=ready_made)) == {"a": [], ready_made[0].op.name: ["a"]}
