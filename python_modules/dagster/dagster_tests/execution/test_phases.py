"""Steps that may fail, and steps that have their turn after the work, in the machine alone: nothing is executed."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster import DynamicOut, In, JobDefinition, Nothing, Out, graph, job, op
from dagster.execution.machines import ReadySteps, Settled, StepState
from dagster.planning.job_plans import plan_job
from dagster.planning.partial_plans import restricted
from dagster.planning.steps import ExecutionPlan, Step, StepPhase

S = StepState
OPEN = {S.WAITING, S.READY, S.RUNNING, S.WAITING_FOR_RETRY}


class Played:
    """What became of a plan when it was played: one step after another, without executing anything.

    Args:
        plan: the steps.
        fail: the keys of those that fail for good.
        without: of those that end well and give nothing.
        keys: of the values that dynamic outputs give.
        **options: of the machine.
    """

    def __init__(
        self,
        plan: ExecutionPlan | JobDefinition,
        fail: Iterable[str] = (),
        without: Iterable[str] = (),
        keys: Iterable[str] = (),
        **options: Any,
    ) -> None:
        self.ready = ReadySteps(plan_job(plan) if isinstance(plan, JobDefinition) else plan, **options)
        self.order: list[str] = []
        self.settled: list[Settled] = []
        while (step := self.ready.next_ready()) is not None:
            self.order.append(step.key)
            if step.key in fail:
                self.settled += self.ready.failed(step)
            else:
                outputs = {output.name for output in step.outputs} if step.key not in without else set[str]()
                mapped = {output.name: list(keys) for output in step.outputs if output.is_dynamic}
                self.settled += self.ready.succeeded(step, outputs, mapped)

    @property
    def states(self) -> dict[str, StepState]:
        return {step.key: self.ready.states[step.position] for step in self.ready.steps}


def noop(name: str, takes: Iterable[str] = (), waits: Iterable[str] = (), **options: Any) -> Any:
    """An op without anything in it."""
    ins = {**{each: In() for each in takes}, **{each: In(Nothing) for each in waits}, **options.pop("ins", {})}
    return op(name=name, ins=ins, **options)(lambda **_: None)


extract = noop("extract")
flaky = noop("flaky", allow_failure=True)
after = noop("after", waits=["done"])
takes = noop("takes", ["value"])
takes_or = noop("takes_or", ins={"value": In(default_value=None)})
takes_all = noop("takes_all", ins={"value": In(allow_failure=True)})
tell = noop("tell")
clean = noop("clean")


@job(on_failure=tell, finally_=clean)
def chain() -> None:
    takes(extract())


def test_without_a_failure_what_runs_on_failure_is_skipped_and_what_runs_always_runs_last() -> None:
    played = Played(chain)
    assert played.order == ["extract", "takes", "clean"]
    assert [(each.step.key, each.state, each.because_of) for each in played.settled] == [("tell", S.SKIPPED, ())]


def test_after_a_failure_what_runs_on_failure_runs_and_then_what_runs_always() -> None:
    played = Played(chain, fail=["extract"])
    assert played.order == ["extract", "tell", "clean"]
    assert played.ready.keys_in(S.FAILED) == ["extract"]


def test_what_runs_always_also_runs_after_a_failure_of_what_runs_on_failure() -> None:
    played = Played(chain, fail=["extract", "tell", "clean"])
    assert played.order == ["extract", "tell", "clean"]
    assert played.ready.keys_in(S.FAILED) == ["extract", "tell", "clean"]


def test_a_failure_of_what_runs_always_calls_nothing() -> None:
    assert Played(chain, fail=["clean"]).order == ["extract", "takes", "clean"]


@job(on_failure=[tell, tell.alias("also")], finally_=[clean.alias("z"), clean.alias("a")])
def listed() -> None:
    extract()


def test_what_stands_in_a_list_has_its_turn_in_that_order_and_does_not_wait_for_what_fails() -> None:
    assert Played(listed, fail=["extract", "tell", "z"]).order == ["extract", "tell", "also", "z", "a"]


@job(on_failure=tell)
def allowed() -> None:
    value = flaky()
    after(done=value)
    takes(value)
    takes_or(value)
    takes_all(value)


def test_what_only_waits_for_a_step_that_may_fail_runs_and_what_needs_its_value_is_skipped() -> None:
    played = Played(allowed, fail=["flaky"])
    assert played.states == {
        "flaky": S.FAILED_ALLOWED,
        "after": S.SUCCEEDED,
        "takes": S.SKIPPED,
        "takes_or": S.SUCCEEDED,
        "takes_all": S.SUCCEEDED,
        "tell": S.SKIPPED,
    }
    assert [(each.step.key, each.because_of, each.failed) for each in played.settled] == [
        ("takes", ("flaky.result",), ("flaky",)),
        ("tell", (), ()),
    ]


@job
def taken() -> None:
    value = takes(extract())
    takes_all(value)
    takes_all.alias("below")(takes_all.alias("between")(takes.alias("again")(value)))
    takes_or(value)


def test_what_takes_failures_runs_although_the_run_fails() -> None:
    states = Played(taken, fail=["extract"]).states
    assert (states["takes"], states["takes_all"], states["between"]) == (S.ABANDONED, S.SUCCEEDED, S.SUCCEEDED)
    assert states["below"] is S.SUCCEEDED
    assert states["takes_or"] is S.ABANDONED, "a default is for a failure that is allowed"


@job
def skipping() -> None:
    takes_or(takes(noop("optional", out=Out(is_required=False))()))


def test_a_default_does_not_stand_for_the_value_of_a_step_that_was_skipped() -> None:
    assert Played(skipping, without=["optional"]).states["takes_or"] is S.SKIPPED


@job
def fanned_in() -> None:
    values = [flaky(), flaky()]
    takes(values)
    takes_or(values)


@pytest.mark.parametrize(("fail", "state"), [(["flaky"], S.SUCCEEDED), (["flaky", "flaky_2"], S.SKIPPED)])
def test_a_list_is_skipped_when_none_of_its_elements_was_given(fail: list[str], state: StepState) -> None:
    states = Played(fanned_in, fail=fail).states
    assert (states["takes"], states["takes_or"]) == (state, S.SUCCEEDED)


spread = noop("spread", out=DynamicOut())
may_spread = noop("may_spread", out=DynamicOut(), allow_failure=True)


@job
def mapped() -> None:
    values = spread().map(noop("each", ["value"], allow_failure=True))
    takes(values.collect())
    takes_all(values.collect())
    values.map(takes.alias("second"))


def test_a_mapped_step_that_may_fail_leaves_out_its_element_alone() -> None:
    played = Played(mapped, fail=["each[b]"], keys="abc")
    states = played.states
    assert (states["takes"], states["takes_all"]) == (S.SUCCEEDED, S.SUCCEEDED)
    assert (states["second[a]"], states["second[b]"]) == (S.SUCCEEDED, S.SKIPPED)
    parts = next(step for step in played.ready.steps if step.key == "takes").inputs[0].parts or ()
    assert [played.ready.is_given(part) for part in parts] == [True, False, True]
    assert [played.ready.failed_before(part) for part in parts] == [None, "each[b]", None]


def test_where_every_mapped_step_failed_what_collects_is_skipped_unless_it_takes_failures() -> None:
    states = Played(mapped, fail=["each[a]", "each[b]"], keys="ab").states
    assert (states["takes"], states["takes_all"]) == (S.SKIPPED, S.SUCCEEDED)


@job
def never_spread() -> None:
    values = may_spread().map(takes_or.alias("each"))
    takes_all(values.collect())
    values.map(takes_all.alias("second"))
    takes_all.alias("of_all")(may_spread.alias("again")().collect())


def test_nothing_stands_for_the_values_of_a_dynamic_output_that_was_never_given() -> None:
    states = Played(never_spread, fail=["may_spread", "again"], keys="ab").states
    assert states == {
        "may_spread": S.FAILED_ALLOWED,
        "again": S.FAILED_ALLOWED,
        "each[?]": S.SKIPPED,
        "second[?]": S.SKIPPED,
        "takes_all": S.SKIPPED,
        "of_all": S.SKIPPED,
    }


@graph
def inner() -> None:
    takes(extract())


@job
def nested() -> None:
    inner.with_allow_failure()()
    inner.alias("strict")()
    flaky.with_allow_failure(False).alias("never")()


def test_a_node_says_it_for_all_that_is_inside_of_it() -> None:
    allows = {step.key: step.allows_failure for step in plan_job(nested).steps}
    assert allows == {
        "inner.extract": True,
        "inner.takes": True,
        "strict.extract": False,
        "strict.takes": False,
        "never": False,
    }


def begun(plan: ExecutionPlan, count: int) -> tuple[ReadySteps, list[Step]]:
    """The machine with some steps given out."""
    ready = ReadySteps(plan)
    return ready, [step for _ in range(count) if (step := ready.next_ready()) is not None]


def test_a_run_that_somebody_stops_goes_on_with_what_runs_always_once_nothing_runs() -> None:
    ready, (step,) = begun(plan_job(chain), 1)
    ready.break_off(is_failure=False)
    assert ready.next_ready() is None
    ready.failed(step)
    last = ready.next_ready()
    assert last is not None
    assert last.key == "clean"
    assert ready.states[3 - 1] is S.ABANDONED, "what runs on failure does not run"


def test_a_run_that_broke_off_goes_on_with_what_runs_on_failure() -> None:
    ready, _ = begun(plan_job(chain), 0)
    ready.break_off(is_failure=True)
    assert [step.key for step in iter(lambda: played(ready), None)] == ["tell", "clean"]


def played(ready: ReadySteps) -> Step | None:
    """The next step, which ends well."""
    step = ready.next_ready()
    if step is not None:
        ready.succeeded(step, {output.name for output in step.outputs})
    return step


def test_a_step_that_was_given_out_and_never_begun_is_given_up_when_nothing_is_left_of_the_run() -> None:
    ready, _ = begun(plan_job(chain), 1)
    ready.break_off(is_failure=False)
    ready.give_up_running()
    assert [step.key for step in iter(lambda: played(ready), None)] == ["clean"]
    assert ready.is_done


def test_a_step_that_wants_to_be_tried_again_after_the_run_broke_off_is_not() -> None:
    ready, (step,) = begun(plan_job(chain), 1)
    ready.break_off(is_failure=False)
    ready.will_retry(step, 0.0)
    assert [step.key for step in iter(lambda: played(ready), None)] == ["clean"]


def test_what_runs_always_is_given_up_when_the_run_is_broken_off_once_more() -> None:
    ready, _ = begun(plan_job(chain), 0)
    ready.break_off(is_failure=False)
    assert ready.is_last_phase
    ready.break_off(is_failure=False)
    assert (ready.next_ready(), ready.is_done) == (None, True)


def test_steps_that_an_earlier_run_has_executed_are_not_waited_for() -> None:
    plan = restricted(plan_job(chain), ["tell", "clean"], {})
    assert Played(plan).order == ["clean"]
    assert Played(plan, is_failure=True).order == ["tell", "clean"]


def test_what_has_no_turn_from_the_beginning_is_told_once() -> None:
    ready = ReadySteps(restricted(plan_job(chain), ["tell", "clean"], {}))
    assert [(each.step.key, each.state) for each in ready.untold()] == [("tell", S.SKIPPED)]
    step = ready.next_ready()
    assert step is not None
    assert (ready.untold(), ready.succeeded(step, {"result"})) == ([], [])


@st.composite
def jobs(draw: st.DrawFn) -> JobDefinition:
    """Jobs whose ops take from those before them in some way, may fail or not, with anything at their end."""
    size = draw(st.integers(1, 7))
    kinds = draw(st.lists(st.sampled_from(["value", "order", "default", "failure", "list"]), min_size=size, max_size=size))
    leave = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    spreads = draw(st.booleans())
    upstream = [draw(st.lists(st.integers(0, each - 1), max_size=3, unique=True)) if each else [] for each in range(size)]
    of_kind = {
        "value": In(),
        "list": In(),
        "order": In(Nothing),
        "default": In(default_value=0),
        "failure": In(allow_failure=True),
    }

    def body() -> None:
        given: list[Any] = []
        for number, (kind, allow) in enumerate(zip(kinds, leave, strict=True)):
            taken = upstream[number]
            name = f"s{number}"
            if kind == "list" and taken:
                made = noop(name, ["all"], allow_failure=allow, out=Out(is_required=False))
                given.append(made(all=[given[each] for each in taken]))
                continue
            ins = {f"i{each}": of_kind[kind] for each in taken}
            made = noop(name, ins=ins, allow_failure=allow, out=Out(is_required=False))
            given.append(made(**{f"i{each}": given[each] for each in taken}))
        if spreads:
            values = may_spread().map(noop("each", ["value"], allow_failure=True))
            noop("gathers", ["value"])(values.collect())

    body.__name__ = "made"
    on_failure = [noop(f"f{each}") for each in range(draw(st.integers(0, 2)))]
    finally_ = [noop(f"l{each}") for each in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):

        @graph(name="tidy")
        def tidy() -> None:
            noop("last", waits=["done"])(noop("first", allow_failure=True)())

        finally_.append(tidy)
    return job(on_failure=on_failure, finally_=finally_)(body)


def some_of(plan: ExecutionPlan, *more: str) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from([*(step.key for step in plan.steps), *more]), max_size=4)


@given(st.data())
def test_every_run_ends_with_what_runs_always_each_step_once(data: st.DataObject) -> None:
    plan = plan_job(data.draw(jobs()))
    fail = data.draw(some_of(plan, "each[a]", "each[b]"))
    result = Played(plan, fail, data.draw(some_of(plan)), keys="ab")
    states, phases = result.states, {step.key: step.phase for step in result.ready.steps}
    assert not set(states.values()) & OPEN
    assert len(result.order) == len(set(result.order))
    order = [phases[key] for key in result.order]
    assert order == sorted(order, key=list(StepPhase).index)
    has_failed = any(states[key] is S.FAILED for key in states if phases[key] is StepPhase.WORK)
    for key, state in states.items():
        if phases[key] is StepPhase.ON_FAILURE:
            assert (state in (S.SUCCEEDED, S.FAILED)) == has_failed
        elif phases[key] is StepPhase.FINALLY and "." not in key:
            assert key in result.order


@given(st.data())
def test_a_run_fails_when_a_step_did_that_may_not_and_by_no_other(data: st.DataObject) -> None:
    plan = plan_job(data.draw(jobs()))
    fail = data.draw(some_of(plan, "each[a]"))
    result = Played(plan, fail, keys="ab")
    for step in result.ready.steps:
        state = result.ready.states[step.position]
        if step.key in result.order and step.key in fail:
            assert state is (S.FAILED_ALLOWED if step.allows_failure else S.FAILED)
        else:
            assert state not in (S.FAILED, S.FAILED_ALLOWED)
    if not any(state is S.FAILED for state in result.states.values()):
        assert S.ABANDONED not in result.states.values(), "nothing is given up but for a failure"


@given(st.data())
def test_a_step_runs_after_all_that_it_waits_for_and_only_with_what_it_takes(data: st.DataObject) -> None:
    plan = plan_job(data.draw(jobs()))
    result = Played(plan, data.draw(some_of(plan)), data.draw(some_of(plan)), keys="ab")
    place = {key: number for number, key in enumerate(result.order)}
    by_position = result.ready.steps
    for step in by_position:
        if step.key not in place:
            continue
        for each in step.waits_for:
            assert result.ready.states[each] not in OPEN
            assert place.get(by_position[each].key, -1) < place[step.key]
        for each in step.inputs:
            if each.upstream_step is None or each.parts is not None or result.ready.states[each.upstream_step] is S.SUCCEEDED:
                continue
            assert not each.declared.is_loaded or each.declared.allows_failure or each.declared.has_default_value


@given(st.data())
def test_many_at_once_end_as_one_after_the_other_in_every_phase(data: st.DataObject) -> None:
    plan = plan_job(data.draw(jobs()))
    fail = data.draw(some_of(plan))
    ready, running = ReadySteps(plan), list[Step]()
    while not ready.is_done:
        while (step := ready.next_ready()) is not None:
            running.append(step)
        assert len({step.phase for step in running}) == 1
        step = running.pop(data.draw(st.integers(0, len(running) - 1)))
        if step.key in fail:
            ready.failed(step)
        else:
            mapped = {output.name: ["a", "b"] for output in step.outputs if output.is_dynamic}
            ready.succeeded(step, {output.name for output in step.outputs}, mapped)
    assert {step.key: ready.states[step.position] for step in ready.steps} == Played(plan, fail, keys="ab").states


@given(st.data())
def test_whenever_a_run_is_stopped_what_runs_always_still_has_its_turn(data: st.DataObject) -> None:
    plan = plan_job(data.draw(jobs()))
    fail, is_failure = data.draw(some_of(plan)), data.draw(st.booleans())
    ready, running, order = ReadySteps(plan), list[Step](), list[str]()
    for _ in range(data.draw(st.integers(0, 8))):
        while not ready.is_last_phase and (step := ready.next_ready()) is not None:
            running.append(step)
        if running:
            step = running.pop()
            order.append(step.key)
            ready.failed(step) if step.key in fail else ready.succeeded(step, {"result"}, {"result": ["a"]})
    if not ready.is_last_phase:
        ready.break_off(is_failure=is_failure)
    while not ready.is_done:
        step = running.pop() if running else ready.next_ready()
        assert step is not None
        order.append(step.key)
        ready.failed(step) if step.key in fail else ready.succeeded(step, {"result"}, {"result": ["a"]})
    assert len(order) == len(set(order))
    top = [step.key for step in plan.steps if step.phase is StepPhase.FINALLY and "." not in step.key]
    assert [key for key in order if key in top] == top
