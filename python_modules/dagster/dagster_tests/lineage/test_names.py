from dagster.keys import AssetKey
from dagster.lineage.names import unqualified_references
from dagster_tests.lineage.graphs import spec


def meant(*specs: object) -> dict[str, dict[str, str]]:
    found = unqualified_references(specs)  # pyright: ignore[reportArgumentType]
    return {
        key.to_user_string(): {old.to_user_string(): new.to_user_string() for old, new in renamed.items()}
        for key, renamed in found.items()
    }


def test_the_asset_with_the_same_prefix_is_meant() -> None:
    assert meant(spec("p/a"), spec("q/a"), spec("p/b", "a")) == {"p/b": {"a": "p/a"}}


def test_the_only_one_of_that_name_in_the_group_is_meant() -> None:
    assert meant(spec("p/a"), spec("q/b", "a")) == {"q/b": {"a": "p/a"}}


def test_the_group_of_the_dependent_counts() -> None:
    in_group = [spec("p/a", group_name="g"), spec("q/a", group_name="h"), spec("r/b", "a", group_name="h")]
    assert meant(*in_group) == {"r/b": {"a": "q/a"}}


def test_two_of_that_name_leave_it_open() -> None:
    assert meant(spec("p/a"), spec("q/a"), spec("r/b", "a")) == {}


def test_one_in_another_group_is_not_meant() -> None:
    assert meant(spec("p/a", group_name="g"), spec("q/b", "a")) == {}


def test_a_key_that_is_there_means_itself() -> None:
    assert meant(spec("a"), spec("p/a"), spec("p/b", "a")) == {}


def test_a_dependency_with_a_prefix_means_itself() -> None:
    assert meant(spec("p/a"), spec("p/b", "x/a")) == {}


def test_an_asset_does_not_mean_itself() -> None:
    assert meant(spec("p/a", "a")) == {}


def test_without_prefixes_there_is_nothing_to_do() -> None:
    assert unqualified_references([spec("a", "unknown")]) == {}
    assert AssetKey("unknown") in {dep.asset_key for dep in spec("a", "unknown").deps}
