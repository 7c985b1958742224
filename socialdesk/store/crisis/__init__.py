"""Incidents: declared, locked, gathered, told, ended; statements, looks, drills, alerts."""
