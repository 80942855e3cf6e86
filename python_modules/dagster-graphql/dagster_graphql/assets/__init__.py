"""Assets: what they are and where they stand."""
