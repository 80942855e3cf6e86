"""Which process executes a run, told in a way that outlives the process's number.

Source: proc(5) for boot id, pid namespace and start time; a pid alone is given out again.
"""

from __future__ import annotations

import os

import msgspec


class ProcessIdentity(msgspec.Struct, frozen=True):
    """A process of one host, told apart from a later one with the same pid.

    Attributes:
        host: the host's name.
        boot_id: of the host's current boot; empty where the system does not say.
        pid_namespace: inode of the pid namespace; empty where the system does not say.
        pid: its number.
        start_ticks: when it started, in clock ticks since boot; 0 where the system does not say.
    """

    host: str
    boot_id: str
    pid_namespace: str
    pid: int
    start_ticks: int

    def is_on_this_host(self) -> bool:
        """Whether this process could see it: same host and pid namespace; of an earlier boot, none is alive."""
        mine = current_process()
        return (mine.host, mine.pid_namespace) == (self.host, self.pid_namespace)

    def is_alive(self) -> bool:
        """Whether it exists. Only meaningful where `is_on_this_host`."""
        if self.boot_id != current_process().boot_id:
            return False
        if self.start_ticks:
            return _start_ticks(self.pid) == self.start_ticks
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def is_stopped(self) -> bool:
        """Whether somebody stopped it (SIGSTOP), so that it does nothing until it is continued. False where it is a debugger."""
        state, started, _ = _state(self.pid)
        return state == "T" and started == self.start_ticks

    def has_terminal(self) -> bool:
        """Whether it belongs to a terminal, where somebody may have stopped it to continue it later."""
        _, started, terminal = _state(self.pid)
        return started == self.start_ticks and terminal != 0

    def send(self, signal: int) -> bool:
        """Send it a signal; says whether it existed. Never reaches a later process that was given the same pid."""
        try:
            descriptor = os.pidfd_open(self.pid) if hasattr(os, "pidfd_open") else None
        except OSError:
            return False
        try:
            # Between looking and sending the pid cannot be given out again: the descriptor holds on to the process.
            if not self.is_alive():
                return False
            if descriptor is None:
                os.kill(self.pid, signal)
            else:
                _send_by_descriptor(descriptor, signal)
        except ProcessLookupError:
            return False
        finally:
            if descriptor is not None:
                os.close(descriptor)
        return True


def identity_of(pid: int) -> ProcessIdentity:
    """The identity of a process of this host and pid namespace, as it is now."""
    mine = current_process()
    return ProcessIdentity(mine.host, mine.boot_id, mine.pid_namespace, pid, _start_ticks(pid))


_current: ProcessIdentity | None = None


def current_process() -> ProcessIdentity:
    """The identity of the calling process."""
    global _current
    if _current is None or _current.pid != os.getpid():
        _current = ProcessIdentity(_host(), _boot_id(), _pid_namespace(), os.getpid(), _start_ticks(os.getpid()))
    return _current


def _send_by_descriptor(descriptor: int, number: int) -> None:
    import signal

    signal.pidfd_send_signal(descriptor, signal.Signals(number))


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _boot_id() -> str:
    try:
        with open("/proc/sys/kernel/random/boot_id") as file:
            return file.read().strip()
    except OSError:
        return ""


def _pid_namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def _start_ticks(pid: int) -> int:
    """When it started. A zombie counts as gone: its user code has ended."""
    state, started, _ = _state(pid)
    return 0 if state == "Z" else started


def _state(pid: int) -> tuple[str, int, int]:
    """The 3rd, 22nd and 7th fields of /proc/<pid>/stat; the second one is the command in parentheses and may hold spaces."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return "", 0, 0
    return fields[0], int(fields[19]), int(fields[4])
