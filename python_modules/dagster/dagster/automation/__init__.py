"""Decides what is to run, purely: values and a time in, values out."""
