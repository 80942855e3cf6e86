import pytest

from dagster.events.failures import Failure, RetryRequested, error_info, error_info_from_current
from dagster.metadata.values import IntMetadataValue


def raised(cause: Exception | None = None) -> Exception:
    try:
        raise ValueError("outer") from cause
    except ValueError as caught:
        return caught


def test_an_error_becomes_a_value_with_its_frames() -> None:
    info = error_info(raised())
    assert info.message == "ValueError: outer\n"
    assert info.cls_name == "ValueError"
    assert 'raise ValueError("outer")' in info.stack[-1]
    assert info.cause is None


def test_the_cause_comes_along() -> None:
    info = error_info(raised(KeyError("inner")))
    assert info.cause is not None
    assert info.cause.cls_name == "KeyError"
    assert info.user_cause is info.cause
    assert "caused by the following exception:\nKeyError: 'inner'" in info.to_string()


def test_what_was_being_handled_comes_along_unless_suppressed() -> None:
    def handling(suppressed: bool) -> Exception:
        try:
            try:
                raise KeyError("inner")
            except KeyError:
                if suppressed:
                    raise ValueError("outer") from None
                raise ValueError("outer")  # noqa: B904
        except ValueError as caught:
            return caught

    assert error_info(handling(suppressed=True)).context is None
    context = error_info(handling(suppressed=False)).context
    assert context is not None
    assert context.cls_name == "KeyError"


def test_the_error_being_handled_is_found() -> None:
    try:
        raise ValueError("x")
    except ValueError:
        info = error_info_from_current()
    assert info.cls_name == "ValueError"


def test_outside_of_an_except_block_there_is_no_current_error() -> None:
    with pytest.raises(AssertionError, match="outside"):
        error_info_from_current()


def test_a_failure_carries_what_the_user_says() -> None:
    failure = Failure("empty", {"rows": 0}, allow_retries=False)
    assert (failure.description, failure.metadata, failure.allow_retries) == ("empty", {"rows": IntMetadataValue(0)}, False)
    assert Failure().allow_retries


def test_a_retry_is_asked_for_once_unless_said_otherwise() -> None:
    assert RetryRequested().max_retries == 1
    assert RetryRequested(None).max_retries == 1
    assert RetryRequested(3, 1.5).seconds_to_wait == 1.5


def test_a_circle_of_causes_is_told_once() -> None:
    error = ValueError("round")
    error.__cause__ = error
    assert error_info(error).cause is None


def test_of_a_long_chain_of_causes_the_nearest_are_told() -> None:
    error = ValueError(0)
    for number in range(1, 3000):
        following = ValueError(number)
        following.__cause__ = error
        error = following
    told = error_info(error)
    assert told.cause is not None
    assert told.cause.message == "ValueError: 2998\n"
