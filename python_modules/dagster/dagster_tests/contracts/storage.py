"""What every kind of storage promises. An implementation's test class inherits these and gives the fixture `storage`."""

import math
from datetime import datetime, timezone
from typing import Any

import pytest

from dagster.errors import (
    DagsterInvariantViolationError,
    DagsterRunAlreadyExists,
    DagsterRunFencedError,
    DagsterRunNotFoundError,
)
from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.leases import Lease
from dagster.runs.processes import current_process
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.ports import EventBatch, Storage
from dagster.storage.projections import StepMarks
from dagster_tests.contracts.changes import ChangesContract
from dagster_tests.contracts.partitions import PartitionsContract
from dagster_tests.contracts.running_things import RunningThingsContract
from dagster_tests.contracts.storage_facts import a_run, check_planned, checked, crashed, entry, observed, planned, written
from dagster_tests.contracts.ticks import TicksContract

T, S = DagsterEventType, DagsterRunStatus
A, B = AssetKey("a"), AssetKey(["p", "b"])


def ids(storage: Storage, conditions: RunsFilter, **how: Any) -> list[str]:
    return [record.dagster_run.run_id for record in storage.runs.runs(conditions, **how)]


def add(storage: Storage, *runs: DagsterRun) -> None:
    for number, run in enumerate(runs):
        storage.runs.add_run(run, [], 100.0 + number)


