"""Links from assets to the code that makes them: a place in a file of this machine, or a page of a repository browser."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.functions import unwrapped
from dagster.metadata.code_references import LocalFileCodeReference, UrlCodeReference
from dagster.metadata.values import CodeReferencesMetadataValue
from dagster.specs.assets import AssetSpec

CODE_REFERENCES_METADATA = "dagster/code_references"
_PAGES = {"github": "{git_url}/tree/{branch}/{path}{line}", "gitlab": "{git_url}/-/tree/{branch}/{path}{line}"}


class FilePathMapping(ABC):
    """Says where in its repository a file of this machine is; a base for your own."""

    @abstractmethod
    def convert_to_source_control_path(self, local_path: Path) -> str:
        """The path of a file from the root of its repository.

        Args:
            local_path: absolute.
        """


class AnchorBasedFilePathMapping(msgspec.Struct, frozen=True):
    """Says where in its repository a file is, by one file of which it is known.

    Args:
        local_file_anchor: a file or folder of this machine.
        file_anchor_path_in_repository: its path from the root of its repository.

    Example:
        >>> mapping = AnchorBasedFilePathMapping(Path("/home/ada/shop/assets.py"), "projects/shop/assets.py")
        >>> mapping.convert_to_source_control_path(Path("/home/ada/shop/sales/orders.py"))
        'projects/shop/sales/orders.py'
    """

    local_file_anchor: Path
    file_anchor_path_in_repository: str

    def convert_to_source_control_path(self, local_path: Path) -> str:
        """The path of a file from the root of its repository."""
        from_anchor = os.path.relpath(local_path, self.local_file_anchor)
        joined = Path(self.file_anchor_path_in_repository) / from_anchor
        return os.path.normpath(joined).replace(os.sep, "/").removeprefix("/")


# Not a base class, since a struct cannot have one that is no struct; `isinstance` says what the API says.
FilePathMapping.register(AnchorBasedFilePathMapping)


def with_source_code_references(assets_defs: Sequence[Any]) -> Sequence[Any]:
    """The definitions, each asset with the place of its function in a file of this machine; others as they are.

    Args:
        assets_defs: made with `@asset` and its siblings; specs and `SourceAsset`s have no function.

    Example:
        >>> @asset
        ... def orders(): ...
        >>> found = with_source_code_references([orders])[0].get_asset_spec().metadata["dagster/code_references"]
        >>> found.code_references[0].line_number == orders.op.compute_fn.__code__.co_firstlineno
        True
    """
    return [_with_place(each) if isinstance(each, AssetsDefinition) else each for each in assets_defs]


def _with_place(definition: AssetsDefinition) -> AssetsDefinition:
    code = getattr(unwrapped(definition.op.compute_fn), "__code__", None) if definition.computation is not None else None
    if code is None:
        return definition
    place = LocalFileCodeReference(file_path=os.path.abspath(code.co_filename), line_number=code.co_firstlineno)

    def referring(spec: AssetSpec) -> AssetSpec:
        return _with_references(spec, [*_references(spec), place])

    return definition.map_asset_specs(referring)


def _references(spec: AssetSpec) -> list[Any]:
    found = spec.metadata.get(CODE_REFERENCES_METADATA)
    return list(found.code_references) if isinstance(found, CodeReferencesMetadataValue) else []


def _with_references(spec: AssetSpec, references: list[Any]) -> AssetSpec:
    value = CodeReferencesMetadataValue(code_references=references)
    return spec.replace_attributes(metadata={**spec.metadata, CODE_REFERENCES_METADATA: value})


def link_code_references_to_git(
    assets_defs: Sequence[Any],
    git_url: str,
    git_branch: str,
    file_path_mapping: FilePathMapping | AnchorBasedFilePathMapping,
    platform: Literal["github", "gitlab"] | None = None,
) -> Sequence[Any]:
    """The definitions, each place in a file of this machine replaced by the page that shows it in a repository browser.

    Args:
        assets_defs: with places: see `with_source_code_references`.
        git_url: the address of the repository, as its browser has it.
        git_branch: the branch or commit.
        file_path_mapping: where in the repository a file is.
        platform: whose pages; without: told by the address.

    Raises:
        ValueError: the platform is another one, or cannot be told.

    Example:
        >>> mapping = AnchorBasedFilePathMapping(Path("/home/ada/shop"), "src")
        >>> linked = link_code_references_to_git([AssetSpec("orders")], "https://github.com/o/r", "main", mapping)
        >>> linked[0].key
        AssetKey(['orders'])
    """
    template = _PAGES[_platform(git_url, platform)]

    def page(path: str, line_number: int | None) -> str:
        line = f"#L{line_number}" if line_number is not None else ""
        return template.format(git_url=git_url.rstrip("/").removesuffix(".git"), branch=git_branch, path=path, line=line)

    return [_linked(each, page, file_path_mapping) for each in assets_defs]


def _platform(git_url: str, given: str | None) -> str:
    if given is not None and given not in _PAGES:
        raise ValueError(
            f"Invalid `platform`: {given!r}. Only gitlab and github are supported for linking to source control at this time."
        )
    platform = given or next((each for each in _PAGES if each in git_url), None)
    if platform is None:
        raise ValueError(
            f"Invalid `git_url`: {git_url}. Unable to infer the source control platform from the `git_url`. Please supply a "
            "`platform`."
        )
    return platform


def _linked(each: Any, page: Callable[[str, int | None], str], mapping: Any) -> Any:
    def linked(reference: Any) -> Any:
        if not isinstance(reference, LocalFileCodeReference):
            return reference
        path = mapping.convert_to_source_control_path(Path(reference.file_path))
        return UrlCodeReference(url=page(path, reference.line_number), label=reference.label)

    def with_pages(spec: AssetSpec) -> AssetSpec:
        references = _references(spec)
        return _with_references(spec, [linked(reference) for reference in references]) if references else spec

    if isinstance(each, AssetsDefinition):
        return each.map_asset_specs(with_pages)
    return with_pages(each) if isinstance(each, AssetSpec) else each
