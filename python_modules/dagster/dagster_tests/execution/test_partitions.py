from typing import Any

import pytest

from dagster import (
    AssetExecutionContext,
    AssetKey,
    DagsterEventType,
    DagsterInstance,
    DailyPartitionsDefinition,
    Definitions,
    ExecuteInProcessResult,
    MultiPartitionKey,
    MultiPartitionsDefinition,
    PartitionKeyRange,
    StaticPartitionsDefinition,
    WeeklyPartitionsDefinition,
    materialize,
)
from dagster.errors import CheckError, DagsterInvariantViolationError, DagsterUnknownPartitionError
from dagster_tests.execution.runs import error_of, made

LETTERS = StaticPartitionsDefinition(["a", "b", "c"])


def by_letter(name: str = "part", function: Any = lambda context: context.partition_key, **options: Any) -> Any:
    return made(name, function, partitions_def=LETTERS, **options)


def asked(question: Any) -> Any:
    assets = [by_letter(), by_letter("asked", lambda context, part: [question(context)])]
    return materialize(assets, partition_key="b").output_for_node("asked")[0]


def tags(result: ExecuteInProcessResult, step_key: str) -> dict[str, str]:
    return result.asset_materializations_for_node(step_key)[0].tags or {}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (lambda context: context.partition_key, "b"),
        (lambda context: context.partition_keys, ["b"]),
        (lambda context: context.partition_key_range, PartitionKeyRange("b", "b")),
        (lambda context: (context.has_partition_key, context.has_partition_key_range), (True, False)),
        (lambda context: context.asset_partition_key_for_output(), "b"),
        (lambda context: context.asset_partition_keys_for_output(), ["b"]),
        (lambda context: context.asset_partition_key_range_for_output(), PartitionKeyRange("b", "b")),
        (lambda context: context.asset_partitions_def_for_output(), LETTERS),
        (lambda context: context.asset_partition_key_for_input("part"), "b"),
        (lambda context: context.asset_partition_keys_for_input("part"), ["b"]),
        (lambda context: context.asset_partition_key_range_for_input("part"), PartitionKeyRange("b", "b")),
        (lambda context: context.asset_partitions_def_for_input("part"), LETTERS),
        (lambda context: context.run_tags["dagster/partition"], "b"),
    ],
)
def test_the_partition_of_the_run_is_known(question: Any, answer: Any) -> None:
    assert asked(question) == answer


def test_the_time_of_a_partition_is_known() -> None:
    def function(context: AssetExecutionContext) -> Any:
        assert context.asset_partitions_time_window_for_output() == context.partition_time_window
        return context.partition_time_window

    days = DailyPartitionsDefinition("2024-01-01")
    window = materialize([made("a", function, partitions_def=days)], partition_key="2024-01-02").output_for_node("a")
    assert (window.start.isoformat(), window.end.isoformat()) == ("2024-01-02T00:00:00+00:00", "2024-01-03T00:00:00+00:00")


def test_partitions_that_are_no_times_have_no_window() -> None:
    result = materialize(
        [by_letter(function=lambda context: context.partition_time_window)], partition_key="a", raise_on_error=False
    )
    assert "are not times" in error_of(result, "part")
    result = materialize([made("whole", lambda context: context.partition_time_window)], raise_on_error=False)
    assert "partition_time_window for a non-partitioned run" in error_of(result, "whole")


def test_an_unknown_partition_is_refused_before_a_run_is_stored() -> None:
    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(DagsterUnknownPartitionError, match="z"):
            materialize([by_letter()], partition_key="z", instance=instance)
        assert instance.get_runs() == []


def test_a_partitioned_asset_asks_in_vain_in_a_run_without_partition() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="non-partitioned run"):
        materialize([by_letter()])


def test_events_name_the_partition_of_partitioned_assets_only() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = materialize([by_letter(), made("whole")], partition_key="a", instance=instance)
        events = [entry.get_dagster_event() for entry in instance.all_logs(result.run_id) if entry.is_dagster_event]
    for kind in (DagsterEventType.ASSET_MATERIALIZATION_PLANNED, DagsterEventType.ASSET_MATERIALIZATION):
        found = {str(event.asset_key and event.asset_key.path): event.partition for event in events if event.event_type is kind}
        assert found == {"['part']": "a", "['whole']": None}


def test_an_asset_without_partitions_reads_all_of_them() -> None:
    whole = made("whole", lambda context, part: (part, context.has_partition_key))
    with DagsterInstance.ephemeral() as instance:
        for key in LETTERS.get_partition_keys():
            materialize([by_letter()], partition_key=key, instance=instance)
        result = materialize([by_letter(), whole], selection=["whole"], instance=instance)
    assert result.output_for_node("whole") == ({"a": "a", "b": "b", "c": "c"}, False)


def test_the_version_of_a_partition_is_its_own() -> None:
    below = by_letter("below", lambda context, part: 1, code_version="1")
    with DagsterInstance.ephemeral() as instance:
        for key in "ab":
            materialize([by_letter()], partition_key=key, instance=instance)
        records = {key: instance.fetch_materializations("part", limit=10).records[place] for place, key in enumerate("ba")}
        result = materialize([by_letter(), below], partition_key="a", selection=["below"], instance=instance)
    assert tags(result, "below")["dagster/input_event_pointer/part"] == str(records["a"].storage_id)


