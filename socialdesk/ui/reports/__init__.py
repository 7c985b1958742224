"""Reports of a period: chosen, read, opened mention by mention, and saved as files."""
