"""The manual in the program: the same pages as in the repository."""
