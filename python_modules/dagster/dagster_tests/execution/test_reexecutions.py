"""What a re-execution executes is exactly what is missing: on random graphs, with dynamic outputs, failures and skips."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster import (
    DagsterExecutionStepNotFoundError,
    DynamicOut,
    DynamicOutput,
    GraphDefinition,
    In,
    OpDefinition,
    Out,
    Output,
    op,
)
from dagster.define.nodes import CollectedDependency, DependencyDefinition, MultiDependencyDefinition
from dagster.execution.machines import ReadySteps, StepState
from dagster.execution.reexecutions import missing_steps, selected_steps
from dagster.planning.known_steps import KnownStep, inherited, template_key
from dagster.planning.op_plans import plan_ops
from dagster.planning.partial_plans import restricted
from dagster.planning.steps import ExecutionPlan


class World(msgspec.Struct, frozen=True):
    """A plan, and what its functions do: nothing here is called.

    Attributes:
        keys: of the values of dynamic outputs, by the op that gives them.
        skips: keys of steps that leave out their output.
    """

    plan: ExecutionPlan
    keys: Mapping[str, tuple[str, ...]]
    skips: frozenset[str]

    def gives(self, step_key: str) -> KnownStep:
        keys = self.keys.get(step_key, ())
        outputs = frozenset() if step_key in self.skips or (step_key in self.keys and not keys) else frozenset({"result"})
        return KnownStep("", outputs, {"result": keys} if step_key in self.keys else {})


class Played(msgspec.Struct, frozen=True):
    """One run.

    Attributes:
        executed: the keys of the steps that began, in order.
        done: those that ended well.
        states: of every step at the end, by key.
    """

    executed: list[str]
    done: dict[str, KnownStep]
    states: dict[str, StepState]

    @property
    def known(self) -> dict[str, KnownStep]:
        skipped = (key for key, state in self.states.items() if state is StepState.SKIPPED and not key.endswith("[?]"))
        return {**self.done, **{key: KnownStep("", frozenset(), {}, is_skipped=True) for key in skipped}}


def played(world: World, plan: ExecutionPlan, fails: frozenset[str], stops_after: int | None = None) -> Played:
    """Runs the plan; with `stops_after` it is killed when so many steps have begun."""
    ready = ReadySteps(plan)
    executed: list[str] = []
    done: dict[str, KnownStep] = {}
    while stops_after != len(executed) and (step := ready.next_ready()) is not None:
        executed.append(step.key)
        if step.key in fails:
            ready.failed(step)
            continue
        done[step.key] = gives = world.gives(step.key)
        ready.succeeded(step, gives.outputs, gives.mapping_keys)
    return Played(executed, done, {step.key: ready.states[step.position] for step in ready.steps})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Graphs whose ops take from any ops before them; some give dynamic outputs, some collect, some take lists."""
    size = draw(st.integers(1, 8))
    ops: list[OpDefinition] = []
    dependencies: dict[str, dict[str, Any]] = {}
    below: dict[str, str | None] = {}
    dynamic: set[str] = set()
    for number in range(size):
        name = f"s{number}"
        sources = draw(st.lists(st.sampled_from(sorted(below)), unique=True, max_size=3)) if below else []
        taken: dict[str, Any] = {}
        over: str | None = None
        gathered: set[str] = set()
        for source in sources:
            giver = source if source in dynamic else below[source]
            if giver is None:
                is_list = draw(st.booleans())
                one = DependencyDefinition(source)
                taken[f"i{len(taken)}"] = MultiDependencyDefinition([one]) if is_list else one
            elif giver == over or (over is None and giver not in gathered and draw(st.booleans())):
                over = giver
                taken[f"i{len(taken)}"] = DependencyDefinition(source)
            else:
                gathered.add(giver)
                taken[f"i{len(taken)}"] = CollectedDependency(source)
        if over is None and draw(st.integers(0, 2)) == 0:
            dynamic.add(name)
        below[name] = over
        dependencies[name] = taken
        ops.append(_op(name, list(taken), is_dynamic=name in dynamic))
    graph = GraphDefinition("random", node_defs=ops, dependencies=dependencies)
    keys = {name: draw(st.sampled_from([(), ("a",), ("a", "b"), ("c", "a", "b")])) for name in sorted(dynamic)}
    plan = plan_ops(graph.to_job())
    every = played(World(plan, keys, frozenset()), plan, frozenset()).executed
    skips = draw(st.frozensets(st.sampled_from(every), max_size=2)) - dynamic if every else frozenset[str]()
    return World(plan, keys, skips)


