"""Taking a person out of the file, and again after a restore."""
