import time
from typing import Any

import pytest

from dagster.automation.contexts import AutomationContext, AutomationResult
from dagster.automation.cursors import AutomationCursor
from dagster.automation.evaluations import evaluate_tick, evaluated
from dagster.automation.ticks import Tick
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterUserCodeExecutionError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.fixed_windows import DailyPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.runs.statuses import DagsterRunStatus
from dagster.specs.assets import AssetSpec
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.checks import AssetCheckSpec
from dagster_tests.automation.histories_for_tests import BEGIN, Clockwork, Past, graph_of

LETTERS = StaticPartitionsDefinition(["x", "y", "z"])
EAGER = AutomationCondition.eager()


def made(condition: Any = None, name: str = "made", **options: Any) -> AssetSpec:
    return AssetSpec(name, automation_condition=condition, **options)


def test_eager_assets_follow_what_they_depend_on_in_one_evaluation() -> None:
    clockwork = Clockwork(AssetSpec("raw"), made(EAGER, deps=["raw"]), made(EAGER, "report", deps=["made"]))
    assert clockwork.tick() == {}
    clockwork.past.make("raw")
    assert clockwork.tick() == {"made": True, "report": True}
    assert clockwork.tick() == {}


def test_an_eager_asset_waits_for_what_is_missing_or_in_progress() -> None:
    clockwork = Clockwork(AssetSpec("raw"), AssetSpec("other"), made(EAGER, deps=["raw", "other"]))
    clockwork.tick()
    clockwork.past.make("raw")
    assert clockwork.tick() == {}
    clockwork.past.make("other")
    clockwork.past.plan("other")
    assert clockwork.tick() == {}
    clockwork.past.make("other")
    assert clockwork.tick() == {"made": True}


def test_an_update_after_the_tick_of_a_cron_string_counts_although_both_are_seen_together() -> None:
    condition = AutomationCondition.on_cron("*/2 * * * *")
    clockwork = Clockwork(AssetSpec("raw"), made(condition, deps=["raw"]))
    clockwork.tick()
    clockwork.tick()
    last_tick = BEGIN.replace(minute=32, second=0).timestamp()
    clockwork.past.make("raw", at=last_tick - 1)
    assert clockwork.tick() == {}
    clockwork.past.make("raw", at=last_tick + 1)
    assert clockwork.tick() == {"made": True}


def test_partitions_are_asked_for_one_by_one() -> None:
    clockwork = Clockwork(
        AssetSpec("raw", partitions_def=LETTERS),
        made(AutomationCondition.any_deps_updated(), deps=["raw"], partitions_def=LETTERS),
    )
    clockwork.tick()
    clockwork.past.make("raw", "x")
    clockwork.past.make("raw", "z")
    clockwork.past.make("raw", "gone")
    assert clockwork.tick() == {"made": ["x", "z"]}
    assert clockwork.tick() == {}


def test_partitions_that_are_gone_are_forgotten() -> None:
    condition = AutomationCondition.missing().since(AutomationCondition.execution_failed())
    clockwork = Clockwork(made(condition, partitions_def=LETTERS))
    assert clockwork.tick() == {"made": ["x", "y", "z"]}
    clockwork.graph = graph_of([made(condition, partitions_def=StaticPartitionsDefinition(["w", "x"]))])
    assert clockwork.tick() == {"made": ["w", "x"]}
    clockwork.graph = graph_of([made(condition & AutomationCondition.initial_evaluation())])
    assert clockwork.tick() == {"made": True}


@pytest.mark.parametrize(
    ("status", "in_progress", "failed"),
    [
        (DagsterRunStatus.QUEUED, True, False),
        (DagsterRunStatus.STARTED, True, False),
        (DagsterRunStatus.FAILURE, False, True),
        (DagsterRunStatus.CANCELED, False, False),
        (DagsterRunStatus.SUCCESS, False, False),
    ],
)
def test_a_run_that_was_to_make_it_says_where_it_stands(status: DagsterRunStatus, in_progress: bool, failed: bool) -> None:
    for condition, expected in [
        (AutomationCondition.in_progress(), in_progress),
        (AutomationCondition.execution_failed(), failed),
    ]:
        clockwork = Clockwork(made(condition), made(condition, "parts", partitions_def=LETTERS))
        clockwork.past.plan("made", status=status)
        clockwork.past.plan("parts", "y", status=status)
        assert clockwork.tick() == ({"made": True, "parts": ["y"]} if expected else {})


