from dagster.events.frames import place, shown
from dagster.workspace.places import place_of_call, place_of_text, place_of_variable, shown_place
from dagster_tests.workspace.projects import Folder

SHOP = """
import dagster as dg

nightly = dg.define_asset_job("nightly")

def make():
    return dg.Definitions(jobs=[nightly])

defs: dg.Definitions = make()
"""


def test_a_path_below_the_current_directory_is_relative(folder: Folder) -> None:
    below = folder.path / "code" / "shop.py"
    assert (shown(str(below)), place(str(below), 3)) == ("code/shop.py", "code/shop.py:3")
    assert shown_place(f"{below}:12") == "code/shop.py:12"


def test_a_path_elsewhere_stays_absolute(folder: Folder) -> None:
    beside = f"{folder.path}_other/shop.py"
    assert shown(beside) == beside


def test_variables_texts_and_calls_are_found_in_the_text(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    places = [
        place_of_variable("shop.py", "nightly"),
        place_of_variable("shop.py", "make"),
        place_of_variable("shop.py", "defs"),
        place_of_text("shop.py", "nightly"),
        place_of_call("shop.py", "Definitions"),
    ]
    assert places == ["shop.py:3", "shop.py:5", "shop.py:8", "shop.py:3", "shop.py:6"]


def test_what_is_not_in_the_text_has_no_line(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    assert (place_of_variable("shop.py", "weekly"), place_of_text("shop.py", "weekly")) == ("shop.py", None)
    assert place_of_call("not_there.py", "Definitions") is None
