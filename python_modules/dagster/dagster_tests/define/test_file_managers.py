import io
import os
from pathlib import Path

import pytest

import dagster as dg
from dagster.define.file_managers import LocalFileManager
from dagster.errors import CheckError, ParameterCheckError


def test_what_is_written_is_read_by_its_handle(tmp_path: Path) -> None:
    files = LocalFileManager(str(tmp_path / "files"))
    handle = files.write_data(b"abc", ext="txt")
    assert (os.path.dirname(handle.path), handle.path_desc) == (files.base_dir, handle.path)
    assert handle.path.endswith(".txt")
    assert files.read_data(handle) == b"abc"
    with files.read(handle, "r") as text:
        assert text.read() == "abc"
    assert files.read_data(files.write(io.StringIO("text"), mode="w")) == b"text"


def test_a_local_copy_is_removed_when_asked(tmp_path: Path) -> None:
    files = LocalFileManager(str(tmp_path))
    copy = files.copy_handle_to_local_temp(files.write_data(b"abc"))
    assert Path(copy).read_bytes() == b"abc"
    files.delete_local_temp()
    assert not os.path.exists(copy)


def test_what_is_no_file_and_no_handle_is_refused(tmp_path: Path) -> None:
    files = LocalFileManager(str(tmp_path))
    with pytest.raises(CheckError, match="open file"):
        files.write("text")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ParameterCheckError):
        files.write_data("text")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ParameterCheckError), files.read("path"):
        pass
    with pytest.raises(ParameterCheckError), files.read(files.write_data(b""), mode="w"):
        pass
    with pytest.raises(ParameterCheckError):
        dg.LocalFileHandle(3)  # pyright: ignore[reportArgumentType]


def test_the_resource_keeps_files_in_the_storage_of_the_instance(tmp_path: Path) -> None:
    @dg.op(required_resource_keys={"files"})
    def write(context: dg.OpExecutionContext) -> str:
        return context.resources.files.write_data(b"abc").path

    @dg.job(resource_defs={"files": dg.local_file_manager})
    def default():
        write()

    @dg.job(resource_defs={"files": dg.local_file_manager.configured({"base_dir": str(tmp_path / "own")})})
    def configured():
        write()

    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        path = default.execute_in_process(instance=instance).output_for_node("write")
        assert os.path.dirname(path) == os.path.join(instance.storage_directory(), "file_manager")
        path = configured.execute_in_process(instance=instance).output_for_node("write")
        assert os.path.dirname(path) == str(tmp_path / "own")
