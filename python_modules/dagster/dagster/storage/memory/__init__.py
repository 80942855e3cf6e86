"""Storage in plain Python objects: what an ephemeral instance keeps until its process ends."""
