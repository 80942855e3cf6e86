import pytest

from dagster.errors import DagsterInvalidDefinitionError
from dagster.metadata.tags import checked_event_tags


@pytest.mark.parametrize(
    "tags", [{"a": "b"}, {"team/a": ""}, {"dagster/data_version": "any text " * 20}, {"dagster/input_data_version/a/b": "x y"}]
)
def test_event_tags_are_kept(tags: dict[str, str]) -> None:
    assert checked_event_tags(tags) == tags


@pytest.mark.parametrize("tags", [{"a/b/c": "d"}, {"a b": "c"}, {"a": "b c"}, {"a" * 64: ""}, {"a": "b" * 64}, {"": "x"}])
def test_event_tags_with_other_characters_are_refused(tags: dict[str, str]) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Allowed characters"):
        checked_event_tags(tags)


def test_event_tags_are_strings() -> None:
    with pytest.raises(DagsterInvalidDefinitionError):
        checked_event_tags({"a": 1})  # type: ignore[dict-item]
