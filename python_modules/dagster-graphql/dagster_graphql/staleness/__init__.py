"""Versions of data, and what is stale."""
