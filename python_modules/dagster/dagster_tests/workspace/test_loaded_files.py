import os
from collections.abc import Callable
from pathlib import Path

from dagster.workspace.loaded_files import FileWatch, changed, installed_modules, mark_of
from dagster_tests.workspace.projects import Folder


def read_while(folder: Folder, loading: Callable[[], object]) -> set[str]:
    """The files of a folder that are noted while something is done."""
    watch = FileWatch()
    loading()
    return {os.path.relpath(path, folder.path) for path in watch.marks() if path.startswith(str(folder.path))}


def touched(*files: tuple[str, str]) -> None:
    """Opens files in these modes, and closes them."""
    for name, mode in files:
        with open(name, mode):
            pass


def test_what_is_opened_for_reading_is_noted_and_what_is_written_is_not(folder: Folder) -> None:
    folder.write("settings.yaml", "a: 1")
    opened = [("settings.yaml", "r"), ("settings.yaml", "rb"), ("out.txt", "w"), ("log", "a")]
    assert read_while(folder, lambda: touched(*opened)) == {"settings.yaml"}


def test_folders_that_are_listed_are_noted(folder: Folder) -> None:
    folder.write("queries/a.sql", "")
    assert read_while(folder, lambda: list(Path("queries").iterdir())) == {"queries"}


def test_modules_are_noted_also_where_their_bytecode_lay_ready(folder: Folder) -> None:
    import importlib
    import sys

    folder.write("some_module_of_mine.py", "x = 1")
    sys.path.insert(0, str(folder.path))
    assert read_while(folder, lambda: importlib.import_module("some_module_of_mine")) == {"some_module_of_mine.py"}


def test_what_is_read_after_the_loading_is_not_noted(folder: Folder) -> None:
    folder.write("a", "")
    watch = FileWatch()
    watch.marks()
    touched(("a", "r"))
    assert not any(path.startswith(str(folder.path)) for path in watch.marks())


def test_a_file_has_changed_when_it_was_written_replaced_made_or_removed(folder: Folder) -> None:
    paths = [str(folder.write(name, "1")) for name in ("same", "longer", "replaced", "removed")] + [str(folder.path / "made")]
    marks = {path: mark_of(path) for path in paths}
    assert changed(marks) == []
    folder.write("longer", "22")
    folder.write("new", "1")
    os.replace("new", "replaced")
    os.unlink("removed")
    folder.write("made", "1")
    assert [os.path.basename(path) for path in changed(marks)] == ["longer", "replaced", "removed", "made"]


def test_a_folder_has_changed_when_a_file_was_made_in_it(folder: Folder) -> None:
    folder.write("queries/a.sql", "")
    os.utime("queries", (1, 1))
    marks = {"queries": mark_of("queries")}
    assert changed(marks) == []
    folder.write("queries/b.sql", "")
    assert changed(marks) == ["queries"]


def test_installed_packages_are_told_by_name() -> None:
    names = installed_modules()
    assert "msgspec" in names
    assert not any(name.startswith("dagster.") or name == "json" for name in names)
