"""`local_file_manager`: files written by one op and read by another by their handles, and a folder of one's own."""

import io
import os

import seen

import dagster as dg

OWN = os.path.join(os.environ["DAGSTER_HOME"], "own")


@dg.op(required_resource_keys={"files"})
def write(context):
    files = context.resources.files
    return [files.write_data(b"abc", ext="txt"), files.write(io.StringIO("text"), mode="w"), files.write(io.BytesIO(b"raw"))]


@dg.op(required_resource_keys={"files"})
def read(context, handles):
    files = context.resources.files
    copy = files.copy_handle_to_local_temp(handles[0])
    with open(copy) as file:
        copied = file.read()
    files.delete_local_temp()
    with files.read(handles[0], "r") as file:
        text = file.read()
    return {
        "data": [files.read_data(handle).decode() for handle in handles],
        "copied": [copied, os.path.exists(copy)],
        "text": text,
        "ends": [os.path.splitext(handle.path)[1] for handle in handles],
        "folders": sorted({os.path.basename(os.path.dirname(handle.path)) for handle in handles}),
        "kinds": [isinstance(handle, dg.LocalFileHandle) and isinstance(handle, dg.FileHandle) for handle in handles],
        "described": [handle.path_desc == handle.path for handle in handles],
        "refused": [
            seen.outcome(lambda: files.write("text")),
            seen.outcome(lambda: files.write_data("text")),
        ],
    }


@dg.job(resource_defs={"files": dg.local_file_manager})
def by_default():
    read(write())


@dg.job(resource_defs={"files": dg.local_file_manager.configured({"base_dir": OWN})})
def in_a_folder():
    read(write())


def facts() -> dict:
    instance = dg.DagsterInstance.get()
    default = by_default.execute_in_process(instance=instance).output_for_node("read")
    own = in_a_folder.execute_in_process(instance=instance).output_for_node("read")
    below = os.path.relpath(os.path.join(instance.storage_directory(), "file_manager"), instance.root_directory)
    return {
        "default": default,
        "own": own,
        "stored": [below, len(os.listdir(os.path.join(instance.root_directory, below))), len(os.listdir(OWN))],
    }
