import os
import sys
from collections.abc import Callable

import pytest

from dagster.workspace import file_notices
from dagster.workspace.file_notices import ChangeWatch, folder_notices, folders_of
from dagster.workspace.loaded_files import Marks, changed, mark_of
from dagster_tests.workspace.projects import Folder

told = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells by inotify")


class Clock:
    """Seconds that stand still until they are told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def marks(*paths: str) -> Marks:
    return {os.path.abspath(path): mark_of(path) for path in paths}


def watch_after_a_look(clock: Clock, *paths: str) -> ChangeWatch:
    watch = ChangeWatch(marks(*paths), clock)
    assert not watch.has_changed()
    return watch


def replaced(folder: Folder) -> None:
    os.replace(folder.write("new.py", "x = 2"), "defs.py")


CHANGES: dict[str, Callable[[Folder], object]] = {
    "written": lambda folder: folder.write("defs.py", "x = 22"),
    "replaced by another file": replaced,
    "removed": lambda folder: os.unlink("defs.py"),
    "touched": lambda folder: os.utime("defs.py", (1, 1)),
    "written behind its link": lambda folder: folder.write("elsewhere/real.py", "x = 22"),
    "found where there was none": lambda folder: folder.write("settings.yaml", ""),
    "listed in its folder": lambda folder: folder.write("queries/b.sql", ""),
    "moved with its folder": lambda folder: os.rename("package", "other"),
}


@told
@pytest.mark.parametrize("change", CHANGES)
def test_what_happens_to_a_file_is_told_at_once(folder: Folder, change: str) -> None:
    for name in ("defs.py", "elsewhere/real.py", "queries/a.sql", "package/inner.py"):
        folder.write(name, "x = 1")
    os.symlink("elsewhere/real.py", "link.py")
    watch = watch_after_a_look(Clock(), "defs.py", "link.py", "settings.yaml", "queries", "package/inner.py")
    CHANGES[change](folder)
    assert watch.has_changed()
    watch.close()


@told
def test_what_happens_beside_the_files_is_no_change(folder: Folder) -> None:
    folder.write("defs.py", "x = 1")
    watch = watch_after_a_look(Clock(), "defs.py")
    folder.write("notes.txt", "")
    folder.write("inner/deep.py", "")
    assert watch.is_told
    assert not watch.has_changed()
    watch.close()


def test_where_nothing_tells_files_are_looked_at_when_that_is_due(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_notices, "folder_notices", lambda _paths: None)
    folder.write("defs.py", "x = 1")
    clock = Clock()
    watch = watch_after_a_look(clock, "defs.py")
    folder.write("defs.py", "x = 22")
    assert not watch.has_changed()
    clock.now += 0.2
    assert watch.has_changed()


class Silent:
    """Tells of nothing, as for a folder that another machine writes to."""

    def heard(self) -> bool:
        return False

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("notices", "rest_seconds"), [(Silent(), 40.0), (None, 4.0)])
def test_looks_take_a_small_share_of_a_core(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, notices: Silent | None, rest_seconds: float
) -> None:
    clock = Clock()

    def look(marks: Marks) -> list[str]:
        clock.now += 0.04
        return changed(marks)

    monkeypatch.setattr(file_notices, "folder_notices", lambda _paths: notices)
    monkeypatch.setattr(file_notices, "changed", look)
    folder.write("defs.py", "x = 1")
    watch = watch_after_a_look(clock, "defs.py")
    folder.write("defs.py", "x = 22")
    clock.now += rest_seconds - 0.1
    assert not watch.has_changed()
    clock.now += 0.2
    assert watch.has_changed()


def test_a_folder_that_cannot_be_watched_is_only_looked_at(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_notices, "folders_of", lambda _paths: {str(folder.path / "gone")})
    assert folder_notices(["defs.py"]) is None


def test_of_a_missing_file_the_nearest_folder_is_watched(folder: Folder) -> None:
    folder.write("here/defs.py", "")
    root = str(folder.path)
    assert folders_of([f"{root}/here/defs.py", f"{root}/not/there/defs.py", f"{root}/here"]) == {root, f"{root}/here"}
