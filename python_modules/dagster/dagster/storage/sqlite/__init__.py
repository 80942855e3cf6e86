"""Storage in one SQLite file under the instance's folder."""
