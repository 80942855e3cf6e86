"""What every kind of storage promises about pools, schedules, sensors and heartbeats. `StorageContract` inherits it."""

from typing import Any

import pytest
from msgspec.structs import replace

from dagster.errors import DagsterRunAlreadyExists
from dagster.events.failures import SerializableErrorInfo
from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.partitions.dynamic import AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest
from dagster.runs.heartbeats import Heartbeat
from dagster.runs.instigators import CommittedTick, InstigatorState, InstigatorStatus, RequestedRun, TickCommit
from dagster.runs.pools import PoolLimit
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.ticks import InstigatorType, TickFilter, TickStatus
from dagster.storage.ports import Storage
from dagster_tests.contracts.storage_facts import a_claim, a_run, a_state, a_tick, entry, written

T = DagsterEventType


def commit(storage: Storage, wanted: TickCommit, now: float) -> CommittedTick | None:
    [committed] = storage.instigators.commit([wanted], now)
    return committed


class PoolsContract:
    def test_limits_are_set_replaced_and_forgotten(self, storage: Storage) -> None:
        storage.pools.set_limit(PoolLimit("db", 2))
        storage.pools.set_limit(PoolLimit("api", 1, from_default=True))
        storage.pools.set_limit(PoolLimit("db", 3))
        assert storage.pools.limits() == [PoolLimit("api", 1, from_default=True), PoolLimit("db", 3)]
        storage.pools.delete_limit("db")
        storage.pools.delete_limit("nope")
        assert [limit.name for limit in storage.pools.limits()] == ["api"]

    def test_no_more_get_a_place_than_the_limit_says(self, storage: Storage) -> None:
        storage.pools.set_limit(PoolLimit("db", 2))
        stands = [storage.pools.claim(a_claim(run), now) for run, now in (("r1", 1.0), ("r2", 2.0), ("r3", 3.0))]
        assert [claim.claimed for claim in stands] == [1.0, 2.0, None]
        assert storage.pools.claim(a_claim("r1"), 4.0) == stands[0]
        assert storage.pools.release("r2") == 1
        assert storage.pools.claim(a_claim("r3"), 5.0) == replace(stands[2], claimed=5.0)

    def test_who_waits_with_a_higher_priority_or_longer_comes_first(self, storage: Storage) -> None:
        storage.pools.set_limit(PoolLimit("db", 1))
        storage.pools.claim(a_claim("r1"), 1.0)
        for run, priority, now in (("long", 0, 2.0), ("short", 0, 3.0), ("urgent", 5, 4.0)):
            assert storage.pools.claim(a_claim(run, priority=priority), now).claimed is None
        storage.pools.release("r1", "step")
        order: list[str] = []
        for now in (5.0, 6.0, 7.0):
            for run in ("short", "long", "urgent"):
                waiting = [claim.run_id for claim in storage.pools.claims(now)]
                priority = 5 if run == "urgent" else 0
                if run in waiting and storage.pools.claim(a_claim(run, priority=priority), now).claimed is not None:
                    order.append(run)
                    storage.pools.release(run)
        assert order == ["urgent", "long", "short"]

    def test_claims_of_runs_that_ended_and_claims_that_ended_do_not_count(self, storage: Storage) -> None:
        storage.pools.set_limit(PoolLimit("db", 2))
        run = a_run()
        storage.runs.add_run(run, [], 1.0)
        storage.pools.claim(a_claim(run.run_id), 1.0)
        storage.pools.claim(a_claim("r2", expires=10.0), 1.0)
        assert storage.pools.claim(a_claim("r3"), 2.0).claimed is None
        storage.events.append([entry(run.run_id, T.RUN_FAILURE)])
        assert storage.pools.claim(a_claim("r3"), 3.0).claimed == 3.0
        assert storage.pools.claim(a_claim("r4"), 9.0).claimed is None
        assert [claim.run_id for claim in storage.pools.claims(10.0)] == ["r3", "r4"]
        assert storage.pools.claim(a_claim("r4"), 10.0).claimed == 10.0

    def test_claims_of_a_run_are_prolonged_together(self, storage: Storage) -> None:
        storage.pools.claim(a_claim("r", "a", expires=10.0), 1.0)
        storage.pools.claim(a_claim("r", "b", pool="api", expires=10.0), 1.0)
        storage.pools.prolong("r", 20.0)
        assert [claim.expires for claim in storage.pools.claims(15.0)] == [20.0, 20.0]
        assert [claim.step_key for claim in storage.pools.claims(15.0, "api")] == ["b"]
        assert (storage.pools.release("r", "a"), storage.pools.release("r", "a"), storage.pools.release("r")) == (1, 0, 1)

    def test_a_pool_without_a_limit_gets_the_default_one_if_there_is_one(self, storage: Storage) -> None:
        assert storage.pools.claim(a_claim("r1"), 1.0).claimed == 1.0
        assert storage.pools.claim(a_claim("r2"), 1.0, default_limit=1).claimed is None
        assert storage.pools.limits() == [PoolLimit("db", 1, from_default=True)]

    def test_a_default_limit_is_the_one_of_now_and_one_that_was_set_stays(self, storage: Storage) -> None:
        assert storage.pools.claim(a_claim("r1"), 1.0, default_limit=1).claimed == 1.0
        assert storage.pools.claim(a_claim("r2"), 1.0, default_limit=2).claimed == 1.0
        assert storage.pools.limits() == [PoolLimit("db", 2, from_default=True)]
        storage.pools.set_limit(PoolLimit("db", 3))
        storage.pools.claim(a_claim("r3"), 1.0, default_limit=1)
        assert storage.pools.limits() == [PoolLimit("db", 3)]
        storage.pools.delete_limit("db")
        assert storage.pools.claim(a_claim("r4"), 1.0).claimed == 1.0

    def test_a_deleted_run_gives_up_its_places(self, storage: Storage) -> None:
        run = a_run()
        storage.runs.add_run(run, [], 1.0)
        storage.pools.claim(a_claim(run.run_id), 1.0)
        storage.runs.delete_run(run.run_id)
        assert storage.pools.claims(2.0) == []


