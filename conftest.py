"""What holds for every test of the repository."""

import signal

import pytest
from hypothesis import HealthCheck, settings

# Machines are busy at times: how long an example takes says nothing about what it claims.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# A shell ignores SIGINT for what it starts in the background, and everything started from there does too.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, in lines that they recorded as `figure`."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.getreports(name)]
    lines = [
        str(line) for report in reports if report.when == "call" for name, line in report.user_properties if name == "figure"
    ]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write("\n".join([*lines, ""]))


@pytest.fixture(autouse=True, scope="session")
def _no_instance_of_the_developer() -> None:  # pyright: ignore[reportUnusedFunction]
    """Tests never open the instance that the developer's shell points to."""
    import os

    os.environ.pop("DAGSTER_HOME", None)
