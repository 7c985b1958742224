"""Reply texts: writing them, looking at them once more, approving exactly what was shown."""
