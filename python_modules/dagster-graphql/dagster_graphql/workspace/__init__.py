"""Code locations and what they declare."""
