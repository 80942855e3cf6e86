import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterUnknownPartitionError,
    ParameterCheckError,
)
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import PartitionLoadingContext, TemporalContext, current_loading_context
from dagster.partitions.static import StaticPartitionsDefinition

COLOURS = StaticPartitionsDefinition(["red", "green", "dark blue", "a/b"])
KEYS = st.lists(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])).filter(lambda key: "..." not in key), unique=True
)


class Letters(PartitionsDefinition):
    """A user's own partitions."""

    def get_partition_keys(self, current_time=None, dynamic_partitions_store=None):
        return ["x", "y", "z"]


@given(keys=KEYS)
def test_keys_are_kept_in_their_order(keys: list[str]) -> None:
    definition = StaticPartitionsDefinition(keys)
    assert keys == definition.get_partition_keys()
    assert (len(keys), all(map(definition.has_partition_key, keys))) == (definition.get_num_partitions(), True)
    assert ([*keys, None][0], [None, *keys][-1]) == (definition.get_first_partition_key(), definition.get_last_partition_key())


@given(keys=KEYS)
def test_a_copy_is_equal_and_an_other_order_is_not(keys: list[str]) -> None:
    definition = StaticPartitionsDefinition(keys)
    copy = pickle.loads(pickle.dumps(definition))
    assert (definition, hash(definition)) == (copy, hash(copy))
    assert definition.get_serializable_unique_identifier() == copy.get_serializable_unique_identifier()
    assert len(keys) < 2 or definition != StaticPartitionsDefinition(keys[::-1])


def test_a_definition_shows_its_keys() -> None:
    assert "StaticPartitionsDefinition(partition_keys=['red', 'green', 'dark blue', 'a/b'])" == repr(COLOURS)
    assert "'red', 'green', 'dark blue', 'a/b'" == str(COLOURS)


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"more than once: 'b'\."):
        StaticPartitionsDefinition(["a", "b", "c", "b", "b"])


@pytest.mark.parametrize("key", ["a...b", "a\nb", "a\tb", "\0", "a\rb", "\a", "\b", "\f", "\v"])
def test_a_key_that_breaks_lines_or_ranges_is_refused(key: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="contains"):
        StaticPartitionsDefinition(["fine", key])


def test_keys_are_a_sequence_of_strings() -> None:
    with pytest.raises(CheckError, match="1"):
        StaticPartitionsDefinition([1])  # pyright: ignore[reportArgumentType]
    with pytest.raises(ParameterCheckError, match="is not a Sequence"):
        StaticPartitionsDefinition({"a"})  # pyright: ignore[reportArgumentType]


def test_a_range_includes_both_ends() -> None:
    assert ["green", "dark blue"] == COLOURS.get_partition_keys_in_range(PartitionKeyRange("green", "dark blue"))
    assert [] == COLOURS.get_partition_keys_in_range(PartitionKeyRange("dark blue", "green"))


@pytest.mark.parametrize(
    ("start", "end", "named"), [("pink", "red", "'pink' is no"), ("x", "y", "'x' and 'y' are no"), ("x", "x", "'x' is no")]
)
def test_a_range_with_an_end_that_does_not_exist_is_refused(start: str, end: str, named: str) -> None:
    for definition in (COLOURS, Letters()) if "pink" in (start, end) else (COLOURS,):
        with pytest.raises(DagsterInvalidInvocationError, match=named if definition is COLOURS else "pink"):
            definition.get_partition_keys_in_range(PartitionKeyRange(start, end))


def test_an_unknown_key_is_refused_with_those_that_look_like_it() -> None:
    with pytest.raises(DagsterUnknownPartitionError, match="Close: 'green'") as refused:
        COLOURS.validate_partition_key("gren")
    assert ("gren", ("green",)) == (refused.value.partition_key, refused.value.close)
    assert isinstance(refused.value, LookupError | ValueError)


def test_of_many_keys_the_refusal_shows_some() -> None:
    many = StaticPartitionsDefinition([str(number) for number in range(100)])
    with pytest.raises(DagsterUnknownPartitionError, match=r"'0', '1', '2', '3', … \(100\)\.$"):
        many.validate_partition_key("none of them")


def test_of_some_keys_those_that_exist_are_found() -> None:
    assert {"red"} == COLOURS.filter_valid_partition_keys({"red", "pink"})


def test_a_run_of_a_partition_is_tagged_with_its_key() -> None:
    assert {"dagster/partition": "red"} == COLOURS.get_tags_for_partition_key("red")


@given(keys=KEYS, limit=st.integers(1, 5), ascending=st.booleans())
def test_pages_put_together_are_the_list(keys: list[str], limit: int, ascending: bool) -> None:
    definition, paged, cursor, more = StaticPartitionsDefinition(keys), [], None, True
    while more:
        page = definition.get_paginated_partition_keys(current_loading_context(), limit, ascending, cursor)
        assert len(page.results) <= limit
        paged, cursor, more = [*paged, *page.results], page.cursor, page.has_more
    assert (keys if ascending else keys[::-1]) == paged


def test_a_definition_of_the_users_own_needs_the_keys_alone() -> None:
    letters = Letters()
    context = PartitionLoadingContext(TemporalContext(current_loading_context().effective_dt))
    assert ("x", "z", 3) == (letters.get_first_partition_key(), letters.get_last_partition_key(), letters.get_num_partitions())
    assert (True, False) == (letters.has_partition_key("y"), letters.has_partition_key("q"))
    assert ["x", "y"] == letters.get_partition_keys_in_range(PartitionKeyRange("x", "y"))
    assert ["z", "y"] == letters.get_paginated_partition_keys(context, 2, ascending=False).results
    assert "'x', 'y', 'z'" == str(letters)


def test_a_definition_is_frozen_but_for_what_a_subclass_adds() -> None:
    class Named(StaticPartitionsDefinition):
        def __init__(self) -> None:
            super().__init__(["a"])
            self.label = "first"

    assert ("first", ["a"]) == (Named().label, Named().get_partition_keys())
    with pytest.raises(AttributeError):
        COLOURS.label = "x"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(AttributeError, match="frozen"):
        COLOURS._ordered = ()  # pyright: ignore[reportAttributeAccessIssue]