class InstigatorsContract:
    def test_a_state_is_read_as_it_was_stored(self, storage: Storage) -> None:
        state = InstigatorState(
            instigator_type=InstigatorType.SCHEDULE,
            selector="shop/daily",
            name="daily",
            status=InstigatorStatus.RUNNING,
            started_at=1.5,
            cursor="\N{SNOWMAN}",
            due_until=3.0,
            tick_began=3.0,
            tick_ended=4.0,
            last_run_key="k",
        )
        stored = storage.instigators.change(state)
        assert stored == replace(state, version=1)
        assert storage.instigators.states() == {"shop/daily": stored}
        assert storage.instigators.states(["shop/daily", "nope"]) == {"shop/daily": stored}
        assert storage.instigators.states(["nope"]) == {}
        assert stored is not None
        assert storage.instigators.versions() == {"shop/daily": stored.version}

    def test_of_two_who_change_the_same_state_one_succeeds(self, storage: Storage) -> None:
        first = storage.instigators.change(a_state(cursor="1"))
        assert first is not None
        assert storage.instigators.change(a_state(cursor="2")) is None
        assert storage.instigators.change(replace(first, cursor="3")) == replace(first, cursor="3", version=2)
        assert storage.instigators.change(replace(first, cursor="4")) is None

    def test_what_is_forgotten_begins_anew(self, storage: Storage) -> None:
        self.over(storage, runs=(self.asked("k"),))
        storage.instigators.forget("s")
        assert (storage.instigators.states(), storage.instigators.run_keys("s", ["k"])) == ({}, {})
        assert len(storage.ticks.ticks(TickFilter(selector="s"))) == 1

    def test_a_tick_begins_and_ends_with_everything_that_it_says(self, storage: Storage) -> None:
        begun = commit(storage, TickCommit(state=a_state(tick_began=1.0), tick=a_tick()), 1.0)
        assert begun is not None
        assert (begun.state.tick_id, begun.state.version) == (begun.tick_id, 1)
        run = self.asked("k", tags={"a": "b"})
        over = commit(
            storage,
            TickCommit(
                state=replace(begun.state, cursor="7", tick_ended=2.0, last_run_key="k"),
                tick=a_tick(status=TickStatus.SUCCESS, cursor="7", end_timestamp=2.0),
                tick_id=begun.tick_id,
                runs=(run,),
                partitions=(AddDynamicPartitionsRequest("files", ["a", "b"]), DeleteDynamicPartitionsRequest("files", ["a"])),
                events=(written("", "external"),),
            ),
            2.0,
        )
        assert over is not None
        assert (over.tick.run_ids, over.tick.status) == ((run.run.run_id,), TickStatus.SUCCESS)
        [record] = storage.ticks.ticks(TickFilter())
        assert (record.tick_id, record.tick) == (begun.tick_id, over.tick)
        assert storage.instigators.states()["s"] == replace(
            begun.state, cursor="7", tick_ended=2.0, last_run_key="k", tick_id=None, version=2
        )
        assert [found.dagster_run for found in storage.runs.runs(RunsFilter(tags={"a": "b"}))] == [
            replace(run.run, tags={"a": "b", "dagster/tick": str(begun.tick_id)})
        ]
        assert [key for _, key in storage.dynamic_partitions.keys("files")] == ["b"]
        assert storage.assets.asset_keys() == [AssetKey("external")]

    def test_of_two_who_end_the_same_tick_one_succeeds(self, storage: Storage) -> None:
        begun = commit(storage, TickCommit(state=a_state(), tick=a_tick()), 1.0)
        assert begun is not None
        asked = [
            TickCommit(state=begun.state, tick=a_tick(status=TickStatus.SUCCESS), tick_id=begun.tick_id, runs=(self.asked(None),))
            for _ in range(2)
        ]
        ended = [commit(storage, wanted, 2.0) for wanted in asked]
        assert [each is not None for each in ended] == [True, False]
        assert storage.runs.run_count(RunsFilter()) == 1

    def test_a_run_key_starts_one_run_ever(self, storage: Storage) -> None:
        first = self.over(storage, runs=(self.asked("k"), self.asked("k"), self.asked(None)))
        assert (len(first.run_ids), first.run_keys, first.status) == (2, ("k",), TickStatus.SUCCESS)
        second = self.over(storage, runs=(self.asked("k"),))
        assert (second.run_ids, second.run_keys, second.status) == ((), ("k",), TickStatus.SKIPPED)
        other = self.over(storage, selector="other", runs=(self.asked("k"),))
        assert len(other.run_ids) == 1
        assert storage.instigators.run_keys("s", ["k", "nope"]) == {"k": first.run_ids[0]}
        assert storage.runs.run_count(RunsFilter()) == 3

    def test_a_key_is_free_again_when_its_run_is_deleted_and_not_when_it_is_pruned(self, storage: Storage) -> None:
        deleted, pruned = (self.over(storage, runs=(self.asked(key),)).run_ids[0] for key in ("deleted", "pruned"))
        storage.runs.delete_run(deleted)
        storage.events.append([entry(pruned, T.RUN_SUCCESS)])
        storage.maintenance.prune_runs(10.0**12)
        assert storage.runs.run_count(RunsFilter()) == 0
        assert storage.instigators.run_keys("s", ["deleted", "pruned"]) == {"pruned": pruned}

    def test_a_tick_takes_the_place_of_one_before_it_or_of_none_that_is_gone(self, storage: Storage) -> None:
        first = commit(storage, TickCommit(state=a_state(), tick=a_tick(status=TickStatus.SKIPPED)), 1.0)
        assert first is not None
        assert first.state.tick_id is None
        again = a_tick(status=TickStatus.SKIPPED, timestamp=9.0, times=2, since=1.0)
        second = commit(storage, TickCommit(state=first.state, tick=again, tick_id=first.tick_id), 9.0)
        assert second is not None
        assert [record.tick for record in storage.ticks.ticks(TickFilter())] == [again]
        third = commit(storage, TickCommit(state=second.state, tick=again, tick_id=first.tick_id + 7), 10.0)
        assert third is not None
        assert [record.tick_id for record in storage.ticks.ticks(TickFilter())] == [third.tick_id, first.tick_id]

    def test_several_ticks_end_in_one_transaction_each_for_itself(self, storage: Storage) -> None:
        known = storage.instigators.change(a_state(selector="b"))
        assert known is not None
        wanted = [
            TickCommit(state=a_state(selector=name), tick=a_tick(selector=name), runs=(self.asked(name),))
            for name in ("a", "b", "c")
        ]
        assert [each is not None for each in storage.instigators.commit(wanted, 1.0)] == [True, False, True]
        assert storage.runs.run_count(RunsFilter()) == 2

    def test_runs_outside_of_ticks_are_started_once_too(self, storage: Storage) -> None:
        first, second = self.asked("k"), self.asked("k")
        assert storage.instigators.start_once("retries", [first, second], 1.0) == [first.run.run_id]
        assert storage.instigators.start_once("retries", [second], 2.0) == []
        assert storage.instigators.run_keys("retries", ["k"]) == {"k": first.run.run_id}

    def test_long_and_odd_run_keys_are_keys(self, storage: Storage) -> None:
        keys = ["x" * 100_000, "", "\N{SNOWMAN}"]
        tick = self.over(storage, runs=tuple(self.asked(key) for key in keys))
        assert storage.instigators.run_keys("s", keys) == dict(zip(keys, tick.run_ids, strict=True))

    def test_who_lost_the_lease_commits_nothing(self, storage: Storage) -> None:
        lease = storage.leases.take("sensors", "a", 10.0, 1.0)
        assert lease is not None
        held = (lease.name, lease.epoch)
        begun = commit(storage, TickCommit(state=a_state(), tick=a_tick(), lease=held), 1.0)
        assert begun is not None
        storage.leases.take("sensors", "b", 10.0, 11.0)
        late = TickCommit(state=begun.state, tick=a_tick(), tick_id=begun.tick_id, runs=(self.asked(None),), lease=held)
        assert commit(storage, late, 12.0) is None
        assert storage.runs.run_count(RunsFilter()) == 0

    def test_a_tick_that_cannot_be_stored_as_a_whole_is_not_stored_at_all(self, storage: Storage) -> None:
        known = a_run()
        storage.runs.add_run(known, [], 1.0)
        begun = commit(storage, TickCommit(state=a_state(), tick=a_tick()), 1.0)
        assert begun is not None
        wanted = TickCommit(
            state=begun.state,
            tick=a_tick(status=TickStatus.SUCCESS),
            tick_id=begun.tick_id,
            runs=(self.asked("k"), RequestedRun(run=known)),
            partitions=(AddDynamicPartitionsRequest("files", ["a"]),),
        )
        with pytest.raises(DagsterRunAlreadyExists):
            commit(storage, wanted, 2.0)
        assert storage.runs.run_count(RunsFilter()) == 1
        assert storage.dynamic_partitions.keys("files") == []
        assert storage.instigators.run_keys("s", ["k"]) == {}
        assert storage.instigators.states()["s"] == begun.state
        assert [record.tick.status for record in storage.ticks.ticks(TickFilter())] == [TickStatus.STARTED]

    def test_asset_events_of_a_tick_are_found(self, storage: Storage) -> None:
        wanted = TickCommit(state=a_state(), tick=a_tick(), events=(written("", "external"),))
        assert commit(storage, wanted, 1.0) is not None
        found = storage.events.records(EventRecordsFilter(T.ASSET_MATERIALIZATION, AssetKey("external")))
        assert len(found) == 1

    def asked(self, run_key: str | None, **fields: Any) -> RequestedRun:
        run = a_run(status=DagsterRunStatus.QUEUED, **fields)
        return RequestedRun(run=run, run_key=run_key, events=(entry(run.run_id, T.RUN_ENQUEUED),))

    def over(self, storage: Storage, selector: str = "s", **said: Any) -> Any:
        state = storage.instigators.states([selector]).get(selector) or a_state(selector=selector)
        tick = a_tick(selector=selector, status=TickStatus.SUCCESS)
        ended = commit(storage, TickCommit(state=state, tick=tick, **said), 2.0)
        assert ended is not None
        return ended.tick


class HeartbeatsContract:
    def test_the_last_heartbeat_of_each_loop_and_holder_is_kept(self, storage: Storage) -> None:
        error = SerializableErrorInfo("ValueError: no", ["  line"], "ValueError")
        old = [Heartbeat(loop="queue", holder="a", timestamp=1.0), Heartbeat(loop="sensors", holder="a", timestamp=1.0)]
        new = [Heartbeat(loop="queue", holder="a", timestamp=3.0, is_leader=True, errors=(error,))]
        other = [Heartbeat(loop="queue", holder="b", timestamp=2.0)]
        for heartbeats in (old, new, other, []):
            storage.heartbeats.beat(heartbeats)
        assert storage.heartbeats.heartbeats() == [*new, *other, old[1]]
        storage.heartbeats.forget(2.0)
        assert storage.heartbeats.heartbeats() == [*new, *other]


class RunningThingsContract(PoolsContract, InstigatorsContract, HeartbeatsContract):
    """All of it."""
