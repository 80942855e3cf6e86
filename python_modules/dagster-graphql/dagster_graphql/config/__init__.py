"""Config of runs: its types, and whether it fits."""
