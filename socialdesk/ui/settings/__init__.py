"""How the workspace behaves, on one searchable page."""
