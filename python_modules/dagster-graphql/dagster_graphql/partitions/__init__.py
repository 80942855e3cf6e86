"""Partitions of assets, and where each stands."""
