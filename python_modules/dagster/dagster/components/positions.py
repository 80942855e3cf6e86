"""YAML with the lines on which its keys stand, so that a refusal can name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from dagster.components.refusals import DagsterComponentError
from dagster.events.frames import place

Keys = tuple[str | int, ...]


class Positions(msgspec.Struct, frozen=True, kw_only=True):
    """Where the keys of one document stand.

    Attributes:
        file: the path, or what stands for it where the text is in no file.
        lines: line of each key and element, from 1; `()` is the document.
    """

    file: str
    lines: Mapping[Keys, int]

    def place(self, keys: Keys) -> str:
        """File and line of a key; where it is not written, of what it would stand in."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return place(self.file, self.lines.get(keys, 1))


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One document of a YAML file.

    Attributes:
        value: its content; dates stay the text that was written.
        positions: where its keys stand.
    """

    value: Any
    positions: Positions


def documents(text: str, file: str) -> list[Document]:
    """The documents of a YAML text, parted by `---`; empty ones are left out.

    Args:
        text: the YAML.
        file: the path that refusals name.

    Raises:
        DagsterComponentError: the text is no YAML; names the line.
    """
    import yaml

    loader = _loader_class()(text)
    found: list[Document] = []
    try:
        while loader.check_node():
            node: Any = loader.get_node()
            lines = dict(_lines(node, (), frozenset()))
            found.append(Document(value=loader.construct_document(node), positions=Positions(file=file, lines=lines)))
    except yaml.MarkedYAMLError as refused:
        mark = refused.problem_mark or refused.context_mark
        said = " ".join(filter(None, [refused.context, refused.problem]))
        # Where something is missing at the end, the mark is behind the last line.
        line = min(mark.line + 1, max(len(text.splitlines()), 1)) if mark else 1
        raise DagsterComponentError(f"This is no YAML: {said}.", place(file, line)) from refused
    except yaml.YAMLError as refused:
        raise DagsterComponentError(f"This is no YAML: {refused}", place(file, 1)) from refused
    finally:
        loader.dispose()
    return [each for each in found if each.value is not None]


@cache
def _loader_class() -> Any:
    """A safe loader to which a date is a text: components say themselves what they read a text as."""
    import yaml

    # The one of libyaml, where PyYAML was built with it, is ten times as fast.
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):
        yaml_implicit_resolvers = {  # noqa: RUF012 - an attribute of PyYAML
            first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _lines(node: Any, keys: Keys, above: frozenset[int]) -> Iterator[tuple[Keys, int]]:
    """Lines of a node and of all below it; an anchor that holds itself is left alone."""
    yield keys, int(node.start_mark.line) + 1
    if id(node) in above:
        return
    above |= {id(node)}
    if node.id == "mapping":
        for key, value in node.value:
            below = (*keys, str(key.value))
            for each, line in _lines(value, below, above):
                yield each, int(key.start_mark.line) + 1 if each == below else line
    elif node.id == "sequence":
        for index, value in enumerate(node.value):
            yield from _lines(value, (*keys, index), above)
