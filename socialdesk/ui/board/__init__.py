"""The board, for a second screen, and the pictures it shares with the reports."""
