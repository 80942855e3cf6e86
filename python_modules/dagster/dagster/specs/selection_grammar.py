"""The one grammar of selection strings, read and written: for code, the command line and the pages.

    selection  = or | bare key
    or         = and { ("or" | "OR") and }
    and        = not { ("and" | "AND") not }
    not        = ("not" | "NOT") not | "*" | reach
    reach      = [ [depth] "+" ] operand [ "+" [depth] ]
    operand    = "(" or ")" | ("roots" | "sinks") "(" or ")" | filter
    filter     = name ":" value | ("tag" | "column_tag") ":" text [ "=" (text | "<null>") ]
    value      = text | "<null>"                    for `key:` a text, in which `*` stands for anything
    text       = word | '"' … '"'                   in quotes, \\" and \\\\ stand for " and \\
    word       = a letter or _, then letters, digits, _ and /

`+x+` is `+x or x+`. A bare key is the older way to write one asset: `a/b`, with `+` before or after it per step and `*` for any
number of steps, so that `+a` is one step and `+key:a` all of them. `not x` is everything but x.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from dagster.errors import DagsterInvalidAssetSelectionError, closest
from dagster.keys import AssetKey
from dagster.specs.selection_tokens import (
    END,
    FILTERS,
    FUNCTIONS,
    IN_WORD,
    KEYWORDS,
    NULL,
    NUMBER,
    OPERATORS,
    QUOTED,
    SPACES,
    WORD,
    Token,
    tokens_of,
)
from dagster.specs.selections import (
    AllSelection,
    AndAssetSelection,
    AssetSelection,
    AttributeAssetSelection,
    ColumnTagAssetSelection,
    DownstreamAssetSelection,
    GroupsAssetSelection,
    KeysAssetSelection,
    KeySubstringAssetSelection,
    KeyWildCardAssetSelection,
    KindAssetSelection,
    OrAssetSelection,
    OwnerAssetSelection,
    PartitionsAssetSelection,
    RootsAssetSelection,
    SinksAssetSelection,
    SubtractAssetSelection,
    TagAssetSelection,
    UpstreamAssetSelection,
)

# Deeper ones would exhaust the interpreter's stack.
DEEPEST_NESTING = 60
LONGEST_DEPTH_DIGITS = 18

_IN_BARE_KEY = frozenset("_./[]?-")
_IN_BARE_TAG = IN_WORD - {"*"} | frozenset(".-=")
_ENDS_OF_GLUED = frozenset(SPACES + '"()+=')
_OPERATORS_ELSEWHERE = {"&": "and", "|": "or", ",": "or", "!": "not", "~": "not"}


def parse(string: str, include_sources: bool = False) -> AssetSelection:
    """The selection that the string says.

    Args:
        string: in the grammar above.
        include_sources: whether filters that leave external assets out by default take them in.

    Raises:
        DagsterInvalidAssetSelectionError: the string is no selection; points at the character.
    """
    bare = _bare_key(string.strip(SPACES))
    if bare is not None:
        return bare
    try:
        return _Parser(string, include_sources).selection()
    except DagsterInvalidAssetSelectionError:
        if (tag := _bare_tag(string.strip(SPACES), include_sources)) is not None:
            return tag
        raise


def _bare_key(text: str) -> AssetSelection | None:
    """The selection of `*++a/b+`, None if the text is written otherwise."""
    start, end = 0, len(text)
    any_above = text.startswith("*")
    start += any_above
    while start < end and text[start] == "+":
        start += 1
    any_below = end > start and text.endswith("*")
    end -= any_below
    while end > start and text[end - 1] == "+":
        end -= 1
    name = text[start:end]
    if not name or not all(character.isalnum() or character in _IN_BARE_KEY for character in name):
        return None
    key = KeysAssetSelection(selected_keys=(AssetKey.from_user_string(name),))
    above = key.upstream(None if any_above else start) if start else None
    below = key.downstream(None if any_below else len(text) - end) if end < len(text) else None
    if above and below:
        return above | below
    return above or below or key


def _bare_tag(text: str, include_sources: bool) -> AssetSelection | None:
    """`tag:a-b=1.0`: the whole string is one tag, which then needs no quotes."""
    tag = text.removeprefix("tag:")
    if tag == text or not tag or tag.startswith("=") or tag.count("=") > 1 or not _IN_BARE_TAG.issuperset(tag):
        return None
    return AssetSelection.tag_string(tag, include_sources=include_sources)


class _Parser:
    """Recursive descent, one method per rule of the grammar."""

    def __init__(self, string: str, include_sources: bool) -> None:
        self.string = string
        self.include_sources = include_sources
        self.tokens = tokens_of(string)
        self.index = 0
        self.nesting = 0

    def selection(self) -> AssetSelection:
        if self.next.kind == END:
            self._refuse("An empty string selects nothing. Write `*` for every asset")
        found = self._or()
        if self.next.kind != END:
            after = self.tokens[self.index - 1]
            self._refuse(f"Expected `and`, `or` or the end after {after}, found {self.next}{self._hint(after)}")
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def _take(self) -> Token:
        token = self.next
        self.index += 1
        return token

    def _take_if(self, *texts: str) -> Token | None:
        return self._take() if self.next.kind in texts else None

    def _refuse(self, problem: str, token: Token | None = None) -> NoReturn:
        position = (token or self.next).position
        raise DagsterInvalidAssetSelectionError(f"Invalid selection string: {problem}.", string=self.string, position=position)

    def _or(self) -> AssetSelection:
        found = self._and()
        while self._take_if("or", "OR"):
            found = found | self._and()
        return found

    def _and(self) -> AssetSelection:
        found = self._not()
        while self._take_if("and", "AND"):
            found = found & self._not()
        return found

    def _not(self) -> AssetSelection:
        if token := self._take_if("not", "NOT"):
            self._deeper(token)
            negated = self._not()
            self.nesting -= 1
            return AllSelection(include_sources=self.include_sources) - negated
        if self._take_if("*"):
            if self.next.kind == "+":
                self._refuse("`*` is every asset, there is nothing beyond. Write `(*)+` if that is meant")
            return AllSelection(include_sources=self.include_sources)
        return self._reach()

    def _deeper(self, token: Token) -> None:
        self.nesting += 1
        if self.nesting > DEEPEST_NESTING:
            self._refuse(f"More than {DEEPEST_NESTING} selections inside of each other", token)

    def _reach(self) -> AssetSelection:
        is_upstream, up = self._above()
        operand = self._operand()
        if not self._take_if("+"):
            return operand.upstream(up) if is_upstream else operand
        down = self._depth()
        if self.next.kind == "+":
            self._refuse("A second `+`. Write the number of steps after the first one, as in `+2`")
        below = operand.downstream(down)
        return operand.upstream(up) | below if is_upstream else below

    def _above(self) -> tuple[bool, int | None]:
        """Whether there is a `+` before the operand, and its depth."""
        number = self.next
        depth = self._depth()
        if self._take_if("+"):
            if self.next.kind in ("+", NUMBER):
                self._refuse("A second `+`. Write the number of steps before the first one, as in `2+key:a`")
            return True, depth
        if depth is not None:
            self._refuse(f"Expected `+` after {number}, found {self.next}")
        return False, None

    def _depth(self) -> int | None:
        """A number of steps, None where none is written."""
        if self.next.kind != NUMBER:
            return None
        token = self._take()
        if len(token.text) > LONGEST_DEPTH_DIGITS:
            self._refuse(f"A number of steps has at most {LONGEST_DEPTH_DIGITS} digits", token)
        return int(token.text)

    def _operand(self) -> AssetSelection:
        token = self.next
        following = self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        if self._take_if("("):
            return self._inner(token)
        if token.kind in FUNCTIONS and following.kind == "(":
            self.index += 2
            inner = self._inner(following)
            return inner.roots() if token.kind == "roots" else inner.sinks()
        if token.kind in FILTERS and following.kind == ":":
            self.index += 2
            return self._filter(token.kind)
        self._refuse_operand(token, following)

    def _refuse_operand(self, token: Token, following: Token) -> NoReturn:
        if token.kind in OPERATORS or (token.kind not in (WORD, QUOTED, "*") and token.kind not in KEYWORDS):
            self._refuse(f"Expected a filter such as `key:`, found {token}{self._hint(None)}")
        if following.kind == ":":
            known = ", ".join(f"`{each}:`" for each in FILTERS)
            self._refuse(f"There is no filter `{token.text}:`.{closest(token.text, FILTERS)} Filters are {known}")
        if following.kind == "(":
            self._refuse(f"There is no function `{token.text}(…)`. Functions are `roots(…)` and `sinks(…)`")
        if token.kind in FILTERS and following.kind == "=":
            self._refuse(f"A filter is written with a colon: `{token.text}:`", following)
        name = token.text if token.kind == QUOTED else self._glued(token)
        self._refuse(f"Expected a filter, found {token}. An asset of this key is written `key:{_quoted(name)}`")

    def _inner(self, opening: Token) -> AssetSelection:
        """What stands in the parentheses of which the opening one was just taken."""
        self._deeper(opening)
        found = self._or()
        self.nesting -= 1
        if not self._take_if(")"):
            after = self.tokens[self.index - 1]
            self._refuse(f"Expected `)`, `and` or `or` after {after}, found {self.next}{self._hint(after)}")
        return found

    def _filter(self, attribute: str) -> AssetSelection:
        if attribute == "key":
            return KeyWildCardAssetSelection(selected_key_wildcard=self._text(attribute, is_pattern=True))
        if attribute == "key_substring":
            return AssetSelection.key_substring(self._text(attribute), include_sources=self.include_sources)
        if attribute in ("tag", "column_tag"):
            return self._tag(attribute)
        value = None if self._take_if(NULL) else self._text(attribute)
        build = _FILTERS_OF_VALUES.get(attribute)
        if build is None:
            return AttributeAssetSelection(attribute=attribute, value=value)
        return build(value, self.include_sources)

    def _tag(self, attribute: str) -> AssetSelection:
        key = self._text(attribute)
        value = ""
        if self._take_if("="):
            value = "" if self._take_if(NULL) else self._text(attribute)
        if attribute == "column_tag":
            return ColumnTagAssetSelection(key=key, value=value)
        return AssetSelection.tag(key, value, include_sources=self.include_sources)

    def _text(self, attribute: str, is_pattern: bool = False) -> str:
        token = self.next
        if token.kind == QUOTED or (token.kind == WORD and (is_pattern or "*" not in token.text)):
            return self._take().text
        sign = self.tokens[self.index - 1].text
        if token.kind in KEYWORDS or token.kind in (WORD, NUMBER, "*"):
            self._refuse(f"{token} as a value stands in double quotes: `{attribute}{sign}{_quoted(self._glued(token))}`")
        self._refuse(f"Expected a value after `{attribute}{sign}`, found {token}{self._hint(None)}")

    def _hint(self, before: Token | None) -> str:
        """What was probably meant by the next piece, as the end of a sentence; `before` is the piece that was read before it."""
        found = self.next
        if found.kind in _OPERATORS_ELSEWHERE:
            return f". Write `{_OPERATORS_ELSEWHERE[found.kind]}`"
        if found.kind == "'":
            return '. Text is written in double quotes: `"`'
        if found.kind == ")":
            return ", which closes nothing" if before else ""
        is_odd = found.kind not in (END, NULL, "(", ":", "=", "+", '"') and found.kind not in KEYWORDS
        if before and before.kind in (WORD, NUMBER) and found.position == before.position + len(before.text) and is_odd:
            return f". In double quotes a value may hold any character: `{_quoted(self._glued(before))}`"
        if not before and is_odd and found.text.isalnum():
            return f". In double quotes a value may hold any character: `{_quoted(self._glued(found))}`"
        return ""

    def _glued(self, token: Token) -> str:
        """What stands in the string from `token` to the next space, quote or parenthesis."""
        end = token.position + len(token.text)
        while end < len(self.string) and self.string[end] not in _ENDS_OF_GLUED:
            end += 1
        return self.string[token.position : end]


def _group(value: str | None, include_sources: bool) -> AssetSelection:
    return GroupsAssetSelection(selected_groups=(value,) if value else (), include_sources=include_sources)


_FILTERS_OF_VALUES: Mapping[str, Callable[[str | None, bool], AssetSelection]] = {
    "group": _group,
    "kind": lambda value, include_sources: AssetSelection.kind(value, include_sources=include_sources),
    "owner": lambda value, _: AssetSelection.owner(value),
    "partitions": lambda value, _: PartitionsAssetSelection(selected_partitions=value),
}


def print_selection(selection: AssetSelection) -> str:
    """The selection as a string that `parse` reads.

    Raises:
        NotImplementedError: strings cannot say this selection.
    """
    write = _STRINGS.get(type(selection))
    if write is None:
        raise NotImplementedError(f"{type(selection).__name__} does not support conversion to a string.")
    return write(selection)


def needs_parentheses(selection: AssetSelection) -> bool:
    """Whether its string stands in parentheses beside `and` and `or`."""
    if isinstance(selection, KeysAssetSelection):
        return len(selection.selected_keys) != 1
    if isinstance(selection, GroupsAssetSelection):
        return len(selection.selected_groups) > 1
    if isinstance(selection, (UpstreamAssetSelection, DownstreamAssetSelection)):
        return not selection.include_self
    return isinstance(selection, (OrAssetSelection, AndAssetSelection, SubtractAssetSelection))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _named(name: str, value: str | None) -> str:
    return f"{name}:{NULL if value is None else _quoted(value)}"


def _named_tag(name: str, key: str, value: str) -> str:
    return f"{name}:{_quoted(key)}={_quoted(value)}" if value else f"{name}:{_quoted(key)}"


def _string_of_keys(selection: KeysAssetSelection) -> str:
    keys = [_named("key", key.to_user_string()) for key in selection.selected_keys]
    return " or ".join(keys) or "not *"


def _string_of_groups(selection: GroupsAssetSelection) -> str:
    return " or ".join(_named("group", group) for group in selection.selected_groups) or _named("group", None)


def _string_of_difference(selection: SubtractAssetSelection) -> str:
    is_whole = isinstance(selection.right, SubtractAssetSelection) and isinstance(selection.right.left, AllSelection)
    right = selection.right.to_selection_str() if is_whole else selection.right.operand_to_selection_str()
    if isinstance(selection.left, AllSelection):
        return f"not {right}"
    return f"{selection.left.operand_to_selection_str()} and not {right}"


def _string_of_upstream(selection: UpstreamAssetSelection) -> str:
    depth = "" if selection.depth is None else max(selection.depth, 0)
    return _without_self(selection, f"{depth}+{_operand_of_plus(selection.child)}")


def _string_of_downstream(selection: DownstreamAssetSelection) -> str:
    depth = "" if selection.depth is None else max(selection.depth, 0)
    return _without_self(selection, f"{_operand_of_plus(selection.child)}+{depth}")


def _operand_of_plus(selection: AssetSelection) -> str:
    if isinstance(selection, (AllSelection, UpstreamAssetSelection, DownstreamAssetSelection)):
        return f"({selection.to_selection_str()})"
    return selection.operand_to_selection_str()


def _without_self(selection: UpstreamAssetSelection | DownstreamAssetSelection, string: str) -> str:
    if selection.include_self:
        return string
    return f"{string} and not {selection.child.operand_to_selection_str()}"


_STRINGS: Mapping[type[AssetSelection], Callable[[Any], str]] = {
    AllSelection: lambda _: "*",
    KeysAssetSelection: _string_of_keys,
    KeyWildCardAssetSelection: lambda it: _named("key", it.selected_key_wildcard),
    KeySubstringAssetSelection: lambda it: _named("key_substring", it.selected_key_substring),
    GroupsAssetSelection: _string_of_groups,
    KindAssetSelection: lambda it: _named("kind", it.kind_str),
    OwnerAssetSelection: lambda it: _named("owner", it.selected_owner),
    TagAssetSelection: lambda it: _named_tag("tag", it.key, it.value),
    PartitionsAssetSelection: lambda it: _named("partitions", it.selected_partitions),
    AttributeAssetSelection: lambda it: _named(it.attribute, it.value),
    ColumnTagAssetSelection: lambda it: _named_tag("column_tag", it.key, it.value),
    OrAssetSelection: lambda it: " or ".join(each.operand_to_selection_str() for each in it.operands),
    AndAssetSelection: lambda it: " and ".join(each.operand_to_selection_str() for each in it.operands),
    SubtractAssetSelection: _string_of_difference,
    UpstreamAssetSelection: _string_of_upstream,
    DownstreamAssetSelection: _string_of_downstream,
    RootsAssetSelection: lambda it: f"roots({it.child.to_selection_str()})",
    SinksAssetSelection: lambda it: f"sinks({it.child.to_selection_str()})",
}
