"""The practice workspace: made ready the first time, and removed without trace."""
