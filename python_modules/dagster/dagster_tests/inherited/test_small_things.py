import os
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import dagster as dg
from dagster.api_warnings import BetaWarning, ConfigArgumentWarning, PreviewWarning, SupersessionWarning
from dagster.errors import CheckError, ParameterCheckError
from dagster.inherited import announcements, hashes, mappings, places, retries, step_handlers, times, words, yaml_texts
from dagster.inherited.method_caches import cached_method


def test_mappings_are_merged_the_later_value_winning() -> None:
    first, second = {"a": {"b": 1}, "c": 1}, {"a": {"d": 2}, "c": 2}
    assert mappings.merge_dicts(first, second) == {"a": {"d": 2}, "c": 2}
    assert mappings.deep_merge_dicts(first, second) == {"a": {"b": 1, "d": 2}, "c": 2}
    assert mappings.deep_merge_dicts({"a": {"b": 1}}, {"a": 3}) == {"a": 3}
    assert first == {"a": {"b": 1}, "c": 1}
    with pytest.raises(CheckError):
        mappings.merge_dicts()


def test_mappings_are_made_of_others() -> None:
    assert mappings.reverse_dict({"a": 1}) == {1: "a"}
    assert mappings.dict_without_keys({"a": 1, "b": 2}, "a", "z") == {"b": 2}
    assert mappings.ensure_single_item({"a": 1}) == ("a", 1)
    assert (mappings.all_none({"a": None}), mappings.all_none({"a": 0})) == (True, False)
    assert mappings.remove_none_recursively({"a": None, "b": [1, None, {"c": None}]}) == {"b": [1, {}]}
    with pytest.raises(ParameterCheckError):
        mappings.ensure_single_item({})


def test_files_and_folders_are_made(tmp_path: Path) -> None:
    folder = str(tmp_path / "a" / "b")
    assert places.ensure_dir(folder) == places.mkdir_p(folder) == folder
    assert os.path.isdir(folder)
    path = str(tmp_path / "c" / "file.txt")
    assert places.ensure_file(path) == path
    places.touch_file(path)
    assert places.safe_isfile(path)
    assert not places.safe_isfile("\0")
    assert places.last_file_comp(path) == "file.txt"
    assert places.script_relative_path("x") == os.path.join(os.path.dirname(__file__), "x")


def test_a_temporary_path_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with places.safe_tempfile_path() as path:
        assert not os.path.exists(path)
        Path(path).write_text("x")
    assert not os.path.exists(path)
    before = os.getcwd()
    with places.pushd(str(tmp_path)):
        assert os.path.samefile(os.getcwd(), tmp_path)
    assert os.getcwd() == before
    monkeypatch.setenv("KEPT", "old")
    with places.environ({"KEPT": "new", "ADDED": "1"}):
        assert (os.environ["KEPT"], os.environ["ADDED"]) == ("new", "1")
    assert (os.environ["KEPT"], "ADDED" in os.environ) == ("old", False)


def test_words_are_written_in_another_way() -> None:
    assert (words.camelcase("foo_bar"), words.camelcase("a-b c")) == ("FooBar", "ABC")
    assert (words.snakecase("FooBarBaz"), words.clean_name("A b-C.d"), words.clean_name_lower("A b-C.d")) == (
        "foo_bar_baz",
        "A_b_C_d",
        "a_b_c_d",
    )
    assert words.clean_name_lower_with_dots("A b-C.d") == "a_b_c.d"
    assert words.str_format_list([1, "a"]) == "['1', 'a']"


def test_single_values_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert words.is_valid_run_id(words.make_new_run_id())
    assert not words.is_uuid("x")
    assert (words.xor(1, 0), words.xor(1, 1)) == (True, False)
    assert (list(words.ensure_gen(3)), list(words.ensure_gen(each for each in "ab"))) == ([3], ["a", "b"])
    assert words.return_as_list(lambda: (each for each in range(2)))() == [0, 1]
    assert (words.safe_is_subclass(bool, int), words.safe_is_subclass("x", int)) == (True, False)
    assert (words.is_lambda(lambda: 1), words.is_lambda(test_mappings_are_made_of_others)) == (True, False)
    assert (words.get_boolean_tag_value("true"), words.get_boolean_tag_value("False"), words.get_boolean_tag_value(None)) == (
        True,
        False,
        False,
    )
    assert words.coerce_valid_log_level("DEBUG") == words.coerce_valid_log_level(10) == 10
    monkeypatch.setenv("SET", "1")
    assert (words.parse_env_var("A=b=c"), words.parse_env_var("SET")) == (("A", "b=c"), ("SET", "1"))
    with pytest.raises(ValueError, match="UNSET"):
        words.parse_env_var("UNSET")
    with pytest.raises(CheckError, match="loud"):
        words.coerce_valid_log_level("loud")


def test_items_are_put_behind_what_they_depend_on() -> None:
    needs = {"c": {"b"}, "b": {"a"}, "z": set()}
    assert words.toposort(needs) == [["a", "z"], ["b"], ["c"]]
    assert words.toposort_flatten(needs) == ["a", "z", "b", "c"]