def test_a_check_says_nothing_any_more_once_its_asset_is_made_again() -> None:
    key = AssetCheckKey(AssetKey("raw"), "good")
    conditions = {
        "failed": AutomationCondition.any_checks_match(AutomationCondition.check_failed()),
        "passed": AutomationCondition.all_checks_match(AutomationCondition.check_passed(), blocking_only=True),
        "absent": AutomationCondition.any_checks_match(AutomationCondition.missing()),
    }
    below = [made(AutomationCondition.any_deps_match(each), name, deps=["raw"]) for name, each in conditions.items()]
    clockwork = Clockwork(AssetSpec("raw"), *below, checks=[AssetCheckSpec("good", asset="raw", blocking=True)])
    assert clockwork.tick() == {"absent": True}
    clockwork.past.make("raw")
    clockwork.past.check(key, passed=False)
    assert clockwork.tick() == {"failed": True}
    clockwork.past.check(key, passed=True)
    assert clockwork.tick() == {"passed": True}
    clockwork.past.make("raw")
    assert clockwork.tick() == {"absent": True}


def test_a_check_has_a_condition_of_its_own() -> None:
    check = AssetCheckSpec("good", asset="raw", automation_condition=AutomationCondition.any_deps_updated())
    clockwork = Clockwork(AssetSpec("raw"), checks=[check])
    clockwork.tick()
    clockwork.past.make("raw")
    assert clockwork.tick() == {"raw:good": True}


def test_a_condition_of_a_user_that_lies_is_named() -> None:
    class Lying(AutomationCondition[Any]):
        def evaluate(self, context: AutomationContext) -> Any:
            return context.candidate_subset

    with pytest.raises(DagsterUserCodeExecutionError, match='the condition Lying for "made"') as raised:
        Clockwork(made(Lying())).tick()
    assert "returns an AutomationResult" in str(raised.value.__cause__)


def test_a_result_is_made_of_subsets() -> None:
    class Wrong(AutomationCondition[Any]):
        def evaluate(self, context: AutomationContext) -> Any:
            return AutomationResult(context, True)  # pyright: ignore[reportArgumentType] - what is tested

    with pytest.raises(DagsterUserCodeExecutionError) as raised:
        Clockwork(made(Wrong())).tick()
    assert isinstance(raised.value.__cause__, CheckError)


def test_a_condition_of_a_user_may_ask_others() -> None:
    class Unless(AutomationCondition[Any]):
        def evaluate(self, context: AutomationContext) -> AutomationResult:
            missing = AutomationCondition.missing().evaluate(context)
            return AutomationResult(context, missing.true_subset)

    assert Clockwork(made(Unless())).tick() == {"made": True}


@pytest.mark.parametrize(
    "condition",
    [
        AutomationCondition.asset_matches("nowhere", AutomationCondition.missing()),
        AutomationCondition.any_job_root_assets_match(AutomationCondition.missing()),
    ],
)
def test_what_cannot_be_asked_is_refused(condition: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"does not exist|is none"):
        Clockwork(made(condition)).tick()


def test_the_parts_of_a_result_are_there_when_asked_for() -> None:
    clockwork = Clockwork(made(EAGER))
    tick = Tick(clockwork.graph, [], Past(), BEGIN, AutomationCursor(), evaluated, keeps_parts=True)
    [result] = evaluate_tick(tick).results
    parts = [part.condition.get_label() or part.condition.name for part in result.child_results]
    assert parts[:2] == ["in_latest_time_window", "SINCE"]
    assert clockwork.evaluation().results[0].child_results == ()


def test_virtual_assets_are_looked_through() -> None:
    condition = AutomationCondition.any_deps_match(AutomationCondition.newly_updated()).resolve_through_virtual()
    clockwork = Clockwork(
        AssetSpec("raw"),
        AssetSpec("view", deps=["raw"], is_virtual=True),
        made(condition, deps=["view"]),
    )
    clockwork.tick()
    clockwork.past.make("raw")
    assert clockwork.tick() == {"made": True}


def test_two_thousand_conditions_are_evaluated_in_less_than_a_second() -> None:
    days = DailyPartitionsDefinition("2014-01-01")
    specs = [
        AssetSpec(
            f"a{number}",
            deps=[f"a{parent}" for parent in {number - 1, number // 2} if 0 <= parent < number],
            automation_condition=AutomationCondition.eager(),
            partitions_def=days if number % 2 else None,
        )
        for number in range(2000)
    ]
    clockwork = Clockwork(*specs)
    clockwork.tick()
    clockwork.past.make("a0")
    before = time.process_time()
    clockwork.evaluation()
    assert time.process_time() - before < 1
