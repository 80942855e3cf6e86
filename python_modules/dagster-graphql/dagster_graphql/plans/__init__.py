"""Plans: the steps of a run."""
