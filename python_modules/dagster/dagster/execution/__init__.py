"""Runs steps: contexts, the ready-step machine, executors."""
