"""What holds for every test of the repository."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

# Machines are busy at times: how long an example takes says nothing about what it claims.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# A shell ignores SIGINT for what it starts in the background, and everything started from there does too.
signal.signal(signal.SIGINT, signal.default_int_handler)


_TIMED = {"processes": "real processes", "browser": "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that in the end all workers are busy."""
    for item in items:
        if item.get_closest_marker("processes") is not None:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("browser", "processes", "slow")])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """A worker takes whole files, in their order, since tests of a file share what they start; some files share it too."""
    from browser.sharing import group_of
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(super()._split_scope(nodeid))

    if config.getoption("dist") != "load":  # something else was asked for
        return None
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How long tests of some kinds took, and what tests measured, in lines that they recorded as `figure`."""
    reports = [report for name in ("passed", "failed", "") for report in terminalreporter.getreports(name)]
    lines = times_of(reports, terminalreporter.config.getoption("numprocesses", None) or 1)
    if lines:
        terminalreporter.section("times")
        terminalreporter.write("\n".join([*lines, ""]))
    lines = [
        str(line) for report in reports if report.when == "call" for name, line in report.user_properties if name == "figure"
    ]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write("\n".join([*lines, ""]))


def times_of(reports: list[pytest.TestReport], workers: int) -> list[str]:
    """What tests of some kinds took, with all that was started for them."""
    seconds: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for report in reports:
        for marker in _TIMED.keys() & report.keywords.keys():
            seconds[marker] += report.duration
            counts[marker] += report.when == "call"
    return [
        f"{name} (-m {marker}): {counts[marker]} tests in {seconds[marker]:.0f} s, "
        f"{seconds[marker] / workers:.0f} s for each of {workers} workers"
        for marker, name in _TIMED.items()
        if counts[marker]
    ]


@pytest.fixture(autouse=True, scope="session")
def _no_instance_of_the_developer() -> None:  # pyright: ignore[reportUnusedFunction]
    """Tests never open the instance that the developer's shell points to."""
    import os

    os.environ.pop("DAGSTER_HOME", None)
