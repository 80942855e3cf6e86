"""Parts of the API at the paths where they could be tried out first."""
