"""What was understood of mentions, what was learned from people, and how many of each."""
