"""What the processes of a run write to stdout and stderr: straight into files of the instance, readable while they run."""

from __future__ import annotations

import os
import sys

STDOUT, STDERR = ".out", ".err"


def output_path(storage_directory: str, run_id: str, file_key: str) -> str:
    """The files of one process of a run, without `.out` and `.err`.

    Args:
        storage_directory: of the instance.
        run_id: the run.
        file_key: the key of the step, or the id of the run for a process that executes all of them.
    """
    # A step's key is made of names; a mapping key is checked where it is given. Whatever it is, it stays in the folder.
    return os.path.join(output_folder(storage_directory, run_id), file_key.replace(os.sep, "_"))


def output_folder(storage_directory: str, run_id: str) -> str:
    """The folder of what the processes of a run write."""
    return os.path.join(storage_directory, run_id, "compute_logs")


def redirect_output(path: str) -> None:
    """From here on this process and what it starts write into the files at `path`, after what is there already."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    for stream, number, ending in ((sys.stdout, 1, STDOUT), (sys.stderr, 2, STDERR)):
        if stream is not None:  # pyright: ignore[reportUnnecessaryComparison] - None without a console
            stream.flush()
        descriptor = os.open(f"{path}{ending}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)  # secrets may be printed
        os.dup2(descriptor, number)
        if descriptor != number:
            os.close(descriptor)
    # Lines are readable at once, not when a buffer is full; and user code may have put other objects in the place of both.
    sys.stdout = open(1, "w", buffering=1, closefd=False, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
