"""Where a project's code is, how it is loaded, and what is said when it cannot be."""
