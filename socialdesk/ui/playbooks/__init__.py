"""The prepared texts: read in three languages, edited, restored."""