def test_the_version_of_all_partitions_changes_with_each_of_them() -> None:
    whole = made("whole", lambda part: 1, code_version="1")
    versions: list[str] = []
    with DagsterInstance.ephemeral() as instance:
        for keys in ("abc", "", "b"):
            for key in keys:
                materialize([by_letter()], partition_key=key, instance=instance)
            result = materialize([by_letter(), whole], selection=["whole"], instance=instance)
            versions.append(tags(result, "whole")["dagster/data_version"])
    assert versions[0] == versions[1] != versions[2]


def test_the_manager_is_told_the_partitions() -> None:
    contexts: list[Any] = []

    class Told:
        def handle_output(self, context: Any, obj: Any) -> None:
            contexts.append(context)

        def load_input(self, context: Any) -> Any:
            contexts.append(context)

    assets = [by_letter(), by_letter("below", lambda context, part: 1)]
    materialize(assets, partition_key="a", resources={"io_manager": Told()})
    stored, loaded = contexts[0], contexts[1]
    assert (stored.partition_key, stored.asset_partition_keys) == ("a", ["a"])
    assert (loaded.asset_partition_key, loaded.upstream_output.asset_key) == ("a", AssetKey("part"))


def test_a_key_of_several_dimensions_knows_them() -> None:
    grid = MultiPartitionsDefinition({"letter": LETTERS, "number": StaticPartitionsDefinition(["1", "2"])})
    known = made("known", lambda context: dict(context.partition_key.keys_by_dimension), partitions_def=grid)
    by_name = {"letter": "b", "number": "2"}
    for given in ("b|2", MultiPartitionKey(by_name)):
        result = materialize([known], partition_key=given)
        assert result.output_for_node("known") == by_name
        assert result.asset_materializations_for_node("known")[0].partition == "b|2"


def test_the_partition_is_one_of_the_assets_that_run() -> None:
    days = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
    defs = Definitions(assets=[by_letter(), made("day", lambda context: context.partition_key, partitions_def=days)])
    job = defs.resolve_implicit_global_asset_job_def()
    assert job.execute_in_process(partition_key="2024-01-02", asset_selection=[AssetKey("day")]).success
    with pytest.raises(CheckError, match="shared by all"):
        job.execute_in_process(partition_key="a")


def test_the_time_of_an_input_is_known() -> None:
    days = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")

    def asked(context: AssetExecutionContext, day: Any) -> bool:
        return context.asset_partitions_time_window_for_input("day") == context.partition_time_window

    assets = [made("day", lambda: 1, partitions_def=days), made("asked", asked, partitions_def=days)]
    assert materialize(assets, partition_key="2024-01-02").output_for_node("asked") is True


def test_a_step_without_partitions_reads_all_of_them() -> None:
    def asked(context: AssetExecutionContext, part: Any) -> list[Any]:
        return [context.asset_partition_keys_for_input("part"), context.asset_partition_key_range_for_input("part")]

    with DagsterInstance.ephemeral() as instance:
        for key in LETTERS.get_partition_keys():
            materialize([by_letter()], partition_key=key, instance=instance)
        result = materialize([by_letter(), made("asked", asked)], selection=["asked"], instance=instance)
    assert result.output_for_node("asked") == [["a", "b", "c"], PartitionKeyRange("a", "c")]


def test_a_week_reads_its_days() -> None:
    days = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-10")
    weeks = WeeklyPartitionsDefinition("2024-01-01", end_date="2024-02-10")
    assets = [made("day", lambda: 1, partitions_def=days), made("week", lambda day: day, partitions_def=weeks)]
    with DagsterInstance.ephemeral() as instance:
        for day in range(7, 14):
            materialize(assets[:1], partition_key=f"2024-01-{day:02}", instance=instance)
        result = materialize(assets, selection=["week"], partition_key="2024-01-07", instance=instance)
    assert result.output_for_node("week") == {f"2024-01-{day:02}": 1 for day in range(7, 14)}


def test_an_input_whose_partitions_do_not_exist_is_refused() -> None:
    days = DailyPartitionsDefinition("2024-01-09", end_date="2024-02-10")
    weeks = WeeklyPartitionsDefinition("2024-01-01", end_date="2024-02-10")
    assets = [made("day", lambda: 1, partitions_def=days), made("week", lambda day: day, partitions_def=weeks)]
    with pytest.raises(DagsterInvariantViolationError, match='"day" that do not exist: 2024-01-07, 2024-01-08'):
        materialize(assets, selection=["week"], partition_key="2024-01-07")


def test_days_are_read_day_by_day_whenever_they_begin() -> None:
    early = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-10")
    late = DailyPartitionsDefinition("2024-01-05", end_date="2024-02-10")
    assets = [made("day", lambda: 1, partitions_def=early), made("same_day", lambda day: day, partitions_def=late)]
    with DagsterInstance.ephemeral() as instance:
        materialize(assets[:1], partition_key="2024-01-07", instance=instance)
        result = materialize(assets, selection=["same_day"], partition_key="2024-01-07", instance=instance)
    assert result.output_for_node("same_day") == 1


def test_a_materialization_of_several_dimensions_names_each_of_them() -> None:
    colors, sizes = StaticPartitionsDefinition(["red"]), StaticPartitionsDefinition(["small"])

    shirts = made("shirts", partitions_def=MultiPartitionsDefinition({"color": colors, "size": sizes}))
    with DagsterInstance.ephemeral() as instance:
        key = MultiPartitionKey({"color": "red", "size": "small"})
        (event,) = materialize([shirts], partition_key=key, instance=instance).get_asset_materialization_events()
    tags = event.materialization.tags or {}
    assert (tags["dagster/partition/color"], tags["dagster/partition/size"]) == ("red", "small")
    assert "dagster/partition" not in tags
