"""Loops that act: they read, call a decision, and write what it says. Any number of daemons may run; leases say which acts."""
