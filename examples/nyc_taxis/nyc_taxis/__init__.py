"""Taxi trips in New York in March 2019: cleaned, counted by zone and by day, drawn."""
