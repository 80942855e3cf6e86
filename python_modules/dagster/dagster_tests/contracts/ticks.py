"""What every kind of storage promises about ticks. `StorageContract` inherits it."""

from dagster.events.failures import SerializableErrorInfo
from dagster.runs.ticks import InstigatorType, Tick, TickFilter, TickStatus
from dagster.storage.ports import Storage
from dagster_tests.contracts.storage_facts import a_tick

K, S = InstigatorType, TickStatus


def times(storage: Storage, conditions: TickFilter) -> list[float]:
    return [record.tick.timestamp for record in storage.ticks.ticks(conditions)]


class TicksContract:
    def test_a_tick_is_read_as_it_was_stored(self, storage: Storage) -> None:
        tick = Tick(
            instigator_type=K.SCHEDULE,
            selector="shop/daily",
            name="daily",
            status=S.FAILURE,
            timestamp=12.5,
            end_timestamp=13.0,
            cursor="\N{SNOWMAN}",
            run_ids=("r1", "r2"),
            run_keys=("k",),
            skip_reason="nothing new",
            error=SerializableErrorInfo("ValueError: no", ["  line"], "ValueError"),
            failure_count=2,
            log_key=("a", "b"),
        )
        number = storage.ticks.add(tick)
        [record] = storage.ticks.ticks(TickFilter(selector="shop/daily"))
        assert (record.tick_id, record.tick) == (number, tick)

    def test_a_tick_becomes_what_came_of_it(self, storage: Storage) -> None:
        number = storage.ticks.add(a_tick())
        over = a_tick(status=S.SUCCESS, end_timestamp=2.0, run_ids=("r",))
        assert storage.ticks.update(number, over)
        assert [record.tick for record in storage.ticks.ticks(TickFilter(statuses=(S.SUCCESS,)))] == [over]
        assert storage.ticks.ticks(TickFilter(statuses=(S.STARTED,))) == []
        assert not storage.ticks.update(number + 1, over)

    def test_ticks_come_newest_first_and_go_on_after_the_cursor(self, storage: Storage) -> None:
        first, second, third = [storage.ticks.add(a_tick(timestamp=float(number))) for number in range(3)]
        assert first < second < third
        assert [record.tick_id for record in storage.ticks.ticks(TickFilter(), limit=2)] == [third, second]
        assert [record.tick_id for record in storage.ticks.ticks(TickFilter(), cursor=second)] == [first]
        assert [record.tick_id for record in storage.ticks.ticks(TickFilter(), cursor=first, ascending=True)] == [second, third]

    def test_ticks_are_found_by_every_condition(self, storage: Storage) -> None:
        storage.ticks.add(a_tick(timestamp=1.0, selector="a", status=S.SKIPPED))
        storage.ticks.add(a_tick(timestamp=2.0, selector="b", status=S.SUCCESS))
        storage.ticks.add(a_tick(timestamp=3.0, selector="c", status=S.FAILURE, instigator_type=K.SCHEDULE))
        found: list[tuple[TickFilter, list[float]]] = [
            (TickFilter(), [3.0, 2.0, 1.0]),
            (TickFilter(selector="b"), [2.0]),
            (TickFilter(instigator_type=K.SENSOR), [2.0, 1.0]),
            (TickFilter(statuses=(S.SKIPPED, S.FAILURE)), [3.0, 1.0]),
            (TickFilter(before=2.0), [1.0]),
            (TickFilter(after=2.0), [3.0]),
            (TickFilter(selector="a", statuses=(S.SUCCESS,)), []),
        ]
        for conditions, expected in found:
            assert times(storage, conditions) == expected, conditions

    def test_the_latest_ticks_are_found_at_once(self, storage: Storage) -> None:
        for selector, timestamp in (("a", 1.0), ("b", 2.0), ("a", 3.0)):
            storage.ticks.add(a_tick(selector=selector, timestamp=timestamp))
        found = {selector: record.tick.timestamp for selector, record in storage.ticks.latest(["a", "b", "nope"]).items()}
        assert found == {"a": 3.0, "b": 2.0}
        assert storage.ticks.latest([]) == {}

    def test_old_ticks_go_but_the_newest_of_each(self, storage: Storage) -> None:
        for selector, timestamp in (("a", 1.0), ("a", 2.0), ("a", 3.0), ("b", 1.0)):
            storage.ticks.add(a_tick(selector=selector, timestamp=timestamp, status=S.SKIPPED))
        storage.ticks.add(a_tick(selector="c", timestamp=1.0, status=S.SUCCESS))
        storage.ticks.add(a_tick(selector="c", timestamp=4.0, status=S.SKIPPED))
        skipped = TickFilter(instigator_type=K.SENSOR, statuses=(S.SKIPPED,), before=3.0)
        assert storage.ticks.prune(skipped) == 2
        assert times(storage, TickFilter()) == [4.0, 1.0, 1.0, 3.0]
        assert storage.ticks.prune(skipped) == 0

    def test_numbers_of_ticks_are_not_given_twice(self, storage: Storage) -> None:
        numbers = [storage.ticks.add(a_tick(selector="a", timestamp=float(number))) for number in range(2)]
        storage.ticks.prune(TickFilter(before=9.0))
        assert storage.ticks.add(a_tick()) > numbers[-1]
