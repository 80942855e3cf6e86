"""The text of every statement, one generated module per database."""
