"""Types as users declare them, before they are looked up."""

from __future__ import annotations

from typing import Any


class Unannotated:
    """Stands for a type that nobody declared; any value has it."""


def says_no_value(annotation: Any) -> bool:
    """Whether the type says that there is no value: `None` or `Nothing`."""
    return annotation is None or annotation is type(None) or getattr(annotation, "is_nothing", False) is True
