"""Runs: finding, launching, stopping them."""
