"""Macros: run by keys, and edited."""
