"""Schema and questions in SQLAlchemy Core, from which the statements of each database are written out.

Nothing here is imported when an instance is opened or asked: `python -m dagster.storage.core.generate` writes their text into
`dagster.storage.statements`, and a test says when it has to run again.
"""
