"""Rules and macros: what they look at, what they do, and trying them first."""
