"""What every kind of storage promises of partitions. `StorageContract` inherits it."""

from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.ports import Storage
from dagster_tests.contracts.storage_facts import a_run, checked, entry, observed, planned, written

T = DagsterEventType
A, B = AssetKey("a"), AssetKey(["p", "b"])


class PartitionsContract:
    def test_partitions_are_marked_apart(self, storage: Storage) -> None:
        places = storage.events.append([written("r1", "a", "x"), planned("r1", "a", "y"), written("r1", "a", "ä/\n")])
        marks = storage.assets.partition_marks(A)
        assert {partition: mark.materialization_id for partition, mark in marks.items()} == {
            "x": places[0],
            "y": None,
            "ä/\n": places[2],
        }
        assert set(storage.assets.partition_marks(A, ["x", "nope"])) == {"x"}
        assert storage.assets.partition_marks(B) == {}
        assert storage.assets.asset_marks([A])[A].materialization_id == places[2]

    def test_partitions_are_grouped_by_where_they_stand(self, storage: Storage) -> None:
        for run_id in ("done", "going", "lost"):
            storage.runs.add_run(a_run(run_id=run_id), [entry(run_id, T.RUN_START)], 1.0)
        plans = [planned("done", "a", "x"), planned("going", "a", "y"), planned("going", "a", "w"), planned("lost", "a", "v")]
        storage.events.append([written("", "a", "w"), written("", "a", "v"), *plans])
        storage.events.append([written("done", "a", "x"), written("", "a", "ä/b"), observed("", "a", "z"), written("", "b", "x")])
        storage.runs.delete_run("lost")
        groups = storage.assets.partition_groups(A)
        assert {(group.run_status, group.is_materialized): sorted(group.partitions) for group in groups} == {
            (None, True): ["v", "x", "ä/b"],
            (DagsterRunStatus.STARTED, False): ["y"],
            (DagsterRunStatus.STARTED, True): ["w"],
        }
        assert storage.assets.partition_groups(AssetKey("nope")) == []
        storage.events.append([written("", "b", "x, y"), written("", "b", "y"), observed("", "b", "w")])
        [group] = storage.assets.partition_groups(AssetKey("b"))
        assert (group.run_status, group.is_materialized, sorted(group.partitions)) == (None, True, ["x", "x, y", "y"])

    def test_wiping_a_partition_leaves_the_others(self, storage: Storage) -> None:
        places = storage.events.append([written("r1", "a", "x"), written("r1", "a", "y")])
        storage.assets.wipe(A, ["y"])
        assert set(storage.assets.partition_marks(A)) == {"x"}
        assert storage.assets.asset_marks([A])[A].materialization_id == places[0]
        assert storage.assets.asset_records()[0].storage_id == 1

    def test_keys_of_several_dimensions_are_written_asked_for_and_forgotten(self, storage: Storage) -> None:
        first, second = (MultiPartitionKey({"day": day, "region": "eu"}) for day in ("2024-01-01", "2024-01-02"))
        storage.runs.add_run(a_run(run_id="r1", tags={"dagster/partition": first}), [], 1.0)
        assert len(storage.runs.runs(RunsFilter(tags={"dagster/partition": first}))) == 1
        events = [planned("r1", "a", first), written("r1", "a", first), written("r1", "a", second)]
        storage.events.append([*events, checked("r1", "a", "c", True, first)])
        assert set(storage.assets.partition_marks(A, [first])) == {"2024-01-01|eu"}
        [group] = storage.assets.partition_groups(A)
        assert sorted(group.partitions) == ["2024-01-01|eu", "2024-01-02|eu"]
        asked = EventRecordsFilter(T.ASSET_MATERIALIZATION, A, asset_partitions=[second])
        assert [record.partition_key for record in storage.events.records(asked)] == ["2024-01-02|eu"]
        assert len(storage.events.check_records(AssetCheckKey(A, "c"), partition=first, limit=5)) == 1
        storage.dynamic_partitions.add("regions", [first], 300.0)
        assert [key for _, key in storage.dynamic_partitions.keys("regions", among=[first, second])] == [first]
        storage.dynamic_partitions.delete("regions", first)
        assert storage.dynamic_partitions.keys("regions") == []
        storage.assets.wipe(A, [first])
        assert set(storage.assets.partition_marks(A)) == {"2024-01-02|eu"}
