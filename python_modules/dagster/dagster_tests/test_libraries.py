import dagster
from dagster import DagsterLibraryRegistry


def test_integrations_say_their_version_when_they_are_loaded() -> None:
    DagsterLibraryRegistry.register("dagster-made-up", "0.1", is_dagster_package=False)
    assert DagsterLibraryRegistry.get()["dagster-made-up"] == "0.1"
    assert DagsterLibraryRegistry.get()["dagster"] == dagster.__version__
