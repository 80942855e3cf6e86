"""Where things are in the checkout, for the tests of the house."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
DISTRIBUTIONS = ("dagster", "dagster-graphql", "dagster-webserver", "dagster-pipes")


def home_of(distribution: str) -> Path:
    return ROOT / "python_modules" / distribution


def package_of(distribution: str) -> Path:
    return home_of(distribution) / distribution.replace("-", "_")


@cache
def committed_files() -> tuple[Path, ...]:
    """Files that git tracks or would add, as absolute paths; deleted ones are left out."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    names = sorted(set(listing.stdout.decode().split("\0")) - {""})
    return tuple(path for name in names if (path := ROOT / name).is_file())


def library_modules() -> list[Path]:
    """Modules that users import, of all distributions."""
    return [path for name in DISTRIBUTIONS for path in sorted(package_of(name).rglob("*.py"))]


def _rows_of_public_names() -> list[list[str]]:
    rows = (home_of("dagster") / "dagster_tests/data/public_names.tsv").read_text().splitlines()[1:]
    return [row.split("\t") for row in rows]


def public_names() -> dict[str, str]:
    """Public objects of the API: dotted name (without a leading `dagster.`) -> tier, A the heart, C the rarely used."""
    return {name: tier for name, _kind, _marks, tier in _rows_of_public_names()}


def names_that_users_meet() -> set[str]:
    """Names of tiers A and B, without those that another one has replaced."""
    replaced = ("deprecated", "superseded")
    return {
        name
        for name, _kind, marks, tier in _rows_of_public_names()
        if tier in "AB" and not any(mark in marks for mark in replaced)
    }


def waiting_names() -> dict[str, str]:
    """Names of tiers A and B that are not here yet -> what they come with. A change that brings one takes its line away."""
    rows = (home_of("dagster") / "dagster_tests/data/waiting_names.tsv").read_text().splitlines()[1:]
    pairs = (row.split("\t") for row in rows)
    return {name: waits_for for name, waits_for in pairs if waits_for}
