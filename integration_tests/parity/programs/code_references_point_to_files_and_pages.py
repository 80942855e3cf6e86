"""Links from assets to the place of their function, and to its page in a repository browser."""

from pathlib import Path

import seen

import dagster as dg

HERE = Path(__file__).resolve()


@dg.asset
def one(): ...


@dg.multi_asset(specs=[dg.AssetSpec("m1", metadata={"x": 1}), dg.AssetSpec("m2")])
def several(): ...


def made():
    @dg.asset
    def inner(): ...

    return inner


@dg.asset(
    metadata={
        "dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[dg.UrlCodeReference(url="http://page")])
    }
)
def linked(): ...


class ToOneFolder(dg.FilePathMapping):
    def convert_to_source_control_path(self, local_path):
        return "folder/" + local_path.name


def references(*definitions) -> dict:
    found = {}
    for each in definitions:
        for spec in getattr(each, "specs", None) or [each]:
            value = spec.metadata.get("dagster/code_references")
            found[spec.key.to_user_string()] = value and [
                [type(link).__name__, getattr(link, "line_number", None), getattr(link, "url", None), link.label]
                + ([Path(link.file_path).name, Path(link.file_path).is_absolute()] if hasattr(link, "file_path") else [])
                for link in value.code_references
            ]
    return found


def facts() -> dict:
    placed = dg.with_source_code_references([one, several, made(), linked, dg.SourceAsset("s"), dg.AssetSpec("e")])
    mapping = dg.AnchorBasedFilePathMapping(local_file_anchor=HERE, file_anchor_path_in_repository="src/pkg/" + HERE.name)

    def link(url="https://github.com/o/r", branch="main", mapping=mapping, **given) -> dict:
        return seen.outcome(lambda: references(*dg.link_code_references_to_git(placed, url, branch, mapping, **given)))

    return {
        "lines": [one.op.name, several.op.name],
        "placed": references(*placed),
        "twice": references(*dg.with_source_code_references(placed[:1])),
        "beside": mapping.convert_to_source_control_path(HERE.parent / "sub" / "x.py"),
        "above": mapping.convert_to_source_control_path(HERE.parent.parent / "y.py"),
        "github": link(),
        "gitlab": link("https://gitlab.com/o/r", "b/x", ToOneFolder()),
        "another page": link("https://example.com/o/r"),
        "another page of a platform": link("https://example.com/o/r", platform="gitlab"),
        "another platform": link("https://example.com/o/r", platform="other"),
        "without places": references(*dg.link_code_references_to_git([one], "https://github.com/o/r", "main", mapping)),
        "is a mapping": isinstance(mapping, dg.FilePathMapping),
        "the base": seen.outcome(lambda: dg.FilePathMapping()),
    }
