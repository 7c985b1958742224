"""Drills: a sandbox beside the workspace, with an engine, a clock and a network of its own."""
