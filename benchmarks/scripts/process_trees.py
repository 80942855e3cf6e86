"""What a process and everything that it started costs: processor time with that of processes that have ended, and memory."""

import ctypes
import os
import signal
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Make this process the parent of what its descendants leave behind, so that nothing falls out of the tree.

    Source: prctl(2).
    """
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def tree(root):
    """The pids of a process and of everything below it that lives."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = _fields(name)
            if fields is not None:
                children.setdefault(int(fields[1]), []).append(int(name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def cpu_seconds(root):
    """Processor time of a tree, with what of it has ended and was waited for.

    Source: proc(5), utime, stime, cutime and cstime of /proc/<pid>/stat.
    """
    total = 0
    for pid in tree(root):
        fields = _fields(pid)
        if fields is not None:
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS_PER_SECOND


def pss_mib(root):
    """Memory of a tree: each page counts once, divided among those that share it. Source: proc(5), smaps_rollup."""
    kib = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                kib += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue  # it ended meanwhile
    return kib / 1024


def descriptors(root):
    """How many descriptors the processes of a tree have open."""
    total = 0
    for pid in tree(root):
        try:
            total += len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue
    return total


def end(process, seconds=30):
    """Interrupt what was started, as Ctrl-C does; what is left of it after a while is killed."""
    below = tree(process.pid)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(seconds)
    except Exception:
        process.kill()
        process.wait()
    deadline = time.monotonic() + 5
    while any(map(_lives, below)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in filter(_lives, below):
        os.kill(pid, signal.SIGKILL)


def _lives(pid):
    fields = _fields(pid)
    return fields is not None and fields[0] != "Z"


def _fields(pid):
    """What follows the name of the process, which may contain anything: state, parent…; None where it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None
