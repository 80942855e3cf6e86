"""Taxi trips in New York in March 2019, day by day: cleaned, checked, counted by zone and by day, drawn."""
