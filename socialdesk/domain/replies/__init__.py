"""Replies: their states, templates and placeholders, pictures and plans."""