def _op(name: str, inputs: list[str], *, is_dynamic: bool) -> OpDefinition:
    outs: dict[str, Any] = {"result": DynamicOut() if is_dynamic else Out(is_required=False)}
    return OpDefinition(lambda _context, _inputs: iter(()), name, ins={each: In() for each in inputs}, outs=outs)


def steps_of(world: World) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(played(world, world.plan, frozenset()).executed), max_size=3)


def concrete(keys: list[str]) -> set[str]:
    return {key for key in keys if not key.endswith("[?]")}


@settings(max_examples=200)
@given(st.data())
def test_going_on_after_any_failure_or_kill_executes_each_missing_step_once(data: st.DataObject) -> None:
    world = data.draw(worlds())
    whole = played(world, world.plan, frozenset())
    plan, known, ended_well = world.plan, dict[str, KnownStep](), list[str]()
    for _ in range(4):
        fails = data.draw(steps_of(world))
        before = known
        run = played(world, plan, fails, data.draw(st.none() | st.integers(0, len(whole.executed))))
        missing = missing_steps(plan, run.known)
        assert not concrete(missing) & set(run.done), "nothing is done twice"
        ended_well.extend(run.done)
        known = inherited(before, run.known, plan.wanted)
        plan = restricted(world.plan, missing, known)
    last = played(world, plan, frozenset())
    ended_well.extend(last.done)
    assert sorted(ended_well) == sorted(whole.executed), "nothing is lost, nothing is repeated"
    assert missing_steps(plan, last.known) == []


@given(st.data())
def test_the_missing_steps_are_those_of_a_whole_run_without_those_that_ended_well(data: st.DataObject) -> None:
    world = data.draw(worlds())
    whole = played(world, world.plan, frozenset())
    run = played(world, world.plan, data.draw(steps_of(world)))
    missing = missing_steps(world.plan, run.known)
    expected = set(whole.executed) - set(run.done)
    named = {key for key in expected if key in missing or template_key(key) in missing}
    assert named == expected
    # What stands for steps that are not made yet is named only where its giver is missing as well.
    assert concrete(missing) <= expected | {key for key, state in whole.states.items() if state is StepState.SKIPPED}


@given(st.data())
def test_a_run_that_ended_well_misses_nothing(data: st.DataObject) -> None:
    world = data.draw(worlds())
    assert missing_steps(world.plan, played(world, world.plan, frozenset()).known) == []


@given(st.data())
def test_selected_steps_begin_and_nothing_else_does(data: st.DataObject) -> None:
    world = data.draw(worlds())
    whole = played(world, world.plan, frozenset())
    chosen = data.draw(st.lists(st.sampled_from(whole.executed), min_size=1, max_size=3))
    selected = selected_steps(world.plan, chosen, whole.known)
    run = played(world, restricted(world.plan, selected, whole.known), frozenset())
    assert {key for key in run.executed if key not in selected} == {
        key for key in run.executed if template_key(key) in selected and key not in selected
    }
    assert {template_key(key) for key in selected} >= {template_key(key) for key in run.executed}


# --- by hand ---------------------------------------------------------------------------------------------------------


@op(out=DynamicOut())
def spread():
    yield DynamicOutput(1, "a")
    yield DynamicOutput(2, "b")


@op
def work(x: Any) -> Any:
    return x


@op
def collect(xs: Any) -> Any:
    return xs


@op(out={"left": Out(is_required=False), "right": Out(is_required=False)})
def branch():
    yield Output(1, "left")


def mapping() -> ExecutionPlan:
    graph = GraphDefinition(
        "mapping",
        node_defs=[spread, work, collect],
        dependencies={
            "work": {"x": DependencyDefinition("spread")},
            "collect": {"xs": CollectedDependency("work")},
        },
    )
    return plan_ops(graph.to_job())


SPREAD = KnownStep("first", frozenset({"result"}), {"result": ("a", "b")})
DONE = KnownStep("first", frozenset({"result"}), {})


def test_of_mapped_steps_those_that_failed_and_what_collects_them_are_missing() -> None:
    assert ["work[b]", "collect"] == missing_steps(mapping(), {"spread": SPREAD, "work[a]": DONE})


def test_where_the_giver_failed_all_that_is_mapped_over_it_is_missing() -> None:
    assert ["spread", "work[?]", "collect"] == missing_steps(mapping(), {})


