"""Replies as a whole: the gate before them, templates, what is claimed and what came of it."""
