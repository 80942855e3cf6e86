import traceback

import pytest

from dagster.events.frames import Frame, frames_of, frames_written, of_the_user
from dagster.workspace.loading import load


def test_frames_come_from_the_outermost_to_the_innermost() -> None:
    def fails() -> None:
        raise ValueError("no")

    try:
        fails()
    except ValueError as raised:
        frames = frames_of(raised.__traceback__)
    assert [frame.function for frame in frames] == ["test_frames_come_from_the_outermost_to_the_innermost", "fails"]
    assert frames[-1].code == 'raise ValueError("no")'


def test_frames_that_were_kept_as_text_are_the_same() -> None:
    with pytest.raises(ValueError) as raised:
        int("x")
    assert frames_written(traceback.format_tb(raised.tb)) == frames_of(raised.tb)


def test_frames_of_the_framework_and_the_standard_library_are_left_out() -> None:
    ours = Frame(path=load.__code__.co_filename, line=1, function="load")
    standard = Frame(path=traceback.__file__, line=1, function="format_tb")
    theirs = Frame(path="/project/shop.py", line=3, function="orders")
    assert of_the_user([ours, theirs, standard]) == [theirs]


def test_what_called_the_framework_is_left_out() -> None:
    script = Frame(path="/venv/bin/dagster", line=8, function="<module>")
    ours = Frame(path=load.__code__.co_filename, line=1, function="load")
    theirs = Frame(path="/project/shop.py", line=3, function="<module>")
    assert of_the_user([script, ours, theirs]) == [theirs]


def test_an_installed_package_counts_where_nothing_else_does() -> None:
    installed = Frame(path="/x/lib/python3.11/site-packages/shop/tables.py", line=3, function="<module>")
    theirs = Frame(path="/project/shop.py", line=3, function="<module>")
    assert of_the_user([installed]) == [installed]
    assert of_the_user([theirs, installed]) == [theirs]
