"""The go-kit: one paper for the day when nothing else works."""
