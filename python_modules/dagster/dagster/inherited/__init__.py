"""Small things that projects import from private paths of before; nothing of ours calls them (old_homes.py names their homes)."""
