"""What tests of a user's project need: instances for a short time, contexts, contract suites."""
