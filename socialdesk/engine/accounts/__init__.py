"""Signed-in accounts: their connectors, their secrets, what their calls cost."""
