"""The pieces that selection strings consist of: words, numbers, text in quotes, signs."""

from __future__ import annotations

from typing import NoReturn

import msgspec

from dagster.errors import DagsterInvalidAssetSelectionError

NULL = "<null>"
END = "the end"
FUNCTIONS = ("roots", "sinks")
# What a definition of an asset does not say: declared here, answered where the whole workspace is known.
OTHER_ATTRIBUTES = (
    "automation_type",
    "changed_in_branch",
    "code_location",
    "column",
    "job",
    "schedule",
    "sensor",
    "status",
    "table_name",
)
FILTERS = ("key", "group", "kind", "owner", "tag", "partitions", "key_substring", "column_tag", *OTHER_ATTRIBUTES)
OPERATORS = ("and", "or", "not", "AND", "OR", "NOT")
KEYWORDS = frozenset({*OPERATORS, *FUNCTIONS, *FILTERS})

_DIGITS = frozenset("0123456789")
_FIRST_OF_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_*")
IN_WORD = _FIRST_OF_WORD | _DIGITS | {"/"}
SPACES = " \t\r\n"
QUOTED = "text in quotes"
WORD = "word"
NUMBER = "number"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A piece of the string.

    Attributes:
        kind: what it is; a keyword and a sign are their own kind.
        text: as written, without quotes.
        position: the index of its first character.
    """

    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        return END if self.kind == END else f"`{self.text}`"


def tokens_of(string: str) -> list[Token]:
    """The string in pieces; the last one is the end. A piece's kind is its own text, but for words, numbers and quoted text.

    A character that begins nothing is a piece of its own, which no rule takes.
    """
    found: list[Token] = []
    position = 0
    while position < len(string):
        character = string[position]
        if character in SPACES:
            position += 1
            continue
        token, position = _token(string, position)
        found.append(token)
    found.append(Token(END, "", len(string.rstrip(SPACES))))
    return found


def _token(string: str, start: int) -> tuple[Token, int]:
    """The piece that begins at `start`, and where the next one does."""
    character = string[start]
    if character == '"':
        return _quoted_token(string, start)
    if character in _DIGITS:
        end = _end_of(_DIGITS, string, start)
        return Token(NUMBER, string[start:end], start), end
    if character in _FIRST_OF_WORD:
        end = _end_of(IN_WORD, string, start)
        word = string[start:end]
        return Token(word if word in KEYWORDS or word == "*" else WORD, word, start), end
    end = start + (len(NULL) if string.startswith(NULL, start) else 1)
    return Token(string[start:end], string[start:end], start), end


def _end_of(characters: frozenset[str], string: str, start: int) -> int:
    end = start
    while end < len(string) and string[end] in characters:
        end += 1
    return end


def _quoted_token(string: str, start: int) -> tuple[Token, int]:
    text: list[str] = []
    position = start + 1
    while position < len(string):
        character = string[position]
        if character == '"':
            return Token(QUOTED, "".join(text), start), position + 1
        if character == "\\":
            position += 1
            character = string[position : position + 1]
            if character not in ('"', "\\"):
                _refuse_escape(string, position - 1)
        text.append(character)
        position += 1
    raise DagsterInvalidAssetSelectionError(
        "Invalid selection string: This quote is never closed.", string=string, position=start
    )


def _refuse_escape(string: str, position: int) -> NoReturn:
    problem = 'Invalid selection string: In double quotes, a backslash stands before " or another backslash only.'
    raise DagsterInvalidAssetSelectionError(problem, string=string, position=position)
