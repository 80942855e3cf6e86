"""Which test files share a `dagster dev`: loading what it serves costs more than most tests."""

SHARED = {
    "test_journeys.py": "everything",
    "test_accessibility.py": "everything",
    "test_budgets.py": "slices",
    "test_slices.py": "slices",
}
"""What the files of one server are called together. What one leaves there must not matter to the next."""

LAST = "test_accessibility.py"
"""It fills the pages with runs; the journeys begin where nothing was made yet."""


def group_of(path: str) -> str:
    """The name of a server for a file that shares one, and the path for any other file.

    Args:
        path: of a test file in the repository, with slashes.
    """
    folder, _, name = path.rpartition("/")
    return SHARED.get(name, path) if folder.endswith("integration_tests/browser") else path
