"""Replies on their way: what became of each, and what a person can do about it."""
