"""Writing events through one process that commits what many send, in groups."""
