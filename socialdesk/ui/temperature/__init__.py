"""The temperature check of a planned post."""
