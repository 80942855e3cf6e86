"""What a user declares, bound to its functions."""
