"""How the workspace behaves: sections, and one search over all of them."""
