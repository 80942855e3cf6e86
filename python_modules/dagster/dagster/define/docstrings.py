"""What a docstring says of parameters and of the result, in the four usual styles.

Source: the Google style guide for Python, the numpydoc guide, the field lists of Sphinx, the fields of Epydoc.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from textwrap import dedent
from typing import Any, NamedTuple

from dagster.define.functions import docstring_of

_PARAMETERS = ("Args", "Arguments", "Parameters", "Params")
_RESULTS = ("Returns", "Yields")
_OTHERS = ("Attributes", "Example", "Examples", "Raises", "Keyword Args", "Notes", "See Also", "Warnings")
_TITLES = "|".join((*_PARAMETERS, *_RESULTS, *_OTHERS))

# Most docstrings say nothing of the kind, and are told so by one search.
_ANY_STYLE = re.compile(rf"^(?:{_TITLES}):?[ \t]*$|^[ \t]*[:@](?:param|returns?|yields?)\b", re.MULTILINE)
_GOOGLE = re.compile(rf"^({_TITLES}):[ \t]*\n((?:[ \t]+.*\n?|[ \t]*\n)*)", re.MULTILINE)
_NUMPY = re.compile(rf"^({_TITLES})[ \t]*\n-{{2,}}[ \t]*\n((?:(?!^.+\n-{{2,}}).*\n?)*)", re.MULTILINE)
_FIELD = re.compile(r"^[:@](\w+)[ \t]*([^:\n]*):[ \t]*((?:.*\n?)(?:(?![:@]).+\n?)*)", re.MULTILINE)
# `int: the number`, `dict[str, int]: by name`; a text whose colon stands elsewhere names no type.
_TYPED = re.compile(r"(?:[^:\s]+|[^:]*\]):\s*")
_ENTRY = re.compile(r"^(\*{0,2}\w+)[ \t]*(?:\([^)]*\))?[ \t]*:[ \t]*")


class Documented(NamedTuple):
    """What a docstring says.

    Attributes:
        parameters: of each parameter that it names.
        result: of what the function returns or yields; None where it says nothing.
    """

    parameters: Mapping[str, str]
    result: str | None


NOTHING_DOCUMENTED = Documented({}, None)


def documented(function: Callable[..., Any]) -> Documented:
    """What the function's docstring says. Where styles are mixed, the one that says most is read."""
    text = docstring_of(function)
    return read_docstring(text) if text is not None else NOTHING_DOCUMENTED


def read_docstring(text: str) -> Documented:
    """What a docstring without indentation says."""
    if not _ANY_STYLE.search(text):
        return NOTHING_DOCUMENTED
    styles = (_read_google(text), _read_numpy(text), _read_fields(text))
    return max(styles, key=lambda said: len(said.parameters) + (said.result is not None))


def _read_google(text: str) -> Documented:
    return _of_sections(_GOOGLE.findall(text), _google_entries, _without_type)


def _without_type(body: str) -> str:
    typed = _TYPED.match(body)
    return body[typed.end() :] if typed else body


def _google_entries(body: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for entry in _blocks(body):
        named = _ENTRY.match(entry[0])
        if named:
            said[named[1].lstrip("*")] = _joined(entry[0][named.end() :], entry[1:])
    return said


def _read_numpy(text: str) -> Documented:
    return _of_sections(_NUMPY.findall(text), _numpy_entries, lambda body: next(iter(_numpy_entries(body).values()), ""))


def _numpy_entries(body: str) -> dict[str, str]:
    return {entry[0].partition(":")[0].strip(): _joined("", entry[1:]) for entry in _blocks(body)}


def _read_fields(text: str) -> Documented:
    parameters: dict[str, str] = {}
    result = None
    for kind, name, said in _FIELD.findall(text):
        first, *more = said.rstrip().split("\n")
        if kind == "param" and name:
            parameters[name.split()[-1]] = _joined(first, more)
        elif kind in ("return", "returns", "yield", "yields") and result is None:
            result = _joined(first, more)
    return Documented(parameters, result or None)


def _of_sections(
    sections: Sequence[tuple[str, str]], entries: Callable[[str], dict[str, str]], result_of: Callable[[str], str]
) -> Documented:
    parameters: dict[str, str] = {}
    result = None
    for title, body in sections:
        said = dedent(body).strip()
        if title in _PARAMETERS:
            parameters |= entries(said)
        elif title in _RESULTS and said and result is None:
            result = result_of(said)
    return Documented({name: said for name, said in parameters.items() if said}, result or None)


def _blocks(body: str) -> list[list[str]]:
    """The lines of each entry: one without indentation, and those below it."""
    blocks: list[list[str]] = []
    for line in body.split("\n"):
        if line[:1].strip():
            blocks.append([line])
        elif blocks:
            blocks[-1].append(line)
    return blocks


def _joined(first: str, more: Sequence[str]) -> str:
    return "\n".join(part for part in (first.strip(), dedent("\n".join(more)).strip()) if part)
