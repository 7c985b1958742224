"""The war room: one incident at a glance, on a wall or as text.

counting → sections (pictures) or text. Screens draw the sections as those of the board.
"""
