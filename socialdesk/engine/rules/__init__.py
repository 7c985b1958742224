"""Rules over what comes in, and the expressions in them, kept from running away."""
