"""The asset graph and pure questions about it."""
