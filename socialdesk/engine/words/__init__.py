"""What the desk tells people, as sentences: on every screen, in the terminal, in notices."""
