"""Drills: how one is started, how its window is marked, what came of it."""
