"""Migrations: an older database becomes one of today, in place. Imported only when there is one to migrate."""
