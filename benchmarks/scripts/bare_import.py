"""What every script pays before its first line of its own."""

import dagster  # noqa: F401
