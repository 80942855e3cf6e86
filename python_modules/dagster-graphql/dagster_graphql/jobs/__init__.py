"""Jobs and their graphs."""
