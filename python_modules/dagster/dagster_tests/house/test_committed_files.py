import re
from pathlib import Path

import pytest

from dagster_tests.house.repository import ROOT, committed_files

# Written with character classes so that this file does not hold what it looks for.
ADDRESSES = re.compile(
    r"py[p]i\.org|py[t]honhosted\.org|registry\.np[m]js|registry\.yar[n]pkg|cond[a]\.anaconda\.org|--(extra-)?inde[x]-url"
)
# Ada is nobody: her home stands in tests that need an absolute path.
MACHINE_PATHS = re.compile(r"(?<![\w.{}*/-])/(tm[p]|hom[e](?!/ada/)|roo[t]|wor[k]|op[t]|User[s]|var/folder[s])/[\w.-]+")
DATA = {".html", ".csv", ".png", ".parquet"}


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def hits(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_committed_file_names_a_registry() -> None:
    assert hits(ADDRESSES, list(committed_files())) == []


def test_no_committed_file_names_a_path_of_one_machine() -> None:
    assert hits(MACHINE_PATHS, [path for path in committed_files() if path.suffix not in DATA]) == []


def test_the_npm_lock_holds_no_download_address() -> None:
    # A package of this repository is "resolved" to its folder; whom its makers would like to be paid by stands there too.
    locks = [path for path in committed_files() if path.name == "package-lock.json"]
    assert hits(re.compile(r'"resolved": "(?!packages/)'), locks) == []


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "pnpm-lock.yaml", "yarn.lock"])
def test_no_lock_file_with_download_addresses_is_committed(name: str) -> None:
    locks = [path for path in committed_files() if path.name == name]
    assert hits(re.compile(r'"?(resolved|url|sdist)"? *[:=]'), locks) == []