@pytest.mark.parametrize(
    ("selection", "selected"),
    [
        (["work[b]"], ["work[b]"]),
        (["work[b]+"], ["work[b]", "collect"]),
        (["work[?]"], ["work[?]"]),
        (["spread+"], ["spread", "work[?]"]),
        (["spread*"], ["spread", "work[?]", "collect"]),
        (["*collect"], ["spread", "work[?]", "collect"]),
        (["collect", "work[a]"], ["work[a]", "collect"]),
    ],
)
def test_steps_are_selected_by_key_and_neighbours(selection: list[str], selected: list[str]) -> None:
    assert selected == selected_steps(mapping(), selection, {"spread": SPREAD, "work[a]": DONE, "work[b]": DONE})


@pytest.mark.parametrize(("clause", "said"), [("work", "Close: 'work"), ("work[c]", "work[c]"), ("a b", "a b")])
def test_an_unknown_step_is_refused(clause: str, said: str) -> None:
    with pytest.raises(DagsterExecutionStepNotFoundError) as refused:
        selected_steps(mapping(), [clause], {"spread": SPREAD})
    assert said in str(refused.value)


def test_what_is_mapped_over_values_that_nobody_gave_is_refused() -> None:
    with pytest.raises(DagsterExecutionStepNotFoundError, match='Select "spread" too'):
        selected_steps(mapping(), ["work[?]"], {})


def test_steps_of_a_part_are_known_from_the_run_before() -> None:
    before = {"a": DONE, "b": DONE, "work[a]": DONE}
    own = {"b": KnownStep("second", frozenset(), {})}
    assert inherited(before, own, ["b", "work[?]"]) == {"a": DONE, "b": own["b"]}
    assert inherited(before, own, None) == own


@op(out=DynamicOut())
def others():
    yield DynamicOutput(3, "c")


@op
def one() -> int:
    return 1


@op
def three(x: Any, y: Any, z: Any) -> Any:
    return x, y, z


def test_a_mapped_step_waits_for_a_list_of_other_values_once() -> None:
    graph = GraphDefinition(
        "two_dynamic_outputs",
        node_defs=[spread, others, one, three],
        dependencies={
            "three": {"x": DependencyDefinition("spread"), "y": CollectedDependency("others"), "z": DependencyDefinition("one")}
        },
    )
    plan = plan_ops(graph.to_job())
    world = World(plan, {"spread": ("a",), "others": ("c",)}, frozenset())
    ready = ReadySteps(plan)
    begun = {step.key: step for step in iter(ready.next_ready, None)}
    assert {"one", "others", "spread"} == set(begun)
    for key in ("spread", "others", "one"):
        ready.succeeded(begun[key], world.gives(key).outputs, world.gives(key).mapping_keys)
    assert ["three[a]"] == [step.key for step in iter(ready.next_ready, None)]


@op(out=DynamicOut())
def spreads(x: Any):
    yield DynamicOutput(x, "a")


@op
def both(xs: Any, y: Any) -> Any:
    return xs, y


def test_what_an_earlier_run_skipped_is_skipped_again_and_not_an_empty_list() -> None:
    graph = GraphDefinition(
        "skipping",
        node_defs=[branch, spreads, one, both],
        dependencies={
            "spreads": {"x": DependencyDefinition("branch", "right")},
            "both": {"xs": CollectedDependency("spreads"), "y": DependencyDefinition("one")},
        },
    )
    plan = plan_ops(graph.to_job())
    left = KnownStep("first", frozenset({"left"}), {})
    skipped = KnownStep("first", frozenset(), {}, is_skipped=True)
    ready = ReadySteps(restricted(plan, ["one", "both"], {"branch": left, "spreads": skipped}))
    first = ready.next_ready()
    assert first is not None
    assert ("one", ["both"]) == (first.key, [each.step.key for each in ready.succeeded(first, {"result"})])
    assert ready.next_ready() is None


def test_what_takes_only_from_what_an_earlier_run_skipped_never_begins() -> None:
    graph = GraphDefinition(
        "skipping",
        node_defs=[branch, spreads, work, collect],
        dependencies={
            "spreads": {"x": DependencyDefinition("branch", "right")},
            "collect": {"xs": CollectedDependency("spreads")},
            "work": {"x": DependencyDefinition("collect")},
        },
    )
    left = KnownStep("first", frozenset({"left"}), {})
    skipped = KnownStep("first", frozenset(), {}, is_skipped=True)
    ready = ReadySteps(restricted(plan_ops(graph.to_job()), ["collect", "work"], {"branch": left, "spreads": skipped}))
    assert ready.next_ready() is None
    assert ["collect", "work"] == [each.step.key for each in ready.untold()]
    assert ready.is_done
