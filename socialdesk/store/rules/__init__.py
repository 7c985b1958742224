"""Rules, what they caught, and what they may look at."""
