"""A mention: what it says, how it stands, and how much it needs a person."""
