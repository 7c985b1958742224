"""How long a text is, by each network's own count."""
