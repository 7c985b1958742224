"""The report of an incident on the screen, and its files."""
