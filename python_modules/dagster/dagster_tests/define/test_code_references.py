from pathlib import Path

import pytest

from dagster import (
    AnchorBasedFilePathMapping,
    AssetSpec,
    FilePathMapping,
    asset,
    link_code_references_to_git,
    with_source_code_references,
)
from dagster.define.code_references import CODE_REFERENCES_METADATA

MAPPING = AnchorBasedFilePathMapping(Path(__file__), "tests/here.py")


@asset
def placed(): ...


def _links(definition):
    return definition.get_asset_spec().metadata[CODE_REFERENCES_METADATA].code_references


def test_an_asset_links_to_the_line_of_its_decorator():
    link = _links(with_source_code_references([placed])[0])[0]
    assert (__file__, placed.op.computation.function.__code__.co_firstlineno) == (link.file_path, link.line_number)


def test_what_has_no_function_stays():
    spec = AssetSpec("e")
    assert [spec] == with_source_code_references([spec])


def test_a_path_is_that_from_the_anchor():
    assert "tests/sub/x.py" == MAPPING.convert_to_source_control_path(Path(__file__).parent / "sub" / "x.py")
    assert isinstance(MAPPING, FilePathMapping)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://github.com/o/r", "https://github.com/o/r/tree/main/tests/here.py#L"),
        ("https://github.com/o/r.git", "https://github.com/o/r/tree/main/tests/here.py#L"),
        ("https://gitlab.com/o/r/", "https://gitlab.com/o/r/-/tree/main/tests/here.py#L"),
    ],
)
def test_a_place_becomes_a_page(url, page):
    linked = link_code_references_to_git(with_source_code_references([placed]), url, "main", MAPPING)
    assert _links(linked[0])[0].url.startswith(page)


def test_pages_are_those_of_a_known_platform():
    with pytest.raises(ValueError, match="Please supply a `platform`"):
        link_code_references_to_git([], "https://example.com/o/r", "main", MAPPING)
    with pytest.raises(ValueError, match="Only gitlab and github"):
        link_code_references_to_git([], "https://example.com/o/r", "main", MAPPING, platform="x")  # pyright: ignore[reportArgumentType]
