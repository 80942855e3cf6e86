"""Where in which file or on which page something is defined."""

from __future__ import annotations

import msgspec

from dagster.metadata import arguments


class LocalFileCodeReference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="file"):
    """A place in a file of this machine.

    Args:
        file_path: absolute path of the file.
        line_number: line, from 1.
        label: what to show instead of the path.

    Example:
        >>> LocalFileCodeReference(file_path="/shop/assets.py", line_number=12).line_number
        12
    """

    file_path: str
    line_number: int | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        arguments.instance("file_path", self.file_path, str)

    @property
    def source(self) -> str:
        """The path."""
        return self.file_path


class UrlCodeReference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="url"):
    """A page that shows the code, e.g. in a repository browser.

    Args:
        url: the address.
        label: what to show instead of the address.

    Example:
        >>> UrlCodeReference(url="https://example.com/shop/assets.py", label="orders").label
        'orders'
    """

    url: str
    label: str | None = None

    def __post_init__(self) -> None:
        arguments.instance("url", self.url, str)

    @property
    def source(self) -> str:
        """The address."""
        return self.url
