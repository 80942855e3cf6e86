"""Output that is closed, or that cannot be written any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress


@contextmanager
def usable_output() -> Generator[None, None, None]:
    """Output that was closed before the program began goes nowhere; output that fails later ends the program with a sentence."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # also keeps its number free of files that are opened later
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - as long as the process
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as failed:
        if not _was_printing(failed):
            raise
        with suppress(OSError):
            print(f"The output cannot be written: {failed.strerror}.", file=sys.stderr, flush=True)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):  # what is left is not tried again when the process ends
            os.dup2(nowhere, stream.fileno())
        raise SystemExit(1) from failed


def _was_printing(failed: OSError) -> bool:
    """Whether it was raised by what prints, not by a command at its work."""
    frame = failed.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame is not None and frame.tb_frame.f_globals.get("__name__") in ("click.utils", __name__)
