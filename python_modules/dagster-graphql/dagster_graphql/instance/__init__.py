"""The instance: how it is set up, and which daemons are alive."""
