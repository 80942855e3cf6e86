"""The built pages: files whose names change with what is in them, and one page that draws all others."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import Iterable, Mapping

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

STATIC = os.path.join(os.path.dirname(__file__), "static")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
# Not `assets/`: that is where the pages of assets are.
_BUILT = "built/"
_INDEX = "index.html"
# Written beside the router of the pages, which a test there compares with it.
_ADDRESSES = "addresses.json"
_BASE = b"<head>"
_NOT_BUILT = (
    "The pages are not built. `make ui` builds them; packages that were installed from an index hold them. "
    "GraphQL is answered on /graphql nevertheless."
)


class BuiltFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the pages.

    Attributes:
        path: where it lies.
        media_type: by its name.
        encodings: the suffix of its compressed form by the name of the encoding, the smallest first.
    """

    path: str
    media_type: str
    encodings: Mapping[str, str]


def built_files(folder: str = STATIC) -> dict[str, BuiltFile]:
    """The files of the pages by their path in the folder; looked up once, so that no request can name another one."""
    names = {
        os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/")
        for parent, _, files in os.walk(folder)
        for name in files
    }
    return {
        name: BuiltFile(
            path=os.path.join(folder, name),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            encodings={encoding: suffix for encoding, suffix in _ENCODINGS if f"{name}{suffix}" in names},
        )
        for name in names
        if not name.endswith((".br", ".gz"))
    }


class Addresses:
    """Which addresses the pages draw.

    Args:
        patterns: as the router of the pages writes them: `/runs/$runId`, where a name after `$` stands for one part and a
            bare `$` for all that follow. None of them: every address is drawn.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        written = [_address_pattern(pattern) for pattern in patterns]
        self._pattern = re.compile("|".join(written)) if written else None

    def __contains__(self, path: str) -> bool:
        return self._pattern is None or self._pattern.fullmatch(path.strip("/")) is not None


def _address_pattern(pattern: str) -> str:
    parts = [part for part in pattern.split("/") if part]
    return "/".join(".+" if part == "$" else "[^/]+" if part.startswith("$") else re.escape(part) for part in parts)


class Pages:
    """Answers every GET that nothing else answers: a file of the pages, or the page that finds out by the address what to draw.

    At an address that no page has, the page draws that it was not found; the status says so too.

    Args:
        path_prefix: what stands before each path; the page is told so.
        folder: of the built files.
    """

    def __init__(self, path_prefix: str, folder: str = STATIC) -> None:
        self._prefix = path_prefix
        self._folder = folder
        self._look()

    async def __call__(self, request: Request) -> Response:
        """A file, the page, or 404 for a file that does not exist."""
        if self._mark() != self._looked_at:
            self._look()
        name = request.path_params.get("path", "")
        found = self._files.get(name)
        if found is not None and name != _INDEX and os.path.isfile(found.path):
            return _file(found, request.headers, is_named_by_content=name.startswith(_BUILT))
        if name.startswith(_BUILT):
            return PlainTextResponse("There is no such file.", 404)
        if self._index is None:
            return PlainTextResponse(_NOT_BUILT, 503 if name == "" else 404)
        status = 200 if name == _INDEX or name in self._addresses else 404
        return Response(self._index, status, media_type="text/html", headers={"cache-control": _ASK_AGAIN})

    def _mark(self) -> int | None:
        """When the page was built: its files have other names since."""
        try:
            return os.stat(os.path.join(self._folder, _INDEX)).st_mtime_ns
        except OSError:
            return None

    def _look(self) -> None:
        self._looked_at = self._mark()
        self._files = built_files(self._folder)
        self._index = self._read_index()
        self._addresses = Addresses(msgspec.json.decode(self._read(_ADDRESSES) or b"[]", type=list[str]))

    def _read(self, name: str) -> bytes | None:
        found = self._files.get(name)
        if found is None:
            return None
        try:
            with open(found.path, "rb") as opened:
                return opened.read()
        except FileNotFoundError:  # it is being built
            return None

    def _read_index(self) -> bytes | None:
        page = self._read(_INDEX)
        return page and page.replace(_BASE, _BASE + f'<base href="{self._prefix}/">'.encode(), 1)


def accepted_encodings(headers: Mapping[str, str]) -> set[str]:
    """The encodings that a request says it reads; one of weight 0 is not among them. Source: RFC 9110 section 12.5.3."""
    parts = [part.replace(" ", "").lower().split(";") for part in headers.get("accept-encoding", "").split(",")]
    return {name for name, *weights in parts if name and not any(_is_zero(weight) for weight in weights)}


def _is_zero(weight: str) -> bool:
    return weight.startswith("q=0") and not weight[3:].strip(".0")


def _file(found: BuiltFile, headers: Headers, *, is_named_by_content: bool) -> Response:
    told = {"cache-control": _FOR_EVER if is_named_by_content else _ASK_AGAIN, "vary": "accept-encoding"}
    accepted = accepted_encodings(headers)
    for encoding, suffix in found.encodings.items():
        if encoding in accepted:
            return FileResponse(
                f"{found.path}{suffix}", headers={**told, "content-encoding": encoding}, media_type=found.media_type
            )
    return FileResponse(found.path, headers=told, media_type=found.media_type)
