"""Numbers for the board and the reports."""
