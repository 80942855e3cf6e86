"""The one place where the version of the distribution `dagster-pipes` is written.

The public part is the level of the API that is implemented, so that integrations pinned to that level accept this
distribution; the local label (PEP 440) says that it is this implementation, and counts its releases on that level.
"""

__version__ = "1.13.27+free.1"
