"""Templates in component files: Jinja, in its sandbox, giving values and not only text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from dagster.components.refusals import DagsterComponentError
from dagster.errors import DagsterError, closest, text_of

_MARKS = ("{{", "{%", "{#")


def rendered(text: str, scope: Mapping[str, Any]) -> Any:
    """The value of a template: `{{ 1 + 1 }}` is a number. A text without a template is what it says.

    Args:
        text: as it stands in the file.
        scope: names that the template may use.

    Raises:
        DagsterComponentError: it is no template, uses a name that is not there, or raises.
    """
    if not any(mark in text for mark in _MARKS):
        return text.removesuffix("\n")
    return _evaluated(_environment(), text, scope)


def rendered_text(text: str, scope: Mapping[str, Any]) -> str:
    """The text of a template, e.g. of SQL. Raises as `rendered`."""
    return str(_evaluated(_text_environment(), text, scope))


def _evaluated(environment: Any, text: str, scope: Mapping[str, Any]) -> Any:
    import jinja2

    try:
        value = _compiled(environment, text).render(**scope)
        if isinstance(value, jinja2.Undefined):
            return value.value  # an attribute of what is not there: raises and says what it is
        return value
    except DagsterError:
        raise
    except jinja2.TemplateSyntaxError as refused:
        raise DagsterComponentError(f"This is no template: {(refused.message or '').rstrip('.')}.") from refused
    except jinja2.UndefinedError as refused:
        raise DagsterComponentError(
            f"{_without_module_names(str(refused)).rstrip('.')}.{_names(str(refused), scope)}"
        ) from refused
    except Exception as raised:
        raise DagsterComponentError(f"The template raised {type(raised).__name__}: {text_of(raised)}") from raised


@lru_cache(maxsize=512)
def _compiled(environment: Any, text: str) -> Any:
    """Files often write the same template: compiling takes a millisecond, rendering microseconds."""
    return environment.from_string(text)


def _without_module_names(said: str) -> str:
    """Jinja writes the class of an object with its module; only the class says something to the author of a template."""
    words = (word.rsplit(".", 1)[-1] if word.startswith("'dagster.components") else word for word in said.split(" "))
    return " ".join(f"'{word}" if word.endswith("Scope") else word for word in words)


def _names(said: str, scope: Mapping[str, Any]) -> str:
    unknown = said.split("'")[1] if said.startswith("'") and said.endswith("is undefined") else None
    return f"{closest(unknown, scope)} There is: {', '.join(scope)}." if unknown else ""


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.nativetypes import NativeEnvironment
    from jinja2.sandbox import SandboxedEnvironment

    class Environment(SandboxedEnvironment, NativeEnvironment):
        """Native values, without a way from them to the insides of Python."""

    return Environment(undefined=StrictUndefined)


@cache
def _text_environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
