"""Backups and exports of the whole file, and the ways back when it is damaged."""
