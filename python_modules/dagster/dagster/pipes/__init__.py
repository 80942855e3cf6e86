"""Sessions with processes that are not ours: what they are told, and what they report back."""
