"""What holds for every test of the repository."""

import signal

import pytest
from hypothesis import HealthCheck, settings

# Machines are busy at times: how long an example takes says nothing about what it claims.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# A shell ignores SIGINT for what it starts in the background, and everything started from there does too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _no_instance_of_the_developer() -> None:  # pyright: ignore[reportUnusedFunction]
    """Tests never open the instance that the developer's shell points to."""
    import os

    os.environ.pop("DAGSTER_HOME", None)
