"""Checks of assets, and what they found."""
