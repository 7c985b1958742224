"""Bringing in a file: looked at first, column by column."""
