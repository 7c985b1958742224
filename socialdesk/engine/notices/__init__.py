"""Notices: which things are told when, and the desktop they are told on."""
