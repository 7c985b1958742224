"""Playbooks: read from their files, checked, filled in."""
