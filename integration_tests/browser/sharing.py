"""Which test files share a `dagster dev`: loading what it serves costs more than most tests."""

EVERYTHING = "everything"
SLICES = "slices"
SHARED = {
    "test_journeys.py": EVERYTHING,
    "test_accessibility.py": EVERYTHING,
    "test_budgets.py": SLICES,
    "test_slices.py": SLICES,
}
"""What each file is served. Those of one server run on one worker: what a file leaves there must not matter to the next."""

LAST = "test_accessibility.py"
"""It fills the pages with runs; the journeys begin where nothing was made yet."""


def group_of(path: str) -> str:
    """The name of a server for a file that shares one, and the path for any other file.

    Args:
        path: of a test file in the repository, with slashes.
    """
    folder, _, name = path.rpartition("/")
    return SHARED.get(name, path) if folder.endswith("integration_tests/browser") else path
