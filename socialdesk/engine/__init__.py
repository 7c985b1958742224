"""What the desk does: the one door (`desk.py`), its two bodies, and the work behind it."""
