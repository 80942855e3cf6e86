"""The same user program here and on the reference, compared fact by fact."""
