"""How ready the team is for a crisis, and the paper for the day."""
