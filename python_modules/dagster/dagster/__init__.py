"""Software-defined data assets."""
