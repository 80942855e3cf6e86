"""What to run: the conditions of assets and checks, evaluated against a history and a moment. Pure."""
