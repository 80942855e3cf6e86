"""What users declare, as frozen data: the same value in definitions, in the graph, on the wire and in tests."""
