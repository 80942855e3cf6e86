from dagster.errors import DagsterAssetValueNotFoundError, DagsterExecutionStepExecutionError, DagsterStepOutputNotFoundError
from dagster.events.failures import error_info
from dagster.workspace.complaints import LINES_AT_MOST, Complaint, complaint, complaint_about_stored, lines_of
from dagster.workspace.targets import CodeTarget


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """The error as it is caught, with a traceback."""
    try:
        raise error from cause
    except Exception as caught:
        return caught


def test_a_short_complaint_is_told_whole() -> None:
    assert Complaint(details=("  a", "  b"), sentence="c").lines() == ["  a", "  b", "c"]


def test_of_too_many_details_the_last_ones_stay() -> None:
    lines = Complaint(details=tuple(f"  {number}" for number in range(40)), sentence="all of it").lines()
    assert len(lines) == LINES_AT_MOST
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("  ... and 27 more", "  27", "  39", "all of it")


def test_in_the_room_of_one_line_there_is_the_sentence() -> None:
    assert Complaint(details=("  a", "  b"), sentence="c").lines(1) == ["c"]


def test_a_sentence_of_many_lines_becomes_one_that_ends() -> None:
    sentence = complaint(ValueError("line\n" * 1000)).sentence
    assert "\n" not in sentence
    assert len(sentence) < 700


def test_a_stored_error_is_told_without_the_fence_around_it() -> None:
    fenced = raised(DagsterExecutionStepExecutionError("in a step", user_exception=ValueError()), raised(ValueError("too much")))
    told = complaint_about_stored(error_info(fenced), 'asset "orders"')
    assert told.sentence.endswith('asset "orders" failed: ValueError: too much')


def test_a_stored_error_of_ours_is_told_by_its_sentence_alone() -> None:
    owed = raised(DagsterStepOutputNotFoundError("Nothing was returned.", step_key="a", output_name="result"))
    told = complaint_about_stored(error_info(owed), 'asset "orders"')
    assert told.sentence.endswith('asset "orders" failed: Nothing was returned.')


def test_of_too_many_complaints_the_first_are_told_and_all_are_counted() -> None:
    lines = lines_of([Complaint(details=("  a",), sentence=str(number)) for number in range(20)], "assets failed")
    assert lines == ["20 assets failed, the first 14:", *(str(number) for number in range(14))]
    assert lines_of([Complaint(details=("  a",), sentence="b")] * 2) == ["  a", "b"] * 2


def test_a_command_that_is_advised_names_the_code_as_it_was_named() -> None:
    missing = raised(DagsterAssetValueNotFoundError(asset_key="a", path="/p"))
    for target, expected in [
        (
            CodeTarget(source="python_file", name="my shop.py", working_directory="w"),
            "-f 'my shop.py' -d w --select 'a'`",
        ),
        (CodeTarget(source="python_module", name="shop", asked_in="pyproject.toml:1"), "materialize --select 'a'`"),
    ]:
        told = complaint_about_stored(error_info(missing), 'asset "b"', target)
        assert expected in told.sentence
