"""User code that does more than writing to its path works as if it wrote in place, and still atomically."""

import os
import pickle
import shelve
import sqlite3
import subprocess

import pytest
from upath import UPath

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io import exchanges
from dagster.io.building import build_input_context, build_output_context
from dagster.io.old_value_hints import use_of_the_old_value
from dagster.io.unfinished import unfinished_path
from dagster.io.upath import UPathIOManager


class Manager(UPathIOManager):
    def load_from_path(self, context, path):
        with open(path) as file:
            return file.read()


def store(manager, value, run_id="r1"):
    context = build_output_context(asset_key="orders", run_id=run_id)
    manager.handle_output(context, value)
    return context


def load(manager):
    return manager.load_input(build_input_context(asset_key="orders"))


def append_line(path, line):
    with open(path, "a") as file:
        file.write(line)


class Appends(Manager):
    def dump_to_path(self, context, obj, path):
        with path.open("a") as file:
            file.write(obj)


class AppendsByHelper(Manager):
    def dump_to_path(self, context, obj, path):
        append_line(path, obj)


class AppendsByLibrary(Manager):
    """The library's code is not looked at; that it opens the file to append is noticed."""

    def dump_to_path(self, context, obj, path):
        namespace = {}
        exec(
            compile("def add(path, text, mode=chr(97)):\n with open(path, mode) as file: file.write(text)", "library", "exec"),
            namespace,
        )
        namespace["add"](str(path), obj)


class ReadsAndWrites(Manager):
    def dump_to_path(self, context, obj, path):
        earlier = path.read_text() if path.exists() else ""
        path.write_text(earlier + obj)


class AsksTheSystem(Manager):
    def dump_to_path(self, context, obj, path):
        earlier = ""
        if os.path.isfile(path):
            with open(path) as file:
                earlier = file.read()
        with open(path, "w") as file:
            file.write(earlier + obj)


