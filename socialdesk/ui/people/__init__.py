"""Who works here: PINs that say who looked."""
