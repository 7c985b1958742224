"""Alerts: what is usual, what stands out against it, and what becomes of it."""
