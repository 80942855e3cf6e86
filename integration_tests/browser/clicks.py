"""The hand of a user: everything is free but clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator


class Clicks:
    """Clicks, and counts them. What is typed does not count; that a field has to be clicked first does."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        """Click on something, as soon as it is there and can be clicked."""
        target.click()
        self.count += 1

    def type_into(self, field: Locator, text: str) -> None:
        """Click into a field and replace what stands in it."""
        self.on(field)
        field.fill(text)
