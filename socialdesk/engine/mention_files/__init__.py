"""Mentions out of files that other programs wrote: CSV and JSON, read row by row."""
