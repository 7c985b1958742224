"""Who works here: their names, and PINs that say who looked."""
