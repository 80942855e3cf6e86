"""Putting a written file or folder into its final place in one step.

Source: rename(2), renameat2(2) RENAME_EXCHANGE, renamex_np(2) RENAME_SWAP.
"""

from __future__ import annotations

import ctypes
import os
import sys

from dagster.io.unfinished import left_overs, remove

_SET_ASIDE = ".before"
_AT_CURRENT_FOLDER = -100
_RENAME_EXCHANGE = 2  # RENAME_SWAP has the same number


def move_into_place(written: str, final: str) -> None:
    """Let `final` be what was `written`, a file or a folder; what was at `final` is removed.

    A file replaces a file by rename. Where a folder is in play the two change places in one step; where the file system
    cannot do that, the earlier value is set aside first, and `recover` brings it back if a kill hits in between.
    """
    try:
        if not os.path.isdir(written) or not os.path.lexists(final):
            os.replace(written, final)
            return
    except (IsADirectoryError, PermissionError):  # a file over a folder; Windows calls it the latter
        if not os.path.isdir(final):
            raise
    if not _exchange(written, final):
        aside = os.path.join(os.path.dirname(written), _SET_ASIDE)
        os.makedirs(aside, exist_ok=True)
        os.rename(final, os.path.join(aside, os.path.basename(final)))
        os.rename(written, final)
        remove(aside)


def _exchange(one: str, other: str) -> bool:
    """Let two paths change places; False where that cannot be done in one step."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin":
        swap = getattr(libc, "renamex_np", None)
        return swap is not None and swap(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE) == 0
    swap = getattr(libc, "renameat2", None)
    if swap is None:
        return False
    here = _AT_CURRENT_FOLDER
    return swap(here, os.fsencode(one), here, os.fsencode(other), _RENAME_EXCHANGE) == 0


def recover(final: str) -> bool:
    """Bring back a value that a dead writer had set aside and not replaced; True if there was one."""
    if os.path.lexists(final):
        return False
    for left_over in reversed(left_overs(*os.path.split(final))):
        aside = os.path.join(left_over, _SET_ASIDE, os.path.basename(final))
        if os.path.lexists(aside):
            os.rename(aside, final)
            remove(left_over)
            return True
    return False
