"""The file `.env` of the directory in which a command runs: variables of the environment for the project's code.

Source: the format as python-dotenv documents it, https://saurabh-kumar.com/python-dotenv/#file-format; expansion of `${NAME}` and
`${NAME:-default}` included.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

import msgspec

FILE = ".env"

_STATEMENT = re.compile(
    r"""[^\S\r\n]*(?:export[^\S\r\n]+)?
        (?:'(?P<quoted_name>[^'\r\n]+)'|(?P<name>[^=\#\s]+))
        (?P<assignment>[^\S\r\n]*=[^\S\r\n]*
          (?:'(?P<single>(?:\\.|[^'\\])*)'
            |"(?P<double>(?:\\.|[^"\\])*)"
            |(?P<plain>(?!['"])[^\r\n]*)))?
        [^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\n|\r|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_NOTHING = re.compile(r"[^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\n|\r|\Z)")
_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"(?:^|\s+)\#.*$")
_IN_SINGLE_QUOTES = re.compile(r"\\([\\'])")
_IN_DOUBLE_QUOTES = re.compile(r"\\([\\'\"abfnrtv])")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_REFERENCE = re.compile(r"\$\{(?P<name>[^}:]*)(?::-(?P<default>[^}]*))?\}")


class DotenvFile(msgspec.Struct, frozen=True):
    """What a file says.

    Attributes:
        variables: their values, by name.
        unreadable_lines: the numbers of lines that are no assignments, from 1.
    """

    variables: Mapping[str, str]
    unreadable_lines: tuple[int, ...] = ()


def parsed(text: str, environment: Mapping[str, str]) -> DotenvFile:
    """What the text of a file says.

    Args:
        text: of the file.
        environment: where references find what the file does not give itself.

    Example:
        >>> parsed('HOST="db"\\nURL=${SCHEME:-http}://${HOST}:${PORT}', {"PORT": "5432"}).variables
        {'HOST': 'db', 'URL': 'http://db:5432'}
    """
    variables: dict[str, str] = {}
    unreadable: list[int] = []
    for at, found in _statements(text):
        if found is None:
            unreadable.append(text.count("\n", 0, at) + 1)
        elif found["assignment"] is not None:
            variables[found["quoted_name"] or found["name"]] = _expanded(_value(found), {**environment, **variables})
    return DotenvFile(variables, tuple(unreadable))


def take_dotenv(directory: str = os.curdir) -> tuple[int, ...]:
    """Set the variables of a directory's file in this process; it goes before what was set.

    Returns:
        The numbers of lines that cannot be read.
    """
    try:
        with open(os.path.join(directory, FILE), encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, ValueError):  # none, none that is ours to read, or none of text
        return ()
    found = parsed(text, os.environ)
    os.environ.update({name: value for name, value in found.variables.items() if "\0" not in name + value})
    return found.unreadable_lines


def _statements(text: str) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Where each statement begins, and what it is; None for a line that is none."""
    at = 0
    while at < len(text):
        if (nothing := _NOTHING.match(text, at)) is not None:
            at = nothing.end()
            continue
        found = _STATEMENT.match(text, at)
        yield at, found
        rest = found or _REST_OF_LINE.match(text, at)
        assert rest is not None, "the rest of a line may be empty"
        at = rest.end()


def _value(found: re.Match[str]) -> str:
    if found["single"] is not None:
        return _IN_SINGLE_QUOTES.sub(r"\1", found["single"])
    if found["double"] is not None:
        return _IN_DOUBLE_QUOTES.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), found["double"])
    return _COMMENT.sub("", found["plain"]).rstrip()


def _expanded(value: str, environment: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda reference: environment.get(reference["name"], reference["default"] or ""), value)
