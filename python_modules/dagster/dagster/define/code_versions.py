"""Code versions that nobody has to write: a hash of the source of functions."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from dagster.errors import DagsterInvalidDefinitionError
from dagster.specs.caching import CachePolicy
from dagster.values import Frozen

_DIGITS = 16


class CodeVersion(Frozen):
    """A code version that follows the source of the function. Made by `from_source`.

    Example:
        >>> def clean(rows):
        ...     return sorted(rows)
        >>> CodeVersion.from_source(clean).helpers == (clean,)
        True
    """

    __slots__ = ("helpers",)

    helpers: tuple[Callable[..., Any], ...]

    def __init__(self, helpers: tuple[Callable[..., Any], ...]) -> None:
        self._set(helpers=helpers)

    @staticmethod
    def from_source(*helpers: Callable[..., Any]) -> CodeVersion:
        """A hash of the source of the function, and of the functions and classes given here.

        Comments, layout, the docstring, the decorators and the function's name do not count. What the function calls counts only
        where it is given.
        """
        for helper in helpers:
            if not callable(helper):
                raise DagsterInvalidDefinitionError(
                    f"CodeVersion.from_source takes functions and classes that the function uses. Got {helper!r}."
                )
        return CodeVersion(helpers)

    def of(self, function: Callable[..., Any], of_what: str) -> str:
        """The version of a function.

        Raises:
            DagsterInvalidDefinitionError: a source cannot be read.
        """
        sources = [_source(each, of_what) for each in (function, *self.helpers)]
        return sha256("\0".join(sources).encode()).hexdigest()[:_DIGITS]


def resolved_code_version(
    given: object, function: Callable[..., Any], of_what: str, cache_policy: CachePolicy | None = None
) -> Any:
    """The text of a code version; one that follows the source where a cache compares code and nobody says a version.

    Raises:
        DagsterInvalidDefinitionError: the source of the function cannot be read.
    """
    if given is None and cache_policy is not None and "code" in cache_policy.compare:
        given = CodeVersion.from_source()
    return given.of(function, of_what) if isinstance(given, CodeVersion) else given


def _source(function: Any, of_what: str) -> str:
    """The source of a function or class in one form. Source: `ast.unparse`."""
    import ast
    import inspect
    import textwrap

    plain: Any = inspect.unwrap(function)
    try:
        [node] = ast.parse(textwrap.dedent(inspect.getsource(plain))).body
    except (OSError, TypeError, SyntaxError, ValueError) as unread:
        name = getattr(plain, "__qualname__", repr(plain))
        raise DagsterInvalidDefinitionError(
            f"The source of {name} cannot be read, so {of_what} has no automatic code version. Give it a text: code_version="
            '"1", and another one whenever the code changes.'
        ) from unread
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        node.decorator_list, node.name = [], "_"
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(node)
