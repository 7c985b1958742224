"""Incidents: their states, what may leave, who has to look, what is rehearsed and promised."""