class RunsContract:
    def test_a_run_is_read_as_it_was_stored(self, storage: Storage) -> None:
        run = a_run(
            run_config={"ops": {"a": {"config": {"n": 1.5, "big": 2**70}}}},
            asset_selection=frozenset({A, B}),
            asset_check_selection=frozenset({AssetCheckKey(A, "c")}),
            step_keys_to_execute=["a", "p__b"],
            tags={"k": "v", "unicode": "ä\U0001f600"},
            root_run_id="root",
            parent_run_id="parent",
            attempt=2,
            process=current_process(),
        )
        storage.runs.add_run(run, [], 12.5)
        record = storage.runs.run(run.run_id)
        assert record is not None
        assert record.dagster_run == run
        assert record.create_timestamp == record.update_timestamp == datetime.fromtimestamp(12.5, timezone.utc)
        assert (record.start_time, record.end_time) == (None, None)

    def test_an_unknown_run_is_none(self, storage: Storage) -> None:
        assert storage.runs.run("nope") is None

    def test_a_second_run_with_the_same_id_is_refused_with_its_events(self, storage: Storage) -> None:
        run = a_run()
        storage.runs.add_run(run, [planned(run.run_id, "a")], 1.0)
        with pytest.raises(DagsterRunAlreadyExists, match=run.run_id):
            storage.runs.add_run(run, [planned(run.run_id, "a")], 2.0)
        assert len(storage.events.run_log(run.run_id)) == 1

    def test_runs_come_newest_first_and_go_on_after_the_cursor(self, storage: Storage) -> None:
        runs = [a_run(run_id=name) for name in ("r1", "r2", "r3", "r4")]
        add(storage, *runs)
        assert ids(storage, RunsFilter()) == ["r4", "r3", "r2", "r1"]
        assert ids(storage, RunsFilter(), limit=2) == ["r4", "r3"]
        assert ids(storage, RunsFilter(), cursor="r3") == ["r2", "r1"]
        assert ids(storage, RunsFilter(), cursor="r3", limit=1) == ["r2"]
        assert ids(storage, RunsFilter(), ascending=True) == ["r1", "r2", "r3", "r4"]
        assert ids(storage, RunsFilter(), ascending=True, cursor="r2") == ["r3", "r4"]
        assert ids(storage, RunsFilter(), cursor="nope") == []

    def test_runs_are_found_by_every_condition(self, storage: Storage) -> None:
        add(
            storage,
            a_run(run_id="r1", job_name="x", status=S.STARTED, tags={"t": "1", "u": "1"}),
            a_run(run_id="r2", job_name="y", status=S.SUCCESS, tags={"t": "2"}, job_snapshot_id="s"),
            a_run(run_id="r3", job_name="x", status=S.FAILURE, tags={"dagster/backfill": "b"}),
        )
        found: list[tuple[RunsFilter, list[str]]] = [
            (RunsFilter(job_name="x"), ["r3", "r1"]),
            (RunsFilter(job_name="y", statuses=[S.SUCCESS, S.FAILURE]), ["r2"]),
            (RunsFilter(statuses=[S.SUCCESS, S.FAILURE]), ["r3", "r2"]),
            (RunsFilter(statuses=[]), ["r3", "r2", "r1"]),
            (RunsFilter(run_ids=["r1", "nope"]), ["r1"]),
            (RunsFilter(run_ids=[]), []),
            (RunsFilter(tags={"t": ["1", "2"]}), ["r2", "r1"]),
            (RunsFilter(tags={"t": ["1", "2"], "u": "1"}), ["r1"]),
            (RunsFilter(snapshot_id="s"), ["r2"]),
            (RunsFilter(exclude_subruns=True), ["r2", "r1"]),
        ]
        for conditions, expected in found:
            assert ids(storage, conditions) == expected, conditions
            assert storage.runs.run_count(conditions) == len(expected)

    def test_runs_are_found_by_time(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"), a_run(run_id="r2"), a_run(run_id="r3"))  # created at 100, 101, 102
        at = datetime.fromtimestamp(101, timezone.utc)
        assert ids(storage, RunsFilter(created_after=at)) == ["r3"]
        assert ids(storage, RunsFilter(created_before=at)) == ["r1"]
        storage.runs.add_run_tags("r1", {"a": "b"}, 200.0)
        assert ids(storage, RunsFilter(updated_after=at)) == ["r3", "r1"]
        assert ids(storage, RunsFilter(updated_before=at)) == []

    def test_runs_can_be_ordered_otherwise(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"), a_run(run_id="r2"))
        storage.runs.add_run_tags("r1", {"a": "b"}, 200.0)
        assert ids(storage, RunsFilter(), order_by="update_timestamp") == ["r1", "r2"]
        with pytest.raises(DagsterInvariantViolationError, match="Choose one of"):
            storage.runs.runs(RunsFilter(), order_by="id; DROP TABLE runs")

    def test_tags_are_added_and_replaced(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", tags={"a": "1", "b": "1"}))
        storage.runs.add_run_tags("r1", {"b": "2", "c": "3"}, 200.0)
        record = storage.runs.run("r1")
        assert record is not None
        assert record.dagster_run.tags == {"a": "1", "b": "2", "c": "3"}
        assert ids(storage, RunsFilter(tags={"b": "2", "c": "3"})) == ["r1"]
        assert ids(storage, RunsFilter(tags={"b": "1"})) == []

    def test_tags_of_an_unknown_run_are_refused(self, storage: Storage) -> None:
        with pytest.raises(DagsterRunNotFoundError, match="nope"):
            storage.runs.add_run_tags("nope", {"a": "b"}, 1.0)

    def test_run_events_move_the_status_and_the_times(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"))
        storage.events.append([entry("r1", T.RUN_STARTING, timestamp=5.0), entry("r1", T.RUN_START, timestamp=6.0)])
        record = storage.runs.run("r1")
        assert record is not None
        assert (record.dagster_run.status, record.start_time, record.end_time) == (S.STARTED, 6.0, None)
        storage.events.append([entry("r1", T.RUN_SUCCESS, timestamp=7.5)])
        record = storage.runs.run("r1")
        assert record is not None
        assert (record.dagster_run.status, record.start_time, record.end_time) == (S.SUCCESS, 6.0, 7.5)
        assert ids(storage, RunsFilter(statuses=[S.SUCCESS])) == ["r1"]

    def test_a_final_status_stays(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"))
        storage.events.append([entry("r1", T.RUN_SUCCESS)])
        storage.events.append([entry("r1", T.RUN_FAILURE)])
        record = storage.runs.run("r1")
        assert record is not None
        assert record.dagster_run.status is S.SUCCESS

    def test_the_reason_of_a_failure_becomes_a_tag(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", tags={"a": "b"}))
        storage.events.append([crashed("r1")])
        record = storage.runs.run("r1")
        assert record is not None
        assert record.dagster_run.tags == {"a": "b", "dagster/failure_reason": "RUN_WORKER_CRASH"}
        assert ids(storage, RunsFilter(tags={"dagster/failure_reason": "RUN_WORKER_CRASH"})) == ["r1"]

    def test_an_older_attempt_is_refused_and_stores_nothing(self, storage: Storage) -> None:
        run = a_run(run_id="r1")
        add(storage, run)
        storage.runs.replace_run(a_run(run_id="r1", attempt=1), 2.0)
        with pytest.raises(DagsterRunFencedError, match="attempt 1 holds"):
            storage.events.append([entry("r1", T.RUN_START), written("r1", "a")], attempt=0)
        with pytest.raises(DagsterRunFencedError):
            storage.runs.replace_run(run, 3.0)
        assert storage.events.run_log("r1") == []
        assert storage.assets.asset_keys() == []
        assert storage.events.append([entry("r1", T.RUN_START)], attempt=1)

    def test_replacing_a_run_keeps_its_status(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"))
        storage.events.append([entry("r1", T.RUN_START)])
        storage.runs.replace_run(a_run(run_id="r1", attempt=3, tags={"n": "1"}), 5.0)
        record = storage.runs.run("r1")
        assert record is not None
        assert (record.dagster_run.status, record.dagster_run.attempt) == (S.STARTED, 3)
        assert ids(storage, RunsFilter(tags={"n": "1"})) == ["r1"]

    def test_a_run_is_not_settled_with_the_end_of_a_step_that_has_ended_meanwhile(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", status=S.STARTED))
        storage.events.append([entry("r1", T.STEP_START, step_key="one"), entry("r1", T.STEP_START, step_key="two")])
        ends = [entry("r1", T.STEP_FAILURE, step_key=step_key) for step_key in ("one", "two")]
        storage.events.append([entry("r1", T.STEP_SUCCESS, step_key="one")])
        assert not storage.runs.settle("r1", 0, [S.STARTED], [*ends, crashed("r1")], 9.0)
        assert storage.runs.settle("r1", 0, [S.STARTED], [ends[1], crashed("r1")], 9.0)
        assert {key: marks.status for key, marks in storage.runs.step_marks("r1").items()} == {"one": "SUCCESS", "two": "FAILURE"}

    def test_a_run_is_settled_once(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", status=S.STARTED))
        assert storage.runs.settle("r1", 0, [S.STARTED], [crashed("r1")], 9.0)
        assert not storage.runs.settle("r1", 0, [S.STARTED], [crashed("r1")], 9.0)
        assert not storage.runs.settle("nope", 0, [S.STARTED], [], 9.0)
        record = storage.runs.run("r1")
        assert record is not None
        assert (record.dagster_run.status, record.dagster_run.attempt, record.end_time) == (S.FAILURE, 1, 9.0)
        assert len(storage.events.run_log("r1")) == 1
        with pytest.raises(DagsterRunFencedError):
            storage.events.append([entry("r1", T.RUN_SUCCESS)], attempt=0)

    def test_a_run_is_taken_once(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", status=S.NOT_STARTED))
        starting = [entry("r1", T.RUN_STARTING)]
        taken = storage.runs.take("r1", 0, [S.NOT_STARTED, S.QUEUED], current_process(), starting, 9.0)
        assert taken is not None
        assert (taken.status, taken.attempt, taken.process) == (S.STARTING, 1, current_process())
        record = storage.runs.run("r1")
        assert record is not None
        assert record.dagster_run == taken
        assert storage.runs.take("r1", 0, [S.NOT_STARTED], current_process(), starting, 9.0) is None
        assert storage.runs.take("r1", 1, [S.NOT_STARTED], current_process(), starting, 9.0) is None
        assert storage.runs.take("nope", 0, [S.NOT_STARTED], current_process(), [], 9.0) is None
        assert len(storage.events.run_log("r1")) == 1
        with pytest.raises(DagsterRunFencedError):
            storage.events.append([entry("r1", T.RUN_START)], attempt=0)

    def test_a_run_that_was_asked_to_stop_can_only_end(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", status=S.STARTING))
        for kind, status in [
            (T.RUN_CANCELING, S.CANCELING),
            (T.RUN_START, S.CANCELING),
            (T.RUN_STARTING, S.CANCELING),
            (T.RUN_CANCELED, S.CANCELED),
        ]:
            storage.events.append([entry("r1", kind)])
            record = storage.runs.run("r1")
            assert record is not None
            assert record.dagster_run.status is status

    def test_a_run_that_moved_on_is_not_settled(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", status=S.SUCCESS))
        assert not storage.runs.settle("r1", 0, [S.STARTED], [crashed("r1")], 9.0)

    def test_steps_are_known_by_what_happened_last(self, storage: Storage) -> None:
        storage.events.append([entry("r1", T.STEP_START, step_key="x", timestamp=1.0)])
        storage.events.append(
            [
                entry("r1", T.STEP_UP_FOR_RETRY, step_key="x", timestamp=2.0),
                entry("r1", T.STEP_RESTARTED, step_key="x", timestamp=3.0),
                entry("r1", T.STEP_SUCCESS, step_key="x", timestamp=4.0),
                entry("r1", T.STEP_SKIPPED, step_key="y", timestamp=5.0),
            ]
        )
        assert storage.runs.step_marks("r1") == {
            "x": StepMarks("SUCCESS", 3.0, 4.0, 2),
            "y": StepMarks("SKIPPED", None, 5.0, 0),
        }

    def test_a_deleted_run_takes_its_events_and_what_only_they_said(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"), a_run(run_id="r2", tags={"a": "b"}))
        [first] = storage.events.append([written("r1", "a", "x")])
        storage.events.append([written("r2", "a", "y"), written("r2", "only"), checked("r2", "a", "c", True)])
        storage.runs.delete_run("r2")
        assert storage.runs.run("r2") is None
        assert storage.events.run_log("r2") == []
        assert ids(storage, RunsFilter(tags={"a": "b"})) == []
        assert storage.assets.asset_keys() == [A]
        assert set(storage.assets.partition_marks(A)) == {"x"}
        assert storage.assets.asset_marks([A])[A].materialization_id == first
        assert storage.assets.check_marks([AssetCheckKey(A, "c")]) == {}
        storage.runs.delete_run("nope")

    def test_tags_can_be_listed(self, storage: Storage) -> None:
        add(
            storage,
            a_run(tags={"a": "1", "b": "x"}),
            a_run(tags={"a": "2"}),
            a_run(tags={"a": "1"}),
            a_run(tags={"a": "ä%" * 9000}),
        )
        assert storage.runs.tag_keys() == ["a", "b"]
        assert storage.runs.tag_values(["a", "b", "c"], limit=3) == [("a", "1"), ("a", "2"), ("a", "ä%" * 9000)]
        assert storage.runs.tag_values(["b"]) == [("b", "x")]
        assert storage.runs.tag_values(["a"], prefix="ä%") == [("a", "ä%" * 9000)]
        assert storage.runs.tag_values([]) == []
        assert len(ids(storage, RunsFilter(tags={"a": "ä%" * 9000}))) == 1

    def test_a_page_of_runs_with_a_tag_goes_on_after_the_cursor(self, storage: Storage) -> None:
        add(storage, *[a_run(run_id=f"r{number}", tags={"t": str(number % 2)}) for number in range(6)])
        assert ids(storage, RunsFilter(tags={"t": "1"}), limit=2) == ["r5", "r3"]
        assert ids(storage, RunsFilter(tags={"t": "1"}), limit=2, cursor="r3") == ["r1"]
        assert ids(storage, RunsFilter(tags={"t": ["1"]}, run_ids=["r1", "r2"])) == ["r1"]
        assert ids(storage, RunsFilter(tags={"t": "1"}), ascending=True, cursor="r1") == ["r3", "r5"]
        assert ids(storage, RunsFilter(tags={"t": "0"}), order_by="create_timestamp") == ["r4", "r2", "r0"]


class EventsContract:
    def test_an_entry_is_read_as_it_was_stored(self, storage: Storage) -> None:
        told = written("r1", ["p", "b"], "2024-01-01", metadata={"n": math.inf, "i": 2**80, "t": "ä\0"}, tags={"k": "v"})
        log = entry("r1", None, timestamp=2.25)
        places = storage.events.append([told, log])
        assert [(record.storage_id, record.event_log_entry) for record in storage.events.run_log("r1")] == [
            (places[0], told),
            (places[1], log),
        ]

    def test_storage_ids_grow(self, storage: Storage) -> None:
        first = storage.events.append([entry("r1", T.STEP_START), entry("r2", T.STEP_START)])
        second = storage.events.append([entry("r1", T.STEP_SUCCESS)])
        assert first + second == sorted(set(first + second))
        assert storage.events.latest_id() == second[0]

    def test_what_was_touched_is_told_in_the_order_of_events(self, storage: Storage) -> None:
        places = storage.events.append([entry("r1", T.RUN_START), written("r1", "a"), entry("r2", T.STEP_START)])
        found = storage.events.touched_after(0, limit=10)
        assert [(touch.storage_id, touch.run_id, touch.event_type, touch.asset_key) for touch in found] == [
            (places[0], "r1", T.RUN_START.value, None),
            (places[1], "r1", T.ASSET_MATERIALIZATION.value, AssetKey("a")),
            (places[2], "r2", T.STEP_START.value, None),
        ]
        assert storage.events.touched_after(places[0], limit=1) == found[1:2]

    def test_a_storage_id_is_never_given_twice(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"))
        [given] = storage.events.append([entry("r1", T.RUN_START)])
        storage.runs.delete_run("r1")
        assert storage.events.append([entry("r2", T.RUN_START)]) > [given]

    def test_an_empty_batch_is_stored(self, storage: Storage) -> None:
        assert storage.events.append([]) == []
        assert storage.events.latest_id() == 0

    def test_an_entry_sent_twice_is_stored_once(self, storage: Storage) -> None:
        batch = [entry("r1", T.STEP_START, step_key="s"), written("r1", "a"), entry("r1", T.STEP_SUCCESS, step_key="s")]
        first = storage.events.append(batch[:2], first_sequence=0)
        again = storage.events.append(batch, first_sequence=0)
        assert again[:2] == first
        assert len(storage.events.run_log("r1")) == 3
        assert storage.runs.step_marks("r1")["s"].attempts == 1
        assert storage.events.append(batch, first_sequence=0, attempt=1) > again
        assert storage.events.append(batch, first_sequence=3) > again

    def test_the_log_of_a_run_comes_in_order_and_in_pages(self, storage: Storage) -> None:
        kinds = [T.RUN_START, T.STEP_START, T.STEP_SUCCESS, T.RUN_SUCCESS]
        places = storage.events.append([entry("r1", kind, step_key="s") for kind in kinds])
        storage.events.append([entry("r2", T.RUN_START)])

        def log(**how: Any) -> list[int]:
            return [record.storage_id for record in storage.events.run_log("r1", **how)]

        assert log() == places
        assert log(ascending=False) == places[::-1]
        assert log(after=places[0], limit=2) == places[1:3]
        assert log(before=places[3], ascending=False, limit=1) == [places[2]]
        assert log(types=[T.RUN_SUCCESS, T.STEP_START]) == [places[1], places[3]]
        assert log(types=[]) == []

    def test_records_are_found_by_every_condition(self, storage: Storage) -> None:
        places = storage.events.append(
            [
                written("r1", "a", "x", timestamp=1.0),
                written("r1", "a", "y", timestamp=2.0),
                written("r2", "b", timestamp=3.0),
                observed("r2", "a", "x"),
                written("r2", "a", timestamp=4.0),
            ]
        )

        def found(*conditions: Any, how: Any = None, **more: Any) -> list[int]:
            asked = EventRecordsFilter(T.ASSET_MATERIALIZATION, *conditions, **more)
            return [places.index(record.storage_id) for record in storage.events.records(asked, **(how or {}))]

        assert found() == [4, 2, 1, 0]
        assert found(how={"ascending": True, "limit": 2}) == [0, 1]
        assert found(A) == [4, 1, 0]
        assert found(A, ["x", "z"]) == [0]
        assert found(A, []) == [4, 1, 0]
        assert found(A, after_cursor=places[0]) == [4, 1]
        assert found(before_cursor=places[2]) == [1, 0]
        assert found(after_timestamp=2.0) == [4, 2]
        assert found(before_timestamp=2.0) == [0]
        assert found(storage_ids=[places[2], places[3], 10**9]) == [2]
        assert found(storage_ids=[]) == []

    def test_events_of_some_jobs_alone(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1", job_name="x"), a_run(run_id="r2", job_name="y"))
        places = storage.events.append([entry(run_id, T.RUN_START) for run_id in ("r1", "r2", "r1", "unknown")])
        started = EventRecordsFilter(T.RUN_START)
        assert [record.storage_id for record in storage.events.records(started, job_names=["x", "z"])] == [places[2], places[0]]
        assert storage.events.records(started, job_names=[]) == []

    def test_events_without_a_run_are_kept(self, storage: Storage) -> None:
        [place] = storage.events.append([written("", "a")])
        assert storage.assets.latest_materializations([A])[A].storage_id == place

    def test_events_of_a_run_that_is_not_stored_are_kept(self, storage: Storage) -> None:
        storage.events.append([entry("unknown", T.RUN_START)])
        assert len(storage.events.run_log("unknown")) == 1
        assert storage.runs.run("unknown") is None

    def test_batches_of_several_runs_are_stored_together_and_an_old_attempt_is_refused_alone(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"), a_run(run_id="r2", attempt=1), a_run(run_id="r3"))
        batches = [
            EventBatch([entry("r1", T.STEP_START), entry("r1", T.STEP_SUCCESS)], 0, 0),
            EventBatch([entry("r2", T.STEP_START)], 0, 0),
            EventBatch([entry("r3", T.STEP_START)], 0, 7),
        ]
        first, refused, last = storage.events.append_all(batches)
        assert first == [1, 2]
        assert isinstance(refused, DagsterRunFencedError)
        assert last == [3]
        assert storage.events.append_all(batches[::2]) == [[1, 2], [3]]
        assert [len(storage.events.run_log(run_id)) for run_id in ("r1", "r2", "r3")] == [2, 0, 1]

    def test_what_need_not_be_waited_for_is_stored_before_what_comes_later(self, storage: Storage) -> None:
        add(storage, a_run(run_id="r1"))
        storage.events.append_soon([entry("r1", T.STEP_START)], attempt=0, first_sequence=0)
        assert storage.events.append([entry("r1", T.STEP_SUCCESS)], first_sequence=1) == [2]
        assert len(storage.events.run_log("r1")) == 2


class AssetsContract:
    def test_keys_come_in_order_and_in_pages(self, storage: Storage) -> None:
        storage.events.append([written("r1", "c"), planned("r1", "a"), written("r1", ["p", "b"]), observed("r1", "d")])
        assert storage.assets.asset_keys() == [A, AssetKey("c"), AssetKey("d"), B]
        assert storage.assets.asset_keys(limit=2) == [A, AssetKey("c")]
        assert storage.assets.asset_keys(cursor=AssetKey("c").to_string()) == [AssetKey("d"), B]
        assert storage.assets.asset_keys(prefix=["p"]) == [B]
        assert storage.assets.asset_keys(prefix=[]) == storage.assets.asset_keys()

    def test_a_prefix_is_whole_parts(self, storage: Storage) -> None:
        storage.events.append([written("r1", ["p%", "b"]), written("r1", ["px", "b"]), written("r1", ["p%"])])
        assert storage.assets.asset_keys(prefix=["p%"]) == [AssetKey(["p%", "b"]), AssetKey(["p%"])]
        assert storage.assets.asset_keys(prefix=["p"]) == []

    def test_the_latest_materialization_of_each_asset(self, storage: Storage) -> None:
        storage.events.append([written("r1", "a"), written("r1", ["p", "b"]), observed("r1", "d")])
        [latest] = storage.events.append([written("r2", "a")])
        found = storage.assets.latest_materializations([A, AssetKey("d"), AssetKey("nope")])
        assert {key: (record.storage_id, record.run_id) for key, record in found.items()} == {A: (latest, "r2")}
        assert storage.assets.latest_materializations([]) == {}

    def test_a_later_event_of_another_kind_leaves_the_marks(self, storage: Storage) -> None:
        places = storage.events.append(
            [planned("r1", "a"), written("r1", "a", tags={"dagster/data_version": "v1"}), observed("r2", "a")]
        )
        marks = storage.assets.asset_marks([A])[A]
        assert (marks.planned_id, marks.materialization_id, marks.observation_id) == tuple(places)
        assert (marks.planned_run_id, marks.materialization_run_id, marks.data_version) == ("r1", "r1", "v1")
        assert marks.planned_step_key == "step"
        storage.events.append([written("r3", "a")])
        assert storage.assets.asset_marks([A])[A].data_version is None

    def test_records_hold_the_latest_events(self, storage: Storage) -> None:
        places = storage.events.append([written("r1", "a"), planned("r2", "a"), observed("r1", ["p", "b"])])
        first, second = storage.assets.asset_records()
        storage.events.append([written("r3", "a")])
        storage.events.append([written("r3", "c")])
        assert [record.storage_id for record in storage.assets.asset_records()] == [1, 3, 2]
        assert (first.asset_entry.asset_key, second.asset_entry.asset_key) == (A, B)
        assert first.asset_entry.last_materialization_storage_id == places[0]
        assert first.asset_entry.last_planned_materialization_storage_id == places[1]
        assert first.asset_entry.last_run_id == "r2"
        assert second.asset_entry.last_observation_record is not None
        assert second.asset_entry.last_materialization is None
        assert [record.asset_entry.asset_key for record in storage.assets.asset_records([B, AssetKey("nope")])] == [B]
        assert storage.assets.asset_records([]) == []

    def test_partitions_of_checks_are_grouped_by_where_they_stand(self, storage: Storage) -> None:
        for run_id in ("r1", "r2", "r3"):
            storage.runs.add_run(a_run(run_id=run_id), [], 1.0)
        storage.events.append([check_planned("r1", "a", "c", each) for each in ("x", "y", "z")])
        storage.events.append([checked("r1", "a", "c", True, "x"), checked("r1", "a", "c", False, "y"), crashed("r1")])
        storage.events.append(
            [check_planned("r2", "a", "c", "y"), checked("r3", "a", "c", True, "v"), checked("", "a", "d", True, "x")]
        )
        key = AssetCheckKey(A, "c")
        groups = storage.assets.check_partition_groups(key)
        assert {(group.run_status, group.passed): group.partitions for group in groups} == {
            (None, True): ["v", "x"],
            (DagsterRunStatus.NOT_STARTED, None): ["y"],
            (DagsterRunStatus.FAILURE, None): ["z"],
        }
        storage.events.append([written("r2", "a", "y"), written("r3", "a", "x")])
        groups = storage.assets.check_partition_groups(key)  # r2 checks y itself; x was found good by another run
        assert {partition for group in groups for partition in group.partitions} == {"v", "y", "z"}
        assert storage.maintenance.disagreements() == []
        storage.assets.wipe(A)
        assert storage.assets.check_partition_groups(key) == []

    def test_events_of_a_check_are_found_by_the_check(self, storage: Storage) -> None:
        planned_y = check_planned("r1", "a", "c", "y")
        ids = storage.events.append(
            [planned_y, checked("r1", "a", "d", True), checked("r1", "a", "c", True, "x"), checked("r1", "a", "c", True, "y")]
        )
        key = AssetCheckKey(A, "c")

        def found(**conditions: Any) -> list[int]:
            return [record.storage_id for record in storage.events.check_records(key, limit=10, **conditions)]

        assert found() == [ids[3], ids[2], ids[0]]
        assert found(partition="y") == [ids[3], ids[0]]
        assert found(before=ids[3]) == [ids[2], ids[0]]
        assert [record.storage_id for record in storage.events.check_records(key, limit=1)] == [ids[3]]

    def test_checks_are_known_by_what_happened_last(self, storage: Storage) -> None:
        key, other = AssetCheckKey(A, "c"), AssetCheckKey(A, "d")
        places = storage.events.append(
            [
                check_planned("r1", "a", "c"),
                checked("r1", "a", "c", False),
                check_planned("r2", "a", "c"),
                checked("", "a", "d", True),
            ]
        )
        marks = storage.assets.check_marks([key, other, AssetCheckKey(B, "c")])
        assert set(marks) == {key, other}
        assert (marks[key].planned_id, marks[key].planned_run_id) == (places[2], "r2")
        assert (marks[key].evaluation_id, marks[key].passed) == (places[1], False)
        assert (marks[other].evaluation_id, marks[other].passed) == (places[3], True)

    def test_a_wiped_asset_is_forgotten_but_stays_in_the_logs(self, storage: Storage) -> None:
        storage.events.append([written("r1", "a", "x"), written("r1", ["p", "b"]), checked("r1", "a", "c", True)])
        storage.assets.wipe(A, None, [entry("", T.ASSET_WIPED)])
        assert len(storage.events.records(EventRecordsFilter(T.ASSET_WIPED))) == 1
        assert storage.assets.asset_keys() == [B]
        assert storage.assets.latest_materializations([A]) == {}
        assert storage.assets.partition_marks(A) == {}
        assert storage.assets.check_marks([AssetCheckKey(A, "c")]) == {}
        assert storage.events.records(EventRecordsFilter(T.ASSET_MATERIALIZATION, A)) == []
        assert len(storage.events.run_log("r1")) == 3
        assert storage.events.run_log("r1")[0].asset_key == A

    def test_a_wiped_asset_can_be_written_again(self, storage: Storage) -> None:
        storage.events.append([written("r1", "a")])
        storage.assets.wipe(A)
        [place] = storage.events.append([written("r2", "a")])
        assert storage.assets.latest_materializations([A])[A].storage_id == place

    def test_a_moved_asset_has_its_history_under_the_new_key(self, storage: Storage) -> None:
        read = {"dagster/input_data_version/a": "1", "dagster/input_event_pointer/a": "1", "dagster/code_version": "c"}
        places = storage.events.append(
            [
                written("r1", "a", "x", tags={"dagster/data_version": "1"}),
                checked("r1", "a", "c", True),
                written("r1", "reader", tags=read),
                written("r1", "ab", tags={"dagster/input_data_version/a_": "1"}),
            ]
        )
        before = storage.events.run_log("r1")
        moved = AssetKey(["new", "a"])
        assert storage.assets.move(A, moved) == 2
        assert storage.assets.asset_keys() == [AssetKey("ab"), moved, AssetKey("reader")]
        assert storage.assets.partition_marks(moved)["x"].materialization_id == places[0]
        assert storage.assets.partition_marks(A) == {}
        assert storage.assets.check_marks([AssetCheckKey(moved, "c")])[AssetCheckKey(moved, "c")].passed
        [record] = storage.events.records(EventRecordsFilter(T.ASSET_MATERIALIZATION, moved))
        assert (record.storage_id, record.asset_key, record.partition_key) == (places[0], moved, "x")
        latest = storage.assets.latest_materializations([AssetKey("reader"), AssetKey("ab")])
        reader = latest[AssetKey("reader")].asset_materialization
        assert reader is not None
        assert set(reader.tags or {}) == {
            "dagster/input_data_version/new/a",
            "dagster/input_event_pointer/new/a",
            "dagster/code_version",
        }
        assert latest[AssetKey("ab")] == before[3]
        assert storage.maintenance.disagreements() == []

    def test_a_moved_asset_joins_what_is_known_of_the_other_one(self, storage: Storage) -> None:
        places = storage.events.append([written("r1", "a", "x"), written("r2", ["p", "b"], "y"), written("r3", "a", "y")])
        assert storage.assets.move(A, B) == 2
        found = storage.assets.partition_marks(B)
        assert {partition: mark.materialization_id for partition, mark in found.items()} == {"x": places[0], "y": places[2]}
        assert [record.storage_id for record in storage.events.records(EventRecordsFilter(T.ASSET_MATERIALIZATION, B))] == (
            places[::-1]
        )
        assert storage.assets.move(A, B) == 0
        [place] = storage.events.append([written("r4", "a")])
        assert storage.assets.latest_materializations([A])[A].storage_id == place


class SmallThingsContract:
    def test_dynamic_partitions_keep_the_order_in_which_they_were_added(self, storage: Storage) -> None:
        kept = storage.dynamic_partitions
        kept.add("d", ["y", "x"], 1.0)
        kept.add("d", ["x", "ä", "z", "z"], 2.0)
        kept.add("other", ["x"], 3.0)

        def keys(**how: Any) -> list[str]:
            return [key for _, key in kept.keys("d", **how)]

        assert keys() == ["y", "x", "ä", "z"]
        assert keys(ascending=False, limit=2) == ["z", "ä"]
        places = {key: place for place, key in kept.keys("d")}
        assert keys(after=places["x"], limit=1) == ["ä"]
        assert keys(before=places["ä"], ascending=False) == ["x", "y"]
        assert keys(among=["z", "nope", "y"]) == ["y", "z"]
        kept.delete("d", "x")
        kept.delete("d", "nope")
        assert keys() == ["y", "ä", "z"]
        kept.add("d", ["x"], 4.0)
        assert keys() == ["y", "ä", "z", "x"]
        assert [key for _, key in kept.keys("other")] == ["x"]
        assert kept.keys("nope") == []

    def test_a_note_replaces_the_one_before(self, storage: Storage) -> None:
        assert storage.notes.note("n") is None
        storage.notes.set_note("n", "1")
        storage.notes.set_note("n", "2")
        assert storage.notes.note("n") == "2"


def a_history(storage: Storage) -> None:
    """Two runs that ended, one that goes on, partitions, checks, what was wiped and what was deleted."""
    add(storage, a_run(run_id="old", tags={"t": "1"}), a_run(run_id="new"), a_run(run_id="on"), a_run(run_id="gone"))
    for run_id in ("old", "new", "on"):
        storage.events.append(
            [
                planned(run_id, "a"),
                entry(run_id, T.RUN_START, timestamp=1.0),
                entry(run_id, T.STEP_START, step_key="s", timestamp=2.0),
                written(run_id, "a", "x" if run_id == "old" else "y"),
                written(run_id, "wiped", "x"),
                checked(run_id, "a", run_id, True),
                entry(run_id, T.STEP_SUCCESS, step_key="s", timestamp=3.0),
            ],
            first_sequence=0,
        )
    storage.events.append([written("gone", "a", "z"), written("gone", "only"), observed("", "a", "x"), written("", "b")])
    storage.events.append([written("", "b"), observed("", "b")])
    storage.assets.wipe(AssetKey("wiped"))
    storage.runs.delete_run("gone")
    storage.events.append([entry("old", T.RUN_SUCCESS, timestamp=4.0), entry("old", T.RUN_FAILURE, timestamp=5.0)])
    storage.events.append([crashed("new")])


class LeasesContract:
    def test_a_lease_is_held_by_one_until_it_is_not_renewed(self, storage: Storage) -> None:
        first = storage.leases.take("loop", "a", 10.0, 100.0)
        assert first == Lease(name="loop", holder="a", epoch=1, renewed=100.0, seconds=10.0)
        assert storage.leases.take("loop", "b", 10.0, 109.0) is None
        assert storage.leases.renew("loop", 1, 109.0)
        assert storage.leases.take("loop", "b", 10.0, 118.0) is None
        second = storage.leases.take("loop", "b", 10.0, 119.0)
        assert second is not None
        assert second.epoch == 2
        assert not storage.leases.renew("loop", 1, 120.0)
        assert not storage.leases.release("loop", 1)

    def test_who_holds_a_lease_may_take_it_again(self, storage: Storage) -> None:
        storage.leases.take("loop", "a", 10.0, 100.0)
        again = storage.leases.take("loop", "a", 20.0, 105.0)
        assert again == Lease(name="loop", holder="a", epoch=1, renewed=105.0, seconds=20.0)

    def test_a_lease_that_is_given_back_is_free_at_once_and_keeps_its_epoch(self, storage: Storage) -> None:
        storage.leases.take("loop", "a", 10.0, 100.0)
        assert storage.leases.release("loop", 1)
        assert not storage.leases.renew("loop", 1, 101.0)
        taken = storage.leases.take("loop", "b", 10.0, 101.0)
        assert taken is not None
        assert taken.epoch == 2

    def test_a_clock_that_is_set_back_does_not_hold_a_lease_for_ever(self, storage: Storage) -> None:
        storage.leases.take("loop", "a", 10.0, 5_000.0)
        assert storage.leases.take("loop", "b", 10.0, 100.0) is not None

    def test_leases_are_listed_until_they_are_dropped(self, storage: Storage) -> None:
        for name in ("run/b", "loop", "run/a"):
            storage.leases.take(name, "a", 10.0, 100.0)
        storage.leases.drop("run/b")
        storage.leases.drop("nothing")
        assert [lease.name for lease in storage.leases.leases()] == ["loop", "run/a"]


class MaintenanceContract:
    def test_the_projections_are_what_the_log_says(self, storage: Storage) -> None:
        a_history(storage)
        assert storage.maintenance.disagreements() == []
        assert storage.runs.settle("on", 0, [S.STARTED], [crashed("on")], 9.0)
        assert storage.maintenance.disagreements() == []
        assert storage.maintenance.repair() == []

    def test_old_runs_go_and_the_latest_of_each_asset_partition_and_check_stays(self, storage: Storage) -> None:
        a_history(storage)
        known = storage.assets.asset_marks([A]), storage.assets.partition_marks(A)
        checks = [AssetCheckKey(A, run_id) for run_id in ("old", "new", "on")]
        marks = storage.assets.check_marks(checks)
        later = datetime.now(timezone.utc).timestamp() + 60
        assert storage.maintenance.prune_runs(50.0) == 0
        assert storage.maintenance.prune_runs(later) == 2
        assert ids(storage, RunsFilter()) == ["on"]
        assert storage.runs.tag_keys() == []
        assert (storage.assets.asset_marks([A]), storage.assets.partition_marks(A)) == known
        assert storage.assets.check_marks(checks) == marks
        assert [record.run_id for record in storage.events.run_log("old")] == ["old"] * 2  # partition x and its check
        assert storage.runs.step_marks("old") == {}
        assert storage.assets.latest_materializations([A])[A].run_id == "on"
        assert storage.maintenance.disagreements() == []
        assert storage.maintenance.prune_runs(later) == 0

    def test_everything_can_be_removed(self, storage: Storage) -> None:
        a_history(storage)
        latest = storage.events.latest_id()
        storage.maintenance.wipe()
        assert (ids(storage, RunsFilter()), storage.assets.asset_keys(), storage.runs.tag_keys()) == ([], [], [])
        assert storage.events.run_log("old") == []
        assert storage.maintenance.disagreements() == []
        assert storage.events.append([written("r", "a")], first_sequence=0) == [latest + 1]

    def test_old_events_without_a_run_go_and_the_latest_stay(self, storage: Storage) -> None:
        a_history(storage)
        known = storage.assets.asset_marks([A, AssetKey("b")]), storage.assets.partition_marks(A)
        assert storage.maintenance.prune_events(10.0) == 0
        assert storage.maintenance.prune_events(2000.0) == 1  # the first of two materializations of b
        assert (storage.assets.asset_marks([A, AssetKey("b")]), storage.assets.partition_marks(A)) == known
        assert len(storage.events.run_log("")) == 3
        assert storage.maintenance.disagreements() == []


class StorageContract(
    LeasesContract,
    MaintenanceContract,
    RunsContract,
    EventsContract,
    AssetsContract,
    PartitionsContract,
    SmallThingsContract,
    TicksContract,
    RunningThingsContract,
    ChangesContract,
):
    """All of it."""
