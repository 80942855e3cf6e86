from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dagster.execution.machines import ReadySteps, StepState
from dagster.planning.steps import ExecutionPlan
from dagster_tests.planning.plans import made, plan_of

OPEN = {StepState.WAITING, StepState.READY, StepState.RUNNING, StepState.WAITING_FOR_RETRY}
ENDED = {StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED, StepState.ABANDONED}


def run(
    plan: ExecutionPlan, *, fail: Iterable[str] = (), without_output: Iterable[str] = ()
) -> tuple[list[str], dict[str, StepState]]:
    """Runs the plan one step at a time; gives the order of the steps and where each ended."""
    ready = ReadySteps(plan)
    order: list[str] = []
    while (step := ready.next_ready()) is not None:
        order.append(step.key)
        if step.key in fail:
            ready.failed(step)
        else:
            ready.succeeded(step, set() if step.key in without_output else {"result"})
    assert not any(state in OPEN for state in ready.states)
    return order, {step.key: ready.states[step.position] for step in plan.steps}


@st.composite
def plans(draw: st.DrawFn) -> ExecutionPlan:
    """Plans in which each step loads or only waits for some of those before it, defined in any order."""
    size = draw(st.integers(1, 9))
    assets: list[Any] = []
    for number in range(size):
        before = [f"s{each}" for each in range(number)]
        loaded = draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else []
        deps = draw(st.lists(st.sampled_from(before), unique=True, max_size=2)) if before else []
        assets.append(made(f"s{number}", " ".join(loaded), deps=deps, output_required=False))
    return plan_of(*draw(st.permutations(assets)))


def some_of(plan: ExecutionPlan) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from([step.key for step in plan.steps]), max_size=3)


@given(st.data())
def test_every_step_ends_in_exactly_one_state_and_for_a_reason(data: st.DataObject) -> None:
    plan = data.draw(plans())
    fail, without = data.draw(some_of(plan)), data.draw(some_of(plan))
    order, states = run(plan, fail=fail, without_output=without)
    assert set(states.values()) <= ENDED
    assert len(order) == len(set(order))
    for step in plan.steps:
        assert states[step.key] is expected_state(step, plan, states, fail, without)


def expected_state(
    step: Any, plan: ExecutionPlan, states: Mapping[str, StepState], fail: set[str], without: set[str]
) -> StepState:
    """What must become of a step, said from what became of those that it waits for."""
    upstream = {plan.steps[each].key for each in step.waits_for}
    if any(states[key] in (StepState.FAILED, StepState.ABANDONED) for key in upstream):
        return StepState.ABANDONED
    if any(states[key] is StepState.SKIPPED or key in without for key in upstream):
        return StepState.SKIPPED
    return StepState.FAILED if step.key in fail else StepState.SUCCEEDED


@given(st.data())
def test_a_step_begins_after_everything_that_it_waits_for(data: st.DataObject) -> None:
    plan = data.draw(plans())
    order, _ = run(plan, fail=data.draw(some_of(plan)))
    place = {key: number for number, key in enumerate(order)}
    for step in plan.steps:
        if step.key in place:
            assert all(place[plan.steps[each].key] < place[step.key] for each in step.waits_for)


@given(st.data())
def test_many_at_once_end_as_one_after_the_other(data: st.DataObject) -> None:
    plan = data.draw(plans())
    fail, without = data.draw(some_of(plan)), data.draw(some_of(plan))
    ready = ReadySteps(plan)
    running: list[Any] = []
    while any(state in OPEN for state in ready.states):
        while (step := ready.next_ready()) is not None:
            running.append(step)
        step = running.pop(data.draw(st.integers(0, len(running) - 1)))
        if step.key in fail:
            ready.failed(step)
        else:
            ready.succeeded(step, set() if step.key in without else {"result"})
    assert {step.key: ready.states[step.position] for step in plan.steps} == run(plan, fail=fail, without_output=without)[1]


def test_steps_that_become_ready_together_are_sorted() -> None:
    order, _ = run(plan_of(made("z"), made("d", "z"), made("c", "z"), made("b"), made("a", "b")))
    assert order == ["b", "z", "a", "c", "d"]


