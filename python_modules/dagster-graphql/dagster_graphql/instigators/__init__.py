"""Schedules and sensors: what they are, where they stand, what they said."""
