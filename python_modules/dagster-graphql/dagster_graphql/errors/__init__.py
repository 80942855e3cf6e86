"""What goes wrong, as values: the API answers with them in place of what was asked for."""
