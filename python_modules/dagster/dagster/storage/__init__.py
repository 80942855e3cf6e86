"""Where runs and events are kept, and the small tables that answer questions without reading the log."""