def test_a_port_is_free_until_somebody_listens() -> None:
    import socket

    port = words.find_free_port()
    assert not words.is_port_in_use("localhost", port)
    with socket.socket() as taken:
        taken.bind(("localhost", port))
        taken.listen()
        assert words.is_port_in_use("localhost", port)


def test_collections_have_a_hash_by_what_they_hold() -> None:
    assert hashes.hash_collection({"a": [1, {2}]}) == hashes.hash_collection({"a": [1, {2}]})
    assert hashes.make_hashable({"b": [1], "a": {2}}) == (("a", (2,)), ("b", (1,)))
    assert hashes.non_secure_md5_hash_str(b"a") == "0cc175b9c0f1b6a831c399e269772661"
    assert len(hashes.hash_str("a")) == 40
    with pytest.raises(TypeError):
        hashes.hash_collection(3)  # pyright: ignore[reportArgumentType]


class Counting:
    def __init__(self) -> None:
        self.calls: list[object] = []

    @cached_method
    def total(self, a: int, b: int = 2, **more: int) -> int:
        self.calls.append((a, b))
        return a + b + sum(more.values())

    @cached_method
    async def later(self) -> int:
        self.calls.append("later")
        return 5


def test_a_cached_method_computes_once_per_object_and_arguments() -> None:
    one, other = Counting(), Counting()
    assert (one.total(1), one.total(1, 2), one.total(a=1, b=2), one.total(1, c=3)) == (3, 3, 3, 6)
    assert one.calls == [(1, 2), (1, 2)]
    assert other.total(1) == 3
    assert other.calls == [(1, 2)]


def test_a_cached_coroutine_is_awaited_once() -> None:
    import asyncio

    counting = Counting()

    async def twice() -> list[int]:
        return [await counting.later(), await counting.later()]

    assert asyncio.run(twice()) == [5, 5]
    assert counting.calls == ["later"]


def test_times_know_their_zone() -> None:
    berlin = times.get_timezone("Europe/Berlin")
    assert times.datetime_from_timestamp(0) == datetime(1970, 1, 1, tzinfo=timezone.utc)
    assert times.datetime_from_timestamp(0, "Europe/Berlin").hour == 1
    assert times.create_datetime(2024, 1, 2, 3, tz="Europe/Berlin") == datetime(2024, 1, 2, 3, tzinfo=berlin)
    assert times.utc_datetime_from_naive(datetime(2024, 1, 2)).tzinfo is timezone.utc  # noqa: DTZ001 - what it is for
    assert times.get_current_datetime("Europe/Berlin").tzinfo is berlin
    assert times.get_current_datetime_midnight().hour == 0
    assert abs(times.get_current_timestamp() - times.get_current_datetime().timestamp()) < 60


def test_a_text_without_a_zone_is_meant_in_utc() -> None:
    told = ["2024-01-02T03:04:05", "2024-01-02T03:04:05Z", "2024-01-02T04:04:05+01:00"]
    assert {times.parse_time_string(text) for text in told} == {datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)}


def test_hours_are_added_across_a_change_of_clocks() -> None:
    berlin = times.get_timezone("Europe/Berlin")
    before = datetime(2024, 3, 31, 0, 30, tzinfo=berlin)
    assert times.add_absolute_time(before, hours=3) == datetime(2024, 3, 31, 4, 30, tzinfo=berlin)
    assert before + timedelta(hours=3) != times.add_absolute_time(before, hours=3)


@pytest.mark.parametrize(
    ("say", "category"),
    [
        (lambda: announcements.deprecation_warning("It", "2.0", "Use that."), DeprecationWarning),
        (lambda: announcements.beta_warning("It", "Use that."), BetaWarning),
        (lambda: announcements.preview_warning("It", "Use that."), PreviewWarning),
        (lambda: announcements.supersession_warning("It", "Use that."), SupersessionWarning),
    ],
)
def test_a_library_warns_of_its_own_parts(say: Callable[[], None], category: type[Warning]) -> None:
    with pytest.warns(category, match=r"^It .*Use that\.$") as told:
        say_in_a_function(say)
    assert told[0].filename == __file__


def say_in_a_function(say: Callable[[], None]) -> None:
    say()


def test_warnings_of_the_framework_can_be_kept_quiet() -> None:
    @announcements.suppress_dagster_warnings
    def quiet() -> str:
        announcements.beta_warning("It")
        announcements.config_argument_warning("settings", "orders")
        return "done"

    @announcements.suppress_dagster_warnings
    class Quiet:
        def __init__(self) -> None:
            announcements.preview_warning("It")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quiet() == "done"
        assert isinstance(Quiet(), Quiet)
    with pytest.warns(ConfigArgumentWarning):
        announcements.config_argument_warning("settings", "orders")