class UpdatesInPlace(Manager):
    def dump_to_path(self, context, obj, path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        os.lseek(descriptor, 0, os.SEEK_END)
        os.write(descriptor, obj.encode())
        os.close(descriptor)


class InAnotherFile(Manager):
    """Writes a file of its own and renames it, as careful code does."""

    def dump_to_path(self, context, obj, path):
        earlier = path.read_text() if path.exists() else ""
        other = path.with_name("mine.tmp")
        other.write_text(earlier + obj)
        os.replace(other, path)


@pytest.mark.parametrize(
    "kind", [Appends, AppendsByHelper, AppendsByLibrary, ReadsAndWrites, AsksTheSystem, UpdatesInPlace, InAnotherFile]
)
def test_code_that_adds_to_the_earlier_value_finds_it(tmp_path, kind):
    manager = kind(UPath(tmp_path))
    for letter in "abc":
        store(manager, letter)
    assert load(manager) == "abc"
    assert os.listdir(tmp_path) == ["orders"]


@pytest.mark.parametrize("kind", [Appends, AppendsByHelper, ReadsAndWrites, UpdatesInPlace])
def test_an_addition_that_breaks_off_leaves_the_earlier_value(tmp_path, kind):
    class BreaksOff(kind):
        def dump_to_path(self, context, obj, path):
            super().dump_to_path(context, obj, path)
            if obj == "bad":
                raise ZeroDivisionError

    manager = BreaksOff(UPath(tmp_path))
    store(manager, "a")
    with pytest.raises(ZeroDivisionError):
        store(manager, "bad")
    assert load(manager) == "a"
    assert os.listdir(tmp_path) == ["orders"]


def test_a_database_file_grows(tmp_path):
    class Table(Manager):
        def dump_to_path(self, context, obj, path):
            connection = sqlite3.connect(path)
            connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
            connection.execute("INSERT INTO t VALUES (?)", (obj,))
            connection.commit()
            connection.close()

        def load_from_path(self, context, path):
            connection = sqlite3.connect(path)
            rows = [x for (x,) in connection.execute("SELECT x FROM t ORDER BY x")]
            connection.close()
            return rows

    manager = Table(UPath(tmp_path))
    for number in (1, 2, 3):
        store(manager, number)
    assert load(manager) == [1, 2, 3]


def test_a_shelf_grows(tmp_path):
    class Shelf(Manager):
        def dump_to_path(self, context, obj, path):
            with shelve.open(str(path)) as shelf:
                shelf[obj] = obj

        def load_from_path(self, context, path):
            with shelve.open(str(path)) as shelf:
                return sorted(shelf)

    manager = Shelf(UPath(tmp_path))
    for letter in "abc":
        store(manager, letter)
    assert load(manager) == ["a", "b", "c"]


def test_a_folder_keeps_the_parts_that_are_not_written_again(tmp_path):
    class Parts(Manager):
        def dump_to_path(self, context, obj, path):
            path.mkdir(exist_ok=True)
            (path / obj).write_text(obj)

        def load_from_path(self, context, path):
            return sorted(part.name for part in path.iterdir())

    manager = Parts(UPath(tmp_path))
    for part in ("b", "a", "b"):
        store(manager, part)
    assert load(manager) == ["a", "b"]


class Halves(Manager):
    def dump_to_path(self, context, obj, path):
        path.mkdir(exist_ok=True)
        (path / "1").write_text(obj)
        if obj == "bad":
            raise ZeroDivisionError
        (path / "2").write_text(obj)

    def load_from_path(self, context, path):
        return (path / "1").read_text() + (path / "2").read_text()


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_is_replaced_as_a_whole(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(exchanges, "_exchange", lambda one, other: False)
    manager = Halves(UPath(tmp_path))
    store(manager, "x")
    store(manager, "y")
    with pytest.raises(ZeroDivisionError):
        store(manager, "bad")
    assert load(manager) == "yy"
    assert os.listdir(tmp_path) == ["orders"]


def test_two_places_are_exchanged_in_one_step(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    assert exchanges._exchange(str(tmp_path / "folder"), str(tmp_path / "file"))
    assert (tmp_path / "file").is_dir()
    assert (tmp_path / "folder").read_text() == "x"


def test_a_value_that_was_set_aside_by_a_dead_writer_comes_back(tmp_path):
    manager = Halves(UPath(tmp_path))
    store(manager, "x")
    left_over = unfinished_path(str(tmp_path), "orders", "dead-run")
    os.makedirs(f"{left_over}/.before")
    os.rename(tmp_path / "orders", f"{left_over}/.before/orders")
    assert load(manager) == "xx"


def test_a_file_takes_the_place_of_a_folder_and_a_folder_of_a_file(tmp_path):
    class Both(Manager):
        def dump_to_path(self, context, obj, path):
            import shutil

            if path.is_dir():
                shutil.rmtree(path)
            if path.is_file():
                path.unlink()
            if obj == "folder":
                path.mkdir()
            else:
                path.write_text(obj)

    manager = Both(UPath(tmp_path))
    for value in ("file", "folder", "file"):
        store(manager, value)
        assert (tmp_path / "orders").is_dir() == (value == "folder")
    assert load(manager) == "file"


def test_files_beside_the_value_are_moved_as_well(tmp_path):
    class WithNotes(Manager):
        def dump_to_path(self, context, obj, path):
            path.write_text(obj)
            path.with_suffix(".notes").write_text(obj + "!")
            folder = path.parent / "_schemas"
            folder.mkdir(exist_ok=True)
            (folder / obj).write_text(obj)

    manager = WithNotes(UPath(tmp_path))
    for value in ("a", "b"):
        store(manager, value)
    assert (tmp_path / "orders.notes").read_text() == "b!"
    assert sorted(os.listdir(tmp_path / "_schemas")) == ["a", "b"]
    assert sorted(os.listdir(tmp_path)) == ["_schemas", "orders", "orders.notes"]


def test_a_file_beside_the_value_grows(tmp_path):
    class WithLog(Manager):
        def dump_to_path(self, context, obj, path):
            path.write_text(obj)
            with path.with_suffix(".log").open("a") as log:
                log.write(obj)

    manager = WithLog(UPath(tmp_path))
    for value in ("a", "b"):
        store(manager, value)
    assert (tmp_path / "orders.log").read_text() == "ab"


def test_code_that_writes_elsewhere_leaves_nothing_here(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    class Elsewhere(Manager):
        def dump_to_path(self, context, obj, path):
            (elsewhere / path.name).write_text(obj)

    store(Elsewhere(UPath(tmp_path / "storage")), "x")
    assert (elsewhere / "orders").read_text() == "x"
    assert os.listdir(tmp_path / "storage") == []


def test_code_that_names_the_final_path_itself_writes_there(tmp_path):
    class Itself(Manager):
        def dump_to_path(self, context, obj, path):
            final = self._get_path(context)
            final.write_text((final.read_text() if final.exists() else "") + obj)

    manager = Itself(UPath(tmp_path))
    os.utime(tmp_path)
    for letter in "abc":
        store(manager, letter)
        os.utime(tmp_path / "orders", (1, 1))
    assert load(manager) == "abc"


def test_code_that_looks_into_the_folders_around_gets_the_real_path(tmp_path):
    class Numbered(Manager):
        def dump_to_path(self, context, obj, path):
            count = len(list(path.parent.glob("orders*")))
            (path.parent / f"orders{count}").write_text(obj)
            path.write_text(obj)

    manager = Numbered(UPath(tmp_path))
    for value in ("a", "b"):
        store(manager, value)
    assert sorted(os.listdir(tmp_path)) == ["orders", "orders0", "orders2"]


def test_code_that_only_removes_the_earlier_value_removes_it(tmp_path):
    class Removes(Manager):
        def dump_to_path(self, context, obj, path):
            if path.exists():
                path.unlink()
            if obj:
                path.write_text(obj)

    manager = Removes(UPath(tmp_path))
    store(manager, "x")
    store(manager, "")
    with pytest.raises(DagsterAssetValueNotFoundError):
        load(manager)


def test_code_that_keeps_a_backup_finds_the_earlier_value(tmp_path):
    class BacksUp(Manager):
        def dump_to_path(self, context, obj, path):
            if os.path.exists(path):
                os.rename(path, str(path) + ".bak")
            path.write_text(obj)

    manager = BacksUp(UPath(tmp_path))
    for value in ("a", "b"):
        store(manager, value)
    assert load(manager) == "b"
    assert (tmp_path / "orders.bak").read_text() == "a"


def test_atomic_false_gives_the_final_path_itself(tmp_path):
    seen = []

    class InPlace(Manager):
        atomic = False

        def dump_to_path(self, context, obj, path):
            seen.append(str(path))
            path.write_text(obj)

    store(InPlace(UPath(tmp_path)), "x")
    assert seen == [str(tmp_path / "orders")]


def test_metadata_that_the_code_attaches_names_the_final_path(tmp_path):
    class Says(Manager):
        def dump_to_path(self, context, obj, path):
            path.write_text(obj)
            context.add_output_metadata({"where": str(path), "letters": len(obj)})

    metadata = store(Says(UPath(tmp_path)), "abc").get_logged_metadata()
    assert metadata["where"].value == str(tmp_path / "orders")
    assert metadata["letters"].value == 3


def test_a_link_at_the_final_path_stays_and_its_target_is_replaced(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "orders").symlink_to(tmp_path / "disk" / "orders")

    class Writes(Manager):
        def dump_to_path(self, context, obj, path):
            path.write_text(obj)

    store(Writes(UPath(tmp_path)), "x")
    assert (tmp_path / "orders").is_symlink()
    assert (tmp_path / "disk" / "orders").read_text() == "x"


def test_a_manager_that_links_to_its_data_links_again(tmp_path):
    class Links(Manager):
        def dump_to_path(self, context, obj, path):
            (tmp_path / "data").write_text(obj)
            os.symlink(tmp_path / "data", path)

    manager = Links(UPath(tmp_path))
    for value in ("first", "second"):
        store(manager, value)
        assert load(manager) == value
    assert not (tmp_path / "data").is_symlink()


def test_another_program_may_append(tmp_path):
    class Runs(Manager):
        def dump_to_path(self, context, obj, path):
            subprocess.run(["sh", "-c", f"printf {obj} >> {path}"], check=True)

    for value in ("a", "b"):
        store(Runs(UPath(tmp_path)), value)
    assert load(Runs(UPath(tmp_path))) == "ab"


class WritesText:
    def dump_to_path(self, context, obj, path):
        with path.open("w") as file:
            file.write(obj)


class WritesPickle:
    def dump_to_path(self, context, obj, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "wb") as file:
            pickle.dump(obj, file)


class Loops:
    def dump_to_path(self, context, obj, path):
        self.again(obj, path)

    def again(self, obj, path):
        self.dump_to_path(None, obj, path)


class Climbs:
    def dump_to_path(self, context, obj, path):
        path.parents[1].joinpath("x").write_text(obj)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (WritesText, "writes"),
        (WritesPickle, "writes"),
        (Loops, "writes"),
        (Appends, "looks"),
        (AppendsByHelper, "looks"),
        (Climbs, "roams"),
    ],
)
def test_the_compiled_code_tells_whether_the_earlier_value_may_be_looked_at(kind, expected):
    assert use_of_the_old_value(kind, "dump_to_path") == expected
