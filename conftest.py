"""What holds for every test of the repository."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_instance_of_the_developer() -> None:  # pyright: ignore[reportUnusedFunction]
    """Tests never open the instance that the developer's shell points to."""
    import os

    os.environ.pop("DAGSTER_HOME", None)