def test_a_renamed_argument_is_taken_under_either_name() -> None:
    assert announcements.normalize_renamed_param(None, "new", 5, "old") == 5
    assert announcements.normalize_renamed_param(1, "new", None, "old") == 1
    assert announcements.normalize_renamed_param(None, "new", 5, "old", str) == "5"
    with pytest.raises(CheckError, match="old"):
        announcements.normalize_renamed_param(1, "new", 5, "old")


def test_yaml_keeps_dates_as_texts_and_merges_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: {b: 1}\nday: 2024-01-01\n")
    (tmp_path / "b.yaml").write_text("a: {c: 2}\n")
    both = {"a": {"b": 1, "c": 2}, "day": "2024-01-01"}
    assert yaml_texts.load_yaml_from_globs(str(tmp_path / "*.yaml")) == both
    assert yaml_texts.merge_yamls([str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]) == both
    assert yaml_texts.load_yaml_from_path(str(tmp_path / "b.yaml")) == {"a": {"c": 2}}
    assert yaml_texts.dump_run_config_yaml(both) == "a:\n  b: 1\n  c: 2\nday: 2024-01-01\n"
    assert yaml_texts.load_run_config_yaml(yaml_texts.dump_run_config_yaml(both)) == both
    with pytest.raises(CheckError, match="dictionary"):
        yaml_texts.merge_yaml_strings(["- 1", "a: 1"])


def test_a_call_is_tried_again_until_it_succeeds_or_has_no_tries_left() -> None:
    left = [ValueError(), ValueError()]

    def flaky() -> str:
        if left:
            raise left.pop()
        return "done"

    assert retries.backoff(flaky, (ValueError,), delay_generator=iter([0.0] * 4)) == "done"
    left.extend(ValueError() for _ in range(9))
    with pytest.raises(ValueError):
        retries.backoff(flaky, (ValueError,), delay_generator=iter([0.0] * 4))
    assert len(left) == 4
    delays = retries.exponential_delay_generator()
    assert [next(delays) for _ in range(3)] == [0.1, 0.2, 0.4]


def test_a_file_is_written_once_by_those_who_would_write_it_at_the_same_time(tmp_path: Path) -> None:
    target = tmp_path / "written"
    calls: list[str] = []

    def write(text: str) -> None:
        calls.append(text)
        if text == "outer":
            # Waits for its turn, which is not before the outer call has ended, and gives up.
            places.run_with_concurrent_update_guard(target, write, guard_timeout_seconds=0, text="inner")
        target.write_text(text)

    places.run_with_concurrent_update_guard(target, write, text="outer")
    assert (calls, target.read_text()) == (["outer", "inner"], "outer")
    places.run_with_concurrent_update_guard(target, write, text="again")
    assert target.read_text() == "again"


def test_limits_by_tag_are_a_field_of_config() -> None:
    limits = retries.get_tag_concurrency_limits_config()

    @dg.op(config_schema={"limits": limits})
    def limited(context: dg.OpExecutionContext) -> None: ...

    given = [{"key": "database", "value": {"applyLimitPerUniqueValue": {}}, "limit": 2}, {"key": "api", "limit": 1}]
    with dg.DagsterInstance.ephemeral() as instance:
        job = dg.job(name="all")(lambda: limited() and None)
        assert job.execute_in_process({"ops": {"limited": {"config": {"limits": given}}}}, instance=instance).success


def test_keys_and_types_are_looked_at() -> None:
    assert [words.is_valid_tag_key(key) for key in ("a", "a/b", "a b", "", "a/b/c")] == [True, True, False, False, False]
    assert [words.is_dict_type(kind) for kind in (dict, dict[str, int], int, list, None)] == [True, True, False, False, False]


def test_an_executor_that_delegates_is_refused_when_it_is_made() -> None:
    class Elsewhere(step_handlers.StepHandler):
        @property
        def name(self) -> str:
            return "elsewhere"

        def launch_step(self, step_handler_context: step_handlers.StepHandlerContext):
            yield from ()

        def check_step_health(self, step_handler_context: step_handlers.StepHandlerContext):
            return step_handlers.CheckStepHealthResult.unhealthy("gone")

        def terminate_step(self, step_handler_context: step_handlers.StepHandlerContext):
            yield from ()

    context = step_handlers.StepHandlerContext(None, None, [], None)
    assert Elsewhere().check_step_health(context) == (False, "gone")
    assert step_handlers.CheckStepHealthResult.healthy().is_healthy
    assert context.step_tags == {}
    with pytest.raises(dg.DagsterUnmetExecutorRequirementsError, match="multiprocess_executor"):
        step_handlers.StepDelegatingExecutor(Elsewhere(), retries=retries.RetryMode.ENABLED)


def test_a_retry_mode_is_read_from_config() -> None:
    mode = retries.RetryMode.from_config({"enabled": {}})
    assert mode is retries.RetryMode.ENABLED
    assert mode.for_inner_plan() is retries.RetryMode.DEFERRED
    assert (mode.enabled, mode.disabled, mode.deferred) == (True, False, False)
    assert retries.get_retries_config().default_value == {"enabled": {}}
