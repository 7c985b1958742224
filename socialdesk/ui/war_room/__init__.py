"""The war room: one incident on a wall, full screen with F11."""
