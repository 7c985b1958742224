"""Connections to networks: their health in plain words, what they watch, adding one."""
