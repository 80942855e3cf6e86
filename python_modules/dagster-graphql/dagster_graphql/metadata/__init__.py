"""Metadata, an entry per key."""
