"""What holds of subsets, ranges and mappings of every kind of partitions: they agree with sets of keys."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.fixed_windows import DailyPartitionsDefinition, HourlyPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.mappings import IdentityPartitionMapping, LastPartitionMapping, PartitionMapping
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_mappings import DimensionPartitionMapping, MultiPartitionMapping
from dagster.partitions.single_dimension_mappings import MultiToSingleDimensionPartitionMapping
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.static_mappings import StaticPartitionMapping
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_mappings import TimeWindowPartitionMapping
from dagster_tests.partitions.definitions_for_tests import utc

NOW = utc(2024, 11, 20)


class Kept:
    """A store of dynamic keys: those of each definition are a list."""

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        return [f"{partitions_def_name} {number}" for number in (3, 1, 2)]

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        return partition_key in self.get_dynamic_partitions(partitions_def_name)


def over_a_change(kind: type[TimeWindowPartitionsDefinition], zone: str, day: str, **options: object) -> PartitionsDefinition:
    start = utc(*map(int, day.split("-"))).replace(tzinfo=None)
    return kind(start, end_date=start + timedelta(days=3), timezone=zone, **options)  # pyright: ignore[reportCallIssue]


CHANGES = [
    ("America/New_York", "2024-03-09"),
    ("America/New_York", "2024-11-02"),
    ("Europe/Berlin", "2024-03-30"),
    ("Europe/Berlin", "2024-10-26"),
    ("Australia/Lord_Howe", "2024-04-06"),
    ("Australia/Lord_Howe", "2024-10-05"),
]
LETTERS = StaticPartitionsDefinition(list("dabc"))
NAMES = DynamicPartitionsDefinition(name="name")
DAYS = DailyPartitionsDefinition("2024-11-01", end_date="2024-11-06", timezone="America/New_York")
WORKDAYS = DailyPartitionsDefinition("2024-10-28", end_date="2024-11-12", exclusions=["0 0 * * 6", "0 0 * * 0"])
WINDOWS = [
    *(over_a_change(HourlyPartitionsDefinition, *change) for change in CHANGES),
    *(over_a_change(HourlyPartitionsDefinition, *change, minute_offset=30) for change in CHANGES),
    *(over_a_change(DailyPartitionsDefinition, *change, hour_offset=2) for change in CHANGES),
    over_a_change(HourlyPartitionsDefinition, "America/New_York", "2024-11-02", fmt="%d.%m.%Y %H Uhr"),
    WORKDAYS,
]
WITH_DIMENSIONS = [
    MultiPartitionsDefinition({"letter": LETTERS, "day": DAYS}),
    MultiPartitionsDefinition({"letter": LETTERS, "name": NAMES}),
    MultiPartitionsDefinition({"day": WORKDAYS, "other": DAYS}),
    MultiPartitionsDefinition({"a": LETTERS, "b": DAYS, "c": NAMES}),
    MultiPartitionsDefinition({"a": LETTERS, "b": StaticPartitionsDefinition(["x", "y"]), "c": StaticPartitionsDefinition("zw")}),
]
ANY = st.sampled_from([LETTERS, NAMES, *WINDOWS, *WITH_DIMENSIONS])


@contextmanager
def at_that_time() -> Iterator[None]:
    with partition_loading_context(NOW, Kept()):
        yield


def some_of(definition: PartitionsDefinition, data: st.DataObject, most: int | None = 30) -> set[str]:
    with at_that_time():
        keys = list(definition.get_partition_keys())
    return data.draw(st.sets(st.sampled_from(keys), max_size=most))


@given(definition=ANY, data=st.data())
def test_subsets_agree_with_sets_of_keys(definition: PartitionsDefinition, data: st.DataObject) -> None:
    some, others = some_of(definition, data), some_of(definition, data)
    with at_that_time():
        keys = definition.get_partition_keys()
        one, other = definition.subset_with_partition_keys(some), definition.subset_with_partition_keys(others)
        for subset, expected in [(one | other, some | others), (one & other, some & others), (one - other, some - others)]:
            assert list(subset.get_partition_keys()) == [key for key in keys if key in expected]
            assert [key in subset for key in keys] == [key in expected for key in keys]
            assert (len(subset), subset.is_empty, bool(subset)) == (len(expected), not expected, bool(expected))
            assert subset == definition.subset_with_partition_keys(sorted(expected))
            assert hash(subset) == hash(definition.empty_subset().with_partition_keys(expected))
        assert one.get_partition_keys_not_in_subset(definition) == [key for key in keys if key not in some]
        assert (one == other) == (some == others)
        assert list(definition.subset_with_all_partitions().get_partition_keys()) == list(keys)


@given(definition=ANY, data=st.data())
def test_what_a_subset_writes_is_read_as_that_subset(definition: PartitionsDefinition, data: st.DataObject) -> None:
    with at_that_time():
        subset = definition.subset_with_partition_keys(some_of(definition, data))
        assert definition.deserialize_subset(subset.serialize()) == subset


@given(definition=ANY, data=st.data())
def test_ranges_hold_what_the_subset_holds(definition: PartitionsDefinition, data: st.DataObject) -> None:
    with at_that_time():
        subset = definition.subset_with_partition_keys(some_of(definition, data))
        ranges = subset.get_partition_key_ranges(definition)
        found = [key for each in ranges for key in definition.get_partition_keys_in_range(each)]
        assert sorted(found) == sorted(subset.get_partition_keys())
        joined = definition.empty_subset()
        for each in ranges:
            joined = joined.with_partition_key_range(definition, each)
        assert joined == subset


@given(definition=st.sampled_from(WITH_DIMENSIONS), data=st.data())
def test_boxes_hold_what_the_subset_holds_and_each_key_once(definition: MultiPartitionsDefinition, data: st.DataObject) -> None:
    with at_that_time():
        subset = definition.subset_with_partition_keys(some_of(definition, data))
        boxes = subset.boxes()
        found = [key for each in boxes for key in definition.get_partition_keys_in_range(each)]
        assert sorted(found) == sorted(subset.get_partition_keys())
        assert len(boxes) <= len(subset)


@given(definition=ANY, data=st.data())
def test_keys_that_are_no_partitions_are_left_out_where_that_is_asked(
    definition: PartitionsDefinition, data: st.DataObject
) -> None:
    some = some_of(definition, data)
    unknown = data.draw(
        st.sets(st.sampled_from(["", "nope", "2024-11-03", "a|b", "a|2024-11-02|x", "2031-01-01-00:00", "é|z|y"]))
    )
    with at_that_time():
        known = set(definition.get_partition_keys())
        found = definition.subset_with_existing_partition_keys([*unknown, *some])
        assert set(found.get_partition_keys()) == some | (unknown & known)


@given(definition=st.sampled_from([LETTERS, *WINDOWS]), data=st.data())
def test_a_range_is_what_lies_between_its_ends(definition: PartitionsDefinition, data: st.DataObject) -> None:
    keys = list(definition.get_partition_keys())
    first, last = sorted(data.draw(st.lists(st.integers(0, len(keys) - 1), min_size=2, max_size=2)))
    key_range = PartitionKeyRange(keys[first], keys[last])
    assert list(definition.get_partition_keys_in_range(key_range)) == keys[first : last + 1]
    assert list(definition.subset_with_partition_range(key_range).get_partition_keys()) == keys[first : last + 1]


@given(definition=st.sampled_from(WINDOWS))
def test_windows_lie_one_after_another_and_each_is_found_by_its_key(definition: TimeWindowPartitionsDefinition) -> None:
    keys = list(definition.get_partition_keys())
    windows = [definition.time_window_for_partition_key(key) for key in keys]
    assert len(set(keys)) == len(keys) == definition.get_num_partitions()
    assert [definition.get_partition_key_for_timestamp(window.start.timestamp()) for window in windows] == keys
    assert [definition.get_partition_keys_in_time_window(window) for window in windows] == [[key] for key in keys]
    if not definition.exclusions:
        assert [window.end for window in windows[:-1]] == [window.start for window in windows[1:]]


@given(change=st.sampled_from(CHANGES), minute=st.sampled_from([0, 15, 30]), hour=st.integers(0, 23))
def test_each_elapsed_hour_and_each_local_day_has_one_partition(change: tuple[str, str], minute: int, hour: int) -> None:
    hours = over_a_change(HourlyPartitionsDefinition, *change, minute_offset=minute)
    lengths = {(window.end.timestamp() - window.start.timestamp()) for window in windows_of(hours)}
    assert lengths <= {3600.0} | ({1800.0, 5400.0} if change[0] == "Australia/Lord_Howe" else set())
    days = over_a_change(DailyPartitionsDefinition, *change, minute_offset=minute, hour_offset=hour)
    starts = [window.start.date() for window in windows_of(days)]
    assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(days=1)}


def windows_of(definition: PartitionsDefinition) -> list:
    assert isinstance(definition, TimeWindowPartitionsDefinition)
    return [definition.time_window_for_partition_key(key) for key in definition.get_partition_keys()]


@given(definition=st.sampled_from(WINDOWS), data=st.data())
def test_many_keys_at_once_are_what_each_of_them_is(definition: TimeWindowPartitionsDefinition, data: st.DataObject) -> None:
    keys = some_of(definition, data, None)
    one_by_one = definition.empty_subset()
    for key in sorted(keys):
        one_by_one = one_by_one | definition.subset_with_partition_keys([key])
    assert definition.subset_with_partition_keys(keys) == one_by_one


STATIC = StaticPartitionMapping({"a": "x", "b": ["x", "y"], "c": "y"})
TWO = StaticPartitionsDefinition(["x", "y"])
LETTERS_BY_DAY, NAMES_BY_DAY = (MultiPartitionsDefinition({"l": each, "day": DAYS}) for each in (LETTERS, NAMES))
MAPPINGS: list[tuple[PartitionMapping, PartitionsDefinition, PartitionsDefinition]] = [
    (IdentityPartitionMapping(), LETTERS, LETTERS),
    (IdentityPartitionMapping(), LETTERS_BY_DAY, LETTERS_BY_DAY),
    (STATIC, LETTERS, TWO),
    (LastPartitionMapping(), NAMES, LETTERS),
    (TimeWindowPartitionMapping(-1, 0), WINDOWS[0], WINDOWS[12]),
    (TimeWindowPartitionMapping(0, 0), WINDOWS[13], WINDOWS[1]),
    (MultiToSingleDimensionPartitionMapping("l"), LETTERS, LETTERS_BY_DAY),
    (MultiToSingleDimensionPartitionMapping("day"), NAMES_BY_DAY, DAYS),
    (
        MultiPartitionMapping(
            {
                "l": DimensionPartitionMapping("l", IdentityPartitionMapping()),
                "day": DimensionPartitionMapping("day", TimeWindowPartitionMapping(-1, 0)),
            }
        ),
        LETTERS_BY_DAY,
        LETTERS_BY_DAY,
    ),
    (
        MultiPartitionMapping({"l": DimensionPartitionMapping("two", STATIC)}),
        LETTERS_BY_DAY,
        MultiPartitionsDefinition({"two": TWO, "day": DAYS}),
    ),
    (
        MultiPartitionMapping({"a": DimensionPartitionMapping("c", IdentityPartitionMapping())}),
        MultiPartitionsDefinition({"a": LETTERS, "b": TWO, "d": DAYS}),
        MultiPartitionsDefinition({"c": LETTERS, "e": TWO}),
    ),
]


@given(case=st.sampled_from(MAPPINGS), data=st.data())
def test_mappings_lead_forth_and_back(
    case: tuple[PartitionMapping, PartitionsDefinition, PartitionsDefinition], data: st.DataObject
) -> None:
    mapping, above, below = case
    with at_that_time():
        read = data.draw(st.sampled_from(list(above.get_partition_keys())), label="upstream")
        reader = data.draw(st.sampled_from(list(below.get_partition_keys())), label="downstream")
        upstream = mapping.get_upstream_mapped_partitions_result_for_partitions(
            below.subset_with_partition_keys([reader]), below, above
        )
        downstream = mapping.get_downstream_partitions_for_partitions(above.subset_with_partition_keys([read]), above, below)
        assert (read in upstream.partitions_subset) == (reader in downstream)
