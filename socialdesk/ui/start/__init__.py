"""What is shown when the workspace cannot be opened as it is."""
