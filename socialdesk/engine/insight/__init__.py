"""Understanding mentions as they come, learning from corrections, reading again."""
