"""The ports of storage over a SQL database: the same code for each, with statements written out in its own dialect."""
