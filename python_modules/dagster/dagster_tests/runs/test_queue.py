from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dagster.runs.pools import RunOpConcurrency, SlotClaim
from dagster.runs.queue import PoolRules, QueueRules, TagLimit, priority_of, startable
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.contracts.storage_facts import a_run


def names(runs: list[DagsterRun]) -> list[str]:
    return [run.run_id for run in runs]


def queue(*runs: tuple[str, dict[str, str]]) -> list[DagsterRun]:
    return [a_run(run_id=name, tags=tags) for name, tags in runs]


def plain(*run_ids: str) -> list[DagsterRun]:
    return [a_run(run_id=name) for name in run_ids]


def in_pools(run_id: str, free: bool = False, tags: dict[str, str] | None = None, **counts: int) -> DagsterRun:
    wanted = RunOpConcurrency(root_key_counts=counts, has_unconstrained_root_nodes=free, all_pools=frozenset(counts))
    return a_run(run_id=run_id, tags=tags or {}, run_op_concurrency=wanted)


def test_runs_start_in_their_order_while_there_is_room() -> None:
    assert names(startable(plain("a", "b", "c"), plain("x"), QueueRules(most=3))) == ["a", "b"]
    assert names(startable(plain("a", "b"), plain("x", "y"), QueueRules(most=1))) == []
    assert names(startable(plain("a", "b"), [], QueueRules(most=0))) == []
    assert names(startable(plain("a", "b"), plain("x"), QueueRules(most=None))) == ["a", "b"]


def test_a_higher_priority_comes_first_and_a_wrong_one_counts_for_nothing() -> None:
    queued = queue(("low", {"dagster/priority": "-1"}), ("plain", {}), ("wrong", {"dagster/priority": "x"}))
    queued += queue(("high", {"dagster/priority": "3"}), ("also", {"dagster/priority": "3"}))
    assert names(startable(queued, [], QueueRules())) == ["high", "also", "plain", "wrong", "low"]
    assert [priority_of(run) for run in queued] == [-1, 0, 0, 3, 3]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (TagLimit(key="db", limit=1), ["a", "d"]),
        (TagLimit(key="db", limit=2), ["a", "b", "d"]),
        (TagLimit(key="db", value="x", limit=1), ["a", "c", "d"]),
        (TagLimit(key="db", limit=1, per_value=True), ["a", "c", "d"]),
        (TagLimit(key="db", limit=0), ["d"]),
    ],
)
def test_a_run_that_a_tag_holds_back_lets_others_pass(limit: TagLimit, expected: list[str]) -> None:
    queued = queue(("a", {"db": "x"}), ("b", {"db": "x"}), ("c", {"db": "y"}), ("d", {}))
    assert names(startable(queued, [], QueueRules(tag_limits=(limit,)))) == expected


def test_runs_that_go_on_take_up_the_limits_of_tags_and_pools() -> None:
    going = [in_pools("x", api=1, tags={"db": "x"})]
    queued = [a_run(run_id="a", tags={"db": "x"}), in_pools("b", api=1), in_pools("c", other=1)]
    pools = PoolRules(limits={"api": 1, "other": 1}, counts_runs=True)
    rules = QueueRules(tag_limits=(TagLimit(key="db", limit=1),), pools=pools)
    assert names(startable(queued, going, rules)) == ["c"]


def test_pools_without_a_limit_have_the_default_one() -> None:
    queued = [in_pools("a", api=1), in_pools("b", api=1), in_pools("c", other=1)]
    rules = QueueRules(pools=PoolRules(limits={"api": 2}, default_limit=1, counts_runs=True))
    assert names(startable([*queued, in_pools("d", other=1)], [], rules)) == ["a", "b", "c"]


def a_claim(pool: str, run_id: str = "x") -> SlotClaim:
    return SlotClaim(pool=pool, run_id=run_id, step_key="step", claimed=1.0)


def test_a_run_of_which_no_step_could_begin_waits_in_the_queue() -> None:
    rules = QueueRules(pools=PoolRules(limits={"api": 1, "db": 2}))
    queued = [
        in_pools("full", api=1),
        in_pools("also", api=1, free=True),
        in_pools("either", api=1, db=1),
        in_pools("later", db=2),
    ]
    assert names(startable(queued, [], rules, [a_claim("api")])) == ["also", "either", "later"]
    assert names(startable(queued, [], rules, [a_claim("api"), a_claim("db"), a_claim("db", "y")])) == ["also"]
    buffered = replace(rules, pools=replace(rules.pools, buffer=1))
    assert "full" in names(startable(queued, [], buffered, [a_claim("api")]))
    unasked = replace(rules, pools=replace(rules.pools, waits_for_steps=False))
    assert names(startable(queued, [], unasked, [a_claim("api")])) == ["full", "also", "either", "later"]


def test_runs_that_are_being_launched_take_the_places_that_they_will_ask_for() -> None:
    rules = QueueRules(pools=PoolRules(limits={"api": 1}))
    assert names(startable([in_pools("a", api=1), in_pools("b", api=1)], [], rules)) == ["a"]
    starting, started = (
        replace(in_pools("x", api=1), status=status) for status in (DagsterRunStatus.STARTING, DagsterRunStatus.STARTED)
    )
    assert names(startable([in_pools("a", api=1)], [starting], rules)) == []
    assert names(startable([in_pools("a", api=1)], [started], rules)) == ["a"]


_TAGS = st.fixed_dictionaries(
    {}, optional={"db": st.sampled_from("xy"), "team": st.just("t"), "dagster/priority": st.sampled_from(("-1", "0", "1"))}
)
_LIMITS = st.lists(
    st.builds(
        TagLimit,
        key=st.sampled_from(("db", "team")),
        limit=st.integers(0, 3),
        value=st.sampled_from((None, "x", "t")),
        per_value=st.booleans(),
    ),
    max_size=3,
)


@given(st.lists(_TAGS, max_size=8), st.lists(_TAGS, max_size=4), _LIMITS, st.one_of(st.none(), st.integers(0, 6)))
def test_what_starts_keeps_every_limit_and_nobody_waits_without_a_reason(
    queued_tags: list[dict[str, str]], going_tags: list[dict[str, str]], limits: list[TagLimit], most: int | None
) -> None:
    queued = [a_run(run_id=f"q{number}", tags=tags) for number, tags in enumerate(queued_tags)]
    going = [a_run(run_id=f"g{number}", tags=tags) for number, tags in enumerate(going_tags)]
    rules = QueueRules(most=most, tag_limits=tuple(limits))
    starts = startable(queued, going, rules)
    assert most is None or not starts or len(going) + len(starts) <= most
    for limit in limits:
        before, after = (_used(limit, runs) for runs in (going, going + starts))
        assert all(count <= limit.limit or count == before[value] for value, count in after.items())
    for run in queued:
        if run not in starts:
            full = most is not None and len(going) + len(starts) >= most
            assert full or any(_used(limit, [*going, *starts, run])[_place(limit, run)] > limit.limit for limit in limits)


def _place(limit: TagLimit, run: DagsterRun) -> str | None:
    value = run.tags.get(limit.key)
    if value is None or limit.value not in (None, value):
        return None
    return value if limit.per_value else ""


def _used(limit: TagLimit, runs: list[DagsterRun]) -> Counter[str | None]:
    return Counter(place for run in runs if (place := _place(limit, run)) is not None)
