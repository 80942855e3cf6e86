from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dagster as dg
from dagster.partitions.joined_keys import JoinedKeys, shared_runs

DEFINITIONS = {
    "hours": dg.HourlyPartitionsDefinition("2024-03-01-05:00", end_date="2024-04-20-03:00"),
    "hours with a change": dg.HourlyPartitionsDefinition("2024-10-01-05:00", end_date="2024-11-20-00:00", timezone="US/Pacific"),
    "days": dg.DailyPartitionsDefinition("2021-01-01", end_date="2024-01-01"),
    "not in the order of texts": dg.DailyPartitionsDefinition("01.01.2021", end_date="01.01.2024", fmt="%d.%m.%Y"),
    "months": dg.MonthlyPartitionsDefinition("1990-01-01", end_date="2024-01-01"),
    "without some": dg.DailyPartitionsDefinition("2021-01-01", end_date="2024-01-01", exclusions=["0 0 * * 1"]),
}


def test_keys_in_a_text_are_a_sequence() -> None:
    keys = JoinedKeys("a,b,c")
    assert (len(keys), keys.first, keys.last, keys[1], list(keys)) == (3, "a", "c", "b", ["a", "b", "c"])


@pytest.mark.parametrize("name", DEFINITIONS)
@given(data=st.data())
def test_keys_in_a_text_name_the_same_windows_as_keys_in_a_list(name: str, data: Any) -> None:
    definition = DEFINITIONS[name]
    keys = definition.get_partition_keys()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(keys)), max_size=8)))
    chosen = [key for first, last in zip(cuts[::2], cuts[1::2], strict=False) for key in keys[first:last]]
    strange = data.draw(st.sampled_from([[], ["nonsense"], ["1999-01-01"], [keys[0]]]))
    made = data.draw(st.sampled_from([chosen + strange, strange + chosen, sorted(chosen), chosen[::-1]]))
    if made:
        expected = definition.subset_with_existing_partition_keys(made)
        assert definition.subset_with_existing_partition_keys(JoinedKeys(",".join(made))) == expected


@given(st.lists(st.sampled_from("abc"), min_size=1), st.data())
def test_runs_are_the_keys(names: list[str], data: Any) -> None:
    distinct = [f"{name}{number}" for number, name in enumerate(names)]
    chosen = [name for name in distinct if data.draw(st.booleans())]
    if chosen:
        runs = shared_runs(",".join(distinct), JoinedKeys(",".join(chosen)), len(chosen))
        assert runs is not None
        places = {name: place for place, name in enumerate(distinct)}
        assert [name for first, last in runs for name in distinct[places[first] : places[last] + 1]] == chosen
        assert all(places[last] + 1 < places[first] for (_, last), (first, _) in pairwise(runs))


@pytest.mark.parametrize(("keys", "most"), [("b,a", 9), ("a,x", 9), ("a,c,e", 2), ("a1", 9)])
def test_no_runs_are_told_of_what_is_out_of_order_unknown_or_scattered(keys: str, most: int) -> None:
    assert shared_runs("a,b,c,d,e", JoinedKeys(keys), most) is None
