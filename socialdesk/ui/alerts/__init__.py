"""Alerts: what rang and why, and how loud the program should be."""
