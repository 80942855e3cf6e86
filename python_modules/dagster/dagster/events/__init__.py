"""What happened: results that users yield, framework events, log entries and the filters that ask for them."""
