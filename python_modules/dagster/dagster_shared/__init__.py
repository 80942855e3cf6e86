"""Old paths that public names of `dagster` had: `dagster_shared.serdes` and others. Holds no code of its own."""

from dagster.old_paths import answers

__getattr__ = answers(__name__)
