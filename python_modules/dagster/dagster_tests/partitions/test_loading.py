from datetime import datetime, timedelta, timezone

import pytest

from dagster import DailyPartitionsDefinition
from dagster.errors import DagsterInvariantViolationError
from dagster.partitions.loading import current_loading_context, partition_loading_context
from dagster.partitions.pages import cursor_after, key_of_cursor
from dagster_tests.partitions.definitions_for_tests import clock


class Store:
    def get_dynamic_partitions(self, partitions_def_name: str) -> list[str]:
        return [partitions_def_name]

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        return partition_key == partitions_def_name


STORE = Store()


def test_outside_of_any_context_it_is_now_and_nothing_is_kept() -> None:
    before = datetime.now(timezone.utc)
    context = current_loading_context()
    assert before <= context.effective_dt <= datetime.now(timezone.utc)
    assert context.dynamic_partitions_store is None


def test_an_inner_context_keeps_what_it_does_not_change() -> None:
    with partition_loading_context(clock(2024, 3, 1)), partition_loading_context(dynamic_partitions_store=STORE) as inner:
        assert inner is current_loading_context()
        assert (clock(2024, 3, 1), STORE) == (inner.effective_dt, inner.dynamic_partitions_store)
    assert current_loading_context().dynamic_partitions_store is None


def test_a_whole_context_can_be_given() -> None:
    with partition_loading_context(clock(2024, 3, 1)) as made:
        pass
    with partition_loading_context(new_ctx=made) as given:
        assert made is given


def test_a_moment_without_a_zone_is_read_in_that_of_the_partitions() -> None:
    east = timezone(timedelta(hours=9))
    with partition_loading_context(clock(2024, 3, 1)) as context:
        assert datetime(2024, 3, 1, tzinfo=east).timestamp() == context.effective_timestamp(east)
    late = clock(2024, 3, 2, 20)
    tokyo = DailyPartitionsDefinition("2024-03-01", timezone="Asia/Tokyo")
    assert ["2024-03-01"] == tokyo.get_partition_keys(late)
    assert ["2024-03-01", "2024-03-02"] == tokyo.get_partition_keys(late.replace(tzinfo=timezone.utc))


@pytest.mark.parametrize("key", ["a", "", "ü|\ud800", None])
def test_a_cursor_keeps_the_key(key: str | None) -> None:
    assert key == key_of_cursor(cursor_after(key))


@pytest.mark.parametrize("cursor", ["!", "YWJj", "eyJhIjogMX0="])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="not a cursor"):
        key_of_cursor(cursor)
