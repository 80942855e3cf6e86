"""The run as a value, its statuses and what asks for runs."""
