"""The graphs of jobs: their nodes, and the types of what these hand to each other."""