def test_what_lies_below_a_failure_is_abandoned_and_the_rest_runs() -> None:
    order, states = run(plan_of(made("a"), made("b", "a"), made("c", "b"), made("z")), fail=["a"])
    assert order == ["a", "z"]
    assert (states["b"], states["c"], states["z"]) == (StepState.ABANDONED, StepState.ABANDONED, StepState.SUCCEEDED)


def test_a_run_that_ends_early_gives_up_what_is_ready_or_waits() -> None:
    ready = ReadySteps(plan_of(made("a"), made("b"), made("c", "a")))
    first = ready.next_ready()
    assert first is not None
    ready.break_off(is_failure=False)
    assert ready.next_ready() is None
    assert not ready.is_done
    ready.failed(first)
    assert ready.is_done
    assert ready.keys_in(StepState.ABANDONED) == ["b", "c"]


def test_what_lies_below_an_output_that_was_not_given_is_skipped() -> None:
    order, states = run(plan_of(made("a", output_required=False), made("b", "a"), made("c", "b")), without_output=["a"])
    assert order == ["a"]
    assert (states["b"], states["c"]) == (StepState.SKIPPED, StepState.SKIPPED)


def test_a_failure_counts_more_than_a_skip() -> None:
    plan = plan_of(made("a", output_required=False), made("b"), made("c", "a b"))
    assert run(plan, fail=["b"], without_output=["a"])[1]["c"] is StepState.ABANDONED


def test_what_will_not_run_is_told_at_once_with_its_cause() -> None:
    ready = ReadySteps(plan_of(made("a"), made("b", "a"), made("c", "b")))
    first = ready.next_ready()
    assert first is not None
    settled = ready.failed(first)
    assert [(each.step.key, each.state, each.because_of) for each in settled] == [
        ("b", StepState.ABANDONED, ("a",)),
        ("c", StepState.ABANDONED, ("b",)),
    ]


def test_a_skip_names_the_output_that_is_missing() -> None:
    ready = ReadySteps(plan_of(made("a", output_required=False), made("b", "a")))
    first = ready.next_ready()
    assert first is not None
    assert [each.because_of for each in ready.succeeded(first, set())] == [("a.result",)]


def test_nothing_is_ready_while_what_it_waits_for_runs() -> None:
    ready = ReadySteps(plan_of(made("a"), made("b", "a")))
    assert ready.next_ready() is not None
    assert ready.next_ready() is None
    assert ready.states == [StepState.RUNNING, StepState.WAITING]


def test_an_empty_plan_has_nothing_ready() -> None:
    assert ReadySteps(plan_of(made("a"), selection=[])).next_ready() is None


# --- retries ---------------------------------------------------------------------------------------------------------


def test_a_step_without_a_pause_comes_after_what_is_ready():
    ready = ReadySteps(plan_of(made("a"), made("b"), made("c", "b")))
    first = ready.next_ready(0)
    assert first is not None
    ready.will_retry(first, due=0)
    second = ready.next_ready(0)
    assert second is not None
    ready.succeeded(second, {"result"})
    assert ["a", "c"] == [step.key for step in (ready.next_ready(0), ready.next_ready(0)) if step is not None]


def test_a_step_waits_until_it_is_due():
    ready = ReadySteps(plan_of(made("a")))
    step = ready.next_ready(0)
    assert step is not None
    ready.will_retry(step, due=10)
    assert (None, 10, StepState.WAITING_FOR_RETRY) == (ready.next_ready(9), ready.next_due(), ready.states[0])
    assert step is ready.next_ready(10)
    assert ready.next_due() is None


def test_the_step_that_is_due_first_comes_first():
    ready = ReadySteps(plan_of(made("a"), made("b")))
    for due in (20, 10):
        step = ready.next_ready(0)
        assert step is not None
        ready.will_retry(step, due)
    assert 10 == ready.next_due()
    assert ["b", "a"] == [step.key for step in (ready.next_ready(30), ready.next_ready(30)) if step is not None]
