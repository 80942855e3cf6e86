"""Asking a web server from Python."""
