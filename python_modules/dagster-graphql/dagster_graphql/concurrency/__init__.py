"""Pools: how much may go on at once."""
