from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from dagster.errors import DagsterUserCodeExecutionError
from dagster.events.data_versions import computed_data_version
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetGraph
from dagster.lineage.staleness import Made, Staleness, StaleStatus, Version, version_of_several
from dagster.partitions.mappings import AllPartitionMapping, IdentityPartitionMapping
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.specs.assets import AssetDep, AssetSpec
from dagster_tests.lineage.graphs import graph_of

LETTERS = StaticPartitionsDefinition(["a", "b", "c"])


class Past:
    """What was told of assets, each event one place further; counts the questions."""

    def __init__(self) -> None:
        self.events: list[tuple[int, AssetKey, str | None, Mapping[str, str], bool]] = []
        self.questions = 0

    @property
    def dynamic_partitions(self) -> Any:
        return DagsterInstance.ephemeral()

    def tell(self, name: str, partition: str | None = None, *, seen: bool = False, **tags: str) -> int:
        place = len(self.events) + 1
        self.events.append((place, AssetKey(name), partition, {f"dagster/{tag}": text for tag, text in tags.items()}, seen))
        return place

    def make(self, spec: AssetSpec, partition: str | None = None, **inputs: tuple[str, int | None]) -> int:
        tags = {f"input_data_version/{name}": version for name, (version, _) in inputs.items()}
        tags |= {f"input_event_pointer/{name}": str(place or "NULL") for name, (_, place) in inputs.items()}
        code = spec.code_version or "run"
        version = computed_data_version(code, [(AssetKey(name), version) for name, (version, _) in inputs.items()])
        return self.tell(spec.key.path[-1], partition, code_version=code, data_version=version, **tags)

    def version(self, name: str) -> tuple[str, int]:
        return next(
            (tags["dagster/data_version"], place) for place, key, _, tags, _ in self.events[::-1] if key == AssetKey(name)
        )

    def _latest(self, key: AssetKey, is_told: bool, before: int | None = None) -> dict[str | None, Made]:
        events = (event for event in self.events if event[1] == key and (is_told or not event[4]))
        return {event[2]: Made(event[0], event[3]) for event in events if before is None or event[0] < before}

    def latest_made(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        self.questions += 1
        return {key: list(found.values())[-1] for key in keys if (found := self._latest(key, is_told=False))}

    def latest_told(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, Made]:
        self.questions += 1
        return {key: list(found.values())[-1] for key in keys if (found := self._latest(key, is_told=True))}

    def partitions_made(self, key: AssetKey, partitions: Sequence[str] | None) -> Mapping[str, Made]:
        self.questions += 1
        found = self._latest(key, is_told=False)
        return {name: made for name, made in found.items() if name is not None and (partitions is None or name in partitions)}

    def partition_versions(self, key: AssetKey, partitions: Sequence[str] | None, *, is_external: bool) -> Mapping[str, Version]:
        self.questions += 1
        found = self._latest(key, is_told=is_external)
        return {name: Version(made.place, made.data_version) for name, made in found.items() if name is not None}

    def version_before(self, key: AssetKey, partition: str, place: int) -> str | None:
        self.questions += 1
        made = self._latest(key, is_told=True, before=place).get(partition)
        return made.data_version if made is not None else None


def spec(name: str, *deps: str | AssetDep, code: str | None = "1", **attributes: Any) -> AssetSpec:
    return AssetSpec(name, deps=deps, code_version=code, **attributes)


def told(staleness: Staleness, name: str, partition: str | None = None) -> list[str]:
    return [f"{cause.category.value} {cause}" for cause in staleness.causes(AssetKey(name), partition)]


def of(past: Past, *specs: AssetSpec, external: Sequence[str] = ()) -> Staleness:
    return Staleness.of_graph(graph_of(*specs, external=external), past)


def test_what_was_never_made_is_missing_and_what_was_just_made_is_fresh() -> None:
    past, orders, revenue = Past(), spec("orders"), spec("revenue", "orders")
    past.make(orders)
    standing = of(past, orders, revenue)
    assert [standing.status(AssetKey(name)) for name in ("orders", "revenue")] == [StaleStatus.FRESH, StaleStatus.MISSING]
    past.make(revenue, orders=past.version("orders"))
    assert of(past, orders, revenue).status(AssetKey("revenue")) is StaleStatus.FRESH


def test_causes_are_told_in_the_order_code_dependencies_data() -> None:
    past, orders, stock = Past(), spec("orders"), spec("stock", code=None)
    past.make(orders)
    past.make(stock)
    past.make(
        spec("report", "orders", "stock", "gone"), orders=past.version("orders"), stock=past.version("stock"), gone=("g", 1)
    )
    past.tell("orders", data_version="2")
    past.tell("stock", data_version="3")
    assert told(of(past, orders, stock, spec("report", "orders", "stock", "new", code="2")), "report") == [
        "CODE report has a new code version",
        "DEPENDENCIES report removed dependency on gone",
        "DEPENDENCIES report has a new dependency on new",
        "DATA orders has a new data version",
        "DATA stock has a new materialization",
    ]


def test_staleness_stops_at_the_asset_that_was_made_from_other_data() -> None:
    past, orders, revenue, report = Past(), spec("orders"), spec("revenue", "orders"), spec("report", "revenue")
    past.make(orders)
    past.make(revenue, orders=past.version("orders"))
    past.make(report, revenue=past.version("revenue"))
    past.tell("orders", data_version="2")
    standing = of(past, orders, revenue, report)
    assert [standing.status(each.key).value for each in (orders, revenue, report)] == ["FRESH", "STALE", "FRESH"]


def test_a_whole_graph_is_read_in_two_questions() -> None:
    past = Past()
    specs = [spec(f"a{number}", *([f"a{number - 1}"] if number else ["outside"])) for number in range(200)]
    for each in specs:
        past.make(each)
    standing = of(past, *specs, external=["outside"])
    standing.load(each.key for each in specs)
    asked = past.questions
    assert all(standing.status(each.key) is StaleStatus.STALE for each in specs)
    assert (asked, past.questions) == (2, 2)


def test_external_data_count_by_what_was_told_last() -> None:
    past, reader = Past(), spec("reader", "outside")
    past.tell("outside", data_version="1")
    past.make(reader, outside=past.version("outside"))
    past.tell("outside", seen=True, data_version="1")
    assert told(of(past, reader), "reader") == []
    past.tell("outside", seen=True, data_version="2")
    assert told(of(past, reader), "reader") == ["DATA outside has a new data version"]
    assert of(past, reader).status(AssetKey("outside")) is StaleStatus.FRESH


def test_what_nobody_says_the_origin_of_is_compared_by_when_it_was_told() -> None:
    past, orders, revenue = Past(), spec("orders"), spec("revenue", "orders")
    past.tell("revenue")
    [cause] = of(past, orders, revenue).causes(AssetKey("revenue"))
    assert (str(cause), cause.dependency) == ("revenue has a new input", AssetKey("orders"))
    past.make(orders)
    assert told(of(past, orders, revenue), "revenue") == ["DATA orders has a new materialization"]


def test_partitions_are_compared_through_their_mapping() -> None:
    past = Past()
    up, same = spec("up", partitions_def=LETTERS), spec("same", "up", partitions_def=LETTERS)
    whole = spec("whole", "up")
    for letter in "abc":
        past.tell("up", letter, data_version="1")
    for number, letter in enumerate("ab"):
        past.make(same, letter, up=(version_of_several("1"), number + 1))
    past.make(whole, up=(version_of_several("111"), 3))
    past.tell("up", "a", data_version="1")
    past.tell("up", "b", data_version="2")
    past.tell("up", "c", data_version="2")
    standing = of(past, up, same, whole)
    statuses = standing.partition_statuses(AssetKey("same"), ["a", "b", "c"])
    assert [each.value for each in statuses.values()] == ["FRESH", "STALE", "MISSING"]
    assert told(standing, "same", "b") == ["DATA up [b] has a new data version"]
    assert told(standing, "whole") == ["DATA up [b] has a new data version", "DATA up [c] has a new data version"]
    assert standing.status(AssetKey("same")) is StaleStatus.FRESH


def test_a_partition_that_was_not_there_to_be_read_is_a_change() -> None:
    past = Past()
    up, every = spec("up", partitions_def=LETTERS), spec("every", "up")
    past.make(every, up=("INITIAL", None))
    past.tell("up", "b", data_version="1")
    assert told(of(past, up, every), "every") == ["DATA up [b] has a new data version"]


def test_a_run_of_several_partitions_leaves_each_of_them_fresh() -> None:
    past = Past()
    up, same = spec("up", partitions_def=LETTERS), spec("same", "up", partitions_def=LETTERS)
    for letter in "abc":
        past.tell("up", letter, data_version=letter)
    for letter in "abc":
        past.make(same, letter, up=(version_of_several("abc"), 3))
    assert {each.value for each in of(past, up, same).partition_statuses(AssetKey("same"), ["a", "b", "c"]).values()} == {"FRESH"}


def test_a_hundred_partitions_are_not_compared() -> None:
    keys = [f"k{number:03}" for number in range(100)]
    answers = []
    for count in (99, 100):
        past = Past()
        up, whole = spec("up", partitions_def=StaticPartitionsDefinition(keys[:count])), spec("whole", "up")
        past.make(whole, up=("INITIAL", None))
        past.tell("up", "k001", data_version="1")
        answers.append(of(past, up, whole).status(AssetKey("whole")).value)
    assert answers == ["STALE", "FRESH"]


def test_many_partitions_are_read_in_few_questions() -> None:
    keys = [f"k{number}" for number in range(500)]
    definition = StaticPartitionsDefinition(keys)
    past, up, same = Past(), spec("up", partitions_def=definition), spec("same", "up", partitions_def=definition)
    for key in keys:
        past.tell("up", key, data_version="1")
        past.make(same, key, up=(version_of_several("1"), len(past.events)))
    statuses = of(past, up, same).partition_statuses(AssetKey("same"), keys)
    assert (set(statuses.values()), past.questions) == ({StaleStatus.FRESH}, 2)


class Broken(IdentityPartitionMapping):
    def get_upstream_mapped_partitions_result_for_partitions(self, *_: Any, **__: Any) -> Any:
        raise ValueError("mapped wrongly")


def test_a_mapping_of_a_user_that_fails_says_where() -> None:
    past = Past()
    up = spec("up", partitions_def=LETTERS)
    down = spec("down", AssetDep("up", partition_mapping=Broken()))
    past.make(down, up=("1", 1))
    with pytest.raises(DagsterUserCodeExecutionError, match='partition mapping of "down" to "up".*mapped wrongly'):
        of(past, up, down).causes(AssetKey("down"))


def test_all_partitions_of_another_definition_are_compared() -> None:
    past = Past()
    up = spec("up", partitions_def=LETTERS)
    down = spec("down", AssetDep("up", partition_mapping=AllPartitionMapping()), partitions_def=StaticPartitionsDefinition(["x"]))
    places = [past.tell("up", letter, data_version="1") for letter in "abc"]
    past.make(down, "x", up=(version_of_several("111"), places[-1]))
    past.tell("up", "c", data_version="2")
    assert told(of(past, up, down), "down", "x") == ["DATA up [c] has a new data version"]


def test_assets_of_several_locations_are_taken_together() -> None:
    past, orders, revenue = Past(), spec("orders"), spec("revenue", "orders")
    past.make(orders)
    past.make(revenue, orders=past.version("orders"))
    past.tell("orders", data_version="2", data_version_is_user_provided="true")
    graphs = [AssetGraph([]), graph_of(orders), graph_of(revenue)]
    specs = {key: graph.specs[graph.position(key)] for graph in graphs[::-1] for key in graph.keys}
    made_here = {orders.key, revenue.key}
    assert told(Staleness(specs, made_here, past), "revenue") == ["DATA orders has a new data version"]
