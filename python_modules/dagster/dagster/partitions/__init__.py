"""Partitions: pure set algebra over keys."""
