"""The assets, a module for each part of the shop."""
