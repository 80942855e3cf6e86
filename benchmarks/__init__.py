"""Side by side with the reference, in one run: `python -m benchmarks --help`."""
